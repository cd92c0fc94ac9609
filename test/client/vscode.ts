/** As much of the editor's programming interface as previews and their store use, in memory. */
type Listener<T> = (value: T) => void;

/** Files by address, with the order in which they were written. */
export const files = new Map<string, { bytes: Uint8Array; mtime: number }>();
let clock = 0;
export const text = { now: "" };
export const panels: Panel[] = [];

export class Uri {
  private constructor(readonly path: string) {}
  static parse = (path: string): Uri => new Uri(path);
  static joinPath = (base: Uri, ...parts: string[]): Uri => new Uri([base.path, ...parts].join("/"));
  toString = (): string => this.path;
}

const gone = (uri: Uri): never => {
  throw new Error(`There is no ${uri.path}`);
};

export const workspace = {
  fs: {
    readFile: async (uri: Uri) => files.get(uri.path)?.bytes ?? gone(uri),
    writeFile: async (uri: Uri, bytes: Uint8Array) => void files.set(uri.path, { bytes, mtime: clock++ }),
    delete: async (uri: Uri) => void (files.delete(uri.path) || gone(uri)),
    readDirectory: async (uri: Uri) =>
      [...files.keys()].flatMap((path) =>
        path.startsWith(`${uri.path}/`) ? [[path.slice(uri.path.length + 1), 1]] : [],
      ),
    stat: async (uri: Uri) => {
      const { bytes, mtime } = files.get(uri.path) ?? gone(uri);
      return { size: bytes.length, mtime };
    },
  },
  openTextDocument: async () => ({ getText: () => text.now }),
};

class Panel {
  readonly told: unknown[] = [];
  visible = true;
  private heard: Listener<unknown> = () => undefined;
  private disposed: Listener<void>[] = [];
  readonly webview = {
    html: "",
    options: {},
    cspSource: "",
    asWebviewUri: (uri: Uri) => uri,
    postMessage: async (message: unknown) => this.told.push(message),
    onDidReceiveMessage: (listener: Listener<unknown>) => {
      this.heard = listener;
      return { dispose: () => undefined };
    },
  };
  onDidChangeViewState = () => ({ dispose: () => undefined });
  onDidDispose = (listener: Listener<void>) => {
    this.disposed.push(listener);
    return { dispose: () => undefined };
  };
  /** What the page says. */
  say = (message: unknown): void => this.heard(message);
  /** As the person does by its cross. */
  close = (): void => this.disposed.forEach((listener) => listener());
}

export const ViewColumn = { Beside: -2 };
export const window = {
  createWebviewPanel: (): Panel => {
    const panel = new Panel();
    panels.push(panel);
    return panel;
  },
};
