/** An editor as the server sees one: documents, requests and notifications over a connection, memory or a process. */
import { spawn } from "node:child_process";
import { PassThrough } from "node:stream";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CancellationToken,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeResult,
  type PublishDiagnosticsParams,
  type ProtocolConnection,
} from "vscode-languageserver/node";
import type { Runtime } from "../../server/requests";
import { startServer } from "../../server/start";

interface Line {
  connection: ProtocolConnection;
  close(): void;
}

/** How an editor and a server are joined. */
type Transport = (runtime?: Partial<Runtime>) => Line;

const runtimeOfTests: Runtime = {
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Within this process. */
export const overMemory: Transport = (runtime = {}) => {
  const [up, down] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  startServer(server, { ...runtimeOfTests, ...runtime });
  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  return { connection, close: () => (connection.dispose(), server.dispose()) };
};

/** The server as a process of its own, over standard input and output. */
export const overStdio: Transport = () => {
  const entry = fileURLToPath(new URL("../../server/node.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", entry], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  return { connection, close: () => (connection.dispose(), child.kill()) };
};

/** What a recent editor can do. */
export const able: ClientCapabilities = {
  textDocument: {
    diagnostic: {},
    codeLens: {},
    completion: { completionItem: { snippetSupport: true } },
  },
};

/** What a server may ask of an editor. */
const requests = [
  "bottleneck/readUse",
  "bottleneck/listSpecs",
  "bottleneck/readData",
  "bottleneck/listFolder",
  "client/registerCapability",
  "workspace/applyEdit",
  "workspace/diagnostic/refresh",
  "window/showDocument",
];

/** Editors still open: closed when a file's tests are over, so that one that failed keeps nothing running. */
const running = new Set<Line>();
after(() => running.forEach((line) => line.close()));

export class Editor {
  initialized!: InitializeResult;
  readonly logged: string[] = [];
  /** What the server has shown the person. */
  readonly shown: string[] = [];
  /** What the server has asked the editor, by the names of the requests. */
  readonly asked: string[] = [];
  private readonly told = new Map<string, PublishDiagnosticsParams[]>();
  private readonly waiting: (() => void)[] = [];
  private readonly versions = new Map<string, number>();

  private constructor(private readonly line: Line) {}

  /** @param answer what the editor says to a request of the server */
  static async start(
    line: Line,
    capabilities: ClientCapabilities = able,
    commands = true,
    answer?: (method: string, params: unknown) => unknown,
  ): Promise<Editor> {
    const editor = new Editor(line);
    const { connection } = line;
    running.add(line);
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      editor.told.set(params.uri, [...(editor.told.get(params.uri) ?? []), params]);
      editor.waiting.splice(0).forEach((wake) => wake());
    });
    connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
      editor.logged.push(message);
    });
    connection.onNotification("window/showMessage", ({ message }: { message: string }) => {
      editor.shown.push(message);
    });
    for (const method of requests) {
      connection.onRequest(method, (params: unknown) => {
        editor.asked.push(method);
        editor.waiting.splice(0).forEach((wake) => wake());
        return answer?.(method, params) ?? null;
      });
    }
    connection.listen();
    editor.initialized = await connection.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities,
      initializationOptions: {
        commands,
        readsUses: answer !== undefined,
        listsSpecs: answer !== undefined,
        readsData: answer !== undefined,
      },
    });
    await connection.sendNotification("initialized", {});
    return editor;
  }

  request<R>(method: string, params: unknown, token?: CancellationToken): Promise<R> {
    return token
      ? this.line.connection.sendRequest<R>(method, params, token)
      : this.line.connection.sendRequest<R>(method, params);
  }

  async open(uri: string, text: string): Promise<void> {
    this.versions.set(uri, 1);
    const textDocument = { uri, languageId: "bottleneck", version: 1, text };
    await this.line.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Replaces `old`, which stands once in `text`, the document's text of now; returns the new text. */
  async replace(uri: string, text: string, old: string, replacement: string): Promise<string> {
    const start = text.indexOf(old);
    const version = this.versions.get(uri)! + 1;
    this.versions.set(uri, version);
    await this.line.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [
        { range: { start: at(text, start), end: at(text, start + old.length) }, text: replacement },
      ],
    });
    return text.slice(0, start) + replacement + text.slice(start + old.length);
  }

  close(uri: string): Promise<void> {
    return this.line.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const report = await this.request<{ items: Diagnostic[] }>("textDocument/diagnostic", {
      textDocument: { uri },
    });
    return report.items;
  }

  /** What the server has sent about a document, once it has sent `count` times. */
  async sent(uri: string, count: number): Promise<PublishDiagnosticsParams[]> {
    while ((this.told.get(uri)?.length ?? 0) < count) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.told.get(uri)!;
  }

  /** Resolves once the server has asked this, `count` times in all. */
  async askedFor(method: string, count = 1): Promise<void> {
    while (this.asked.filter((name) => name === method).length < count)
      await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  notify(method: string, params: unknown): Promise<void> {
    return this.line.connection.sendNotification(method, params);
  }

  async stop(): Promise<void> {
    await this.request("shutdown", undefined);
    this.line.close();
  }
}

/** An offset as a position. */
export function at(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)!.length };
}
