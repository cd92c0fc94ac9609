/** As much of the editor's programming interface as the extension's parts use here, in memory. */
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
  isTrusted: true,
  workspaceFolders: [{ uri: { scheme: "file", fsPath: "/work" } }],
  getWorkspaceFolder: () => undefined,
  getConfiguration: () => ({
    get: (_: string, otherwise: unknown) => otherwise,
    /** What a workspace says is never what the person's own settings say. */
    inspect: (name: string) => ({
      globalValue: settings.get(name)?.value,
      workspaceValue: "/bin/of-the-workspace",
    }),
    update: async (name: string, value: unknown, where: unknown) => void settings.set(name, { value, where }),
  }),
  openTextDocument: async () => ({ getText: () => text.now }),
};

/** What was written to the person's settings. */
export const settings = new Map<string, { value: unknown; where: unknown }>();
/** What the person is asked, and answers: the first of these that fits, else nothing. */
export const dialogue: { said: string[]; answers: string[] } = { said: [], answers: [] };

const answer = (said: string, choices: readonly string[]): string | undefined => {
  dialogue.said.push(said);
  return choices.find((choice) => dialogue.answers.includes(choice));
};

class Panel {
  readonly told: unknown[] = [];
  visible = true;
  reveal = (): void => undefined;
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

/** An event that a test can let happen. */
function event<T>() {
  const listeners = new Set<Listener<T>>();
  const on = (listener: Listener<T>) => {
    listeners.add(listener);
    return new Disposable(() => listeners.delete(listener));
  };
  return { on, happen: (value: T) => listeners.forEach((listener) => listener(value)) };
}

export class Disposable {
  constructor(readonly dispose: () => unknown) {}
  static from = (...all: Disposable[]): Disposable =>
    new Disposable(() => all.forEach((one) => one.dispose()));
}

/** The texts that are shown, the one in use first; `change` tells of others. */
export const editors = {
  active: undefined as unknown,
  visible: [] as unknown[],
  changed: event<undefined>(),
};

/** The person ends what is in progress. */
export const cancelling = event<undefined>();

/** Items of the status bar. */
export const statusItems: { text?: string; tooltip?: string; command?: unknown; visible: boolean }[] = [];
export const StatusBarAlignment = { Left: 1 };
export const languages = { onDidChangeDiagnostics: event<undefined>().on };

export const ViewColumn = { Beside: -2 };
export const window = {
  get activeTextEditor() {
    return editors.active;
  },
  get visibleTextEditors() {
    return editors.visible;
  },
  onDidChangeActiveTextEditor: editors.changed.on,
  onDidChangeVisibleTextEditors: event<undefined>().on,
  onDidChangeTextEditorSelection: event<undefined>().on,
  createStatusBarItem: () => {
    const item: (typeof statusItems)[number] = { visible: false };
    statusItems.push(item);
    const show = (visible: boolean) => () => (item.visible = visible);
    return Object.assign(item, { show: show(true), hide: show(false), dispose: show(false) });
  },
  createWebviewPanel: (): Panel => {
    const panel = new Panel();
    panels.push(panel);
    return panel;
  },
  showQuickPick: async (items: { label: string }[], { placeHolder }: { placeHolder: string }) => {
    const label = answer(
      placeHolder,
      items.map((item) => item.label),
    );
    return items.find((item) => item.label === label);
  },
  showErrorMessage: async (message: string) => answer(message, []),
  showInformationMessage: async (message: string, _: unknown, ...choices: string[]) =>
    answer(message, choices),
  withProgress: async (_: unknown, task: (progress: unknown, token: unknown) => Promise<unknown>) =>
    task({}, { onCancellationRequested: (listener: Listener<undefined>) => cancelling.on(listener) }),
};

export const extensions = { getExtension: () => undefined };
export const ConfigurationTarget = { Global: 1 };
export const ProgressLocation = { Notification: 15 };
