/** `preview --serve`: the panel's page on this machine alone, and its line to the trainer. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { watch, type FSWatcher } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { WebSocketServer, type WebSocket } from "ws";
import { emptyRun, fold } from "../core/train/run-state";
import { PROTOCOL_VERSION } from "../core/train/protocol";
import type { FromHost, ToHost } from "../core/train/protocol";
import type { FromEditor, ToEditor } from "../core/train/page-protocol";
import { faultOfToEditor } from "../core/train/page-check";
import { faultOfToHost } from "../core/train/protocol-check";
import { decode, encode } from "../core/train/wire";
import { tableOf } from "../services/table";
import type { TrainerProcess } from "../trainer/spawn";
import { contentPolicy, pageBody } from "../webview/page";
import { exitCodes, Failure, type ExitCode } from "./command";
import { renderDiagnostic } from "./diagnostics";
import { withKnob } from "./knob";
import { webviewFolder } from "./place";
import { readSource, type Source } from "./source";
import type { Terminal } from "./terminal";

type Open = Extract<ToHost, { kind: "open" }>;

export interface Served {
  /** The first text, as it is opened; later ones are the file's. */
  source: Source;
  open: Open;
  trainer: TrainerProcess;
  /** 0: any that is free. */
  port: number;
  terminal: Terminal;
}

/** Milliseconds of quiet before a changed file is read again. */
const QUIET = 100;

/**
 * Serves until interrupted.
 * @throws Failure when the port is taken or the trainer ends by itself
 */
export async function servePreview(served: Served): Promise<ExitCode> {
  const { trainer, terminal, port } = served;
  const token = randomBytes(24).toString("base64url");
  const server = createServer((request, response) => void answer(request, response, token));
  const preview = new ServedPreview(served);
  const sockets = attachSockets(server, token, (socket) => preview.connect(socket));
  try {
    await listening(server, port);
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?token=${token}`;
    terminal.out(address);
    terminal.err("Open it in a browser on this machine. Ctrl-C ends it.\n");
    preview.start();
    await new Promise<void>((resolve, reject) => {
      process.once("SIGINT", () => resolve());
      process.once("SIGTERM", () => resolve());
      trainer.ended.then((reason) => reject(new Failure(`the trainer ended: ${reason}`)));
    });
    return exitCodes.ok;
  } finally {
    preview.stop();
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    server.closeAllConnections();
  }
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "it is taken; name another with --port" : error.message;
      reject(new Failure(`port ${port} cannot be used: ${reason}`));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}

// --- The page ---

const types: Record<string, string> = {
  "panel.js": "text/javascript; charset=utf-8",
  "panel.css": "text/css; charset=utf-8",
};

const page = (): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Bottleneck preview</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="panel.css">
  </head>
  <body>
    ${pageBody()}
    <script src="panel.js"></script>
  </body>
</html>
`;

async function answer(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
  const host = request.headers.host ?? "";
  response.setHeader("content-security-policy", contentPolicy("'self'", `ws://${host}`));
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cache-control", "no-store");
  const refuse = (status: number, text: string): void => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
  };
  // A page elsewhere that has this machine's name resolved to it would come with that name as its host.
  if (!isLocal(host)) return refuse(403, "This preview is only for this machine.");
  if (request.method !== "GET") return refuse(405, "Only GET.");
  const url = addressOf(request);
  if (url === null) return refuse(400, "This is no address.");
  const name = url.pathname.slice(1);
  if (name === "") {
    if (!isToken(url, token)) return refuse(403, "Use the whole address that the command printed.");
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page());
    return;
  }
  if (!Object.hasOwn(types, name)) return refuse(404, "There is nothing here.");
  try {
    const bytes = await readFile(join(webviewFolder(), name));
    response.writeHead(200, { "content-type": types[name]! }).end(bytes);
  } catch {
    refuse(500, "The panel has not been built: npm run build.");
  }
}

/** What is asked for; null for a path that makes no address, such as `//`. */
const addressOf = ({ url = "/" }: IncomingMessage): URL | null =>
  URL.canParse(url, "http://127.0.0.1") ? new URL(url, "http://127.0.0.1") : null;

const isLocal = (host: string): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);

function isToken(url: URL, token: string): boolean {
  const given = Buffer.from(url.searchParams.get("token") ?? "");
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function attachSockets(
  server: Server,
  token: string,
  connected: (socket: WebSocket) => void,
): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  server.on("upgrade", (request, socket, head) => {
    const { origin = "", host = "" } = request.headers;
    const url = addressOf(request);
    if (!isLocal(host) || origin !== `http://${host}` || url === null || !isToken(url, token)) {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, connected);
  });
  return sockets;
}

// --- The preview ---

/** One trainer, the file it follows, and every page that looks at it. */
class ServedPreview {
  private run = emptyRun();
  private welcome: FromHost | undefined;
  /** Those that said they are ready and heard what they had missed: what comes now is heard in order. */
  private readonly pages = new Set<WebSocket>();
  private generation: number;
  private source: Source;
  private paused = false;
  private timer: NodeJS.Timeout | undefined;
  /** Of the folders of the file and of those that it uses. */
  private readonly watchers = new Map<string, FSWatcher>();

  constructor(private readonly served: Served) {
    this.generation = served.open.generation;
    this.source = served.source;
  }

  start(): void {
    const { trainer, open } = this.served;
    trainer.channel.listen((message) => this.fromTrainer(message));
    trainer.channel.send({ kind: "hello", protocol: PROTOCOL_VERSION });
    trainer.channel.send(open);
    this.watch();
  }

  /** The folders, not the files: many editors replace a file when they save it. */
  private watch(): void {
    const { location, uses } = this.source.origin;
    for (const address of [location, ...Object.keys(uses)]) {
      try {
        const folder = dirname(fileURLToPath(address));
        if (this.watchers.has(folder)) continue;
        const watcher = watch(folder, (_event, name) => {
          if (name !== null && !name.endsWith(".bottleneck")) return;
          clearTimeout(this.timer);
          this.timer = setTimeout(() => void this.reopen(), QUIET);
        });
        this.watchers.set(folder, watcher);
      } catch {
        // A folder that is not there: the file that names it has an error, which is told.
      }
    }
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
  }

  connect(socket: WebSocket): void {
    socket.on("close", () => this.pages.delete(socket));
    socket.on("error", () => socket.terminate());
    socket.on("message", (data) => this.fromPage(socket, decode(String(data))));
  }

  private fromTrainer(message: FromHost): void {
    this.run = fold(this.run, message);
    if (message.kind === "welcome") this.welcome = message;
    if (message.kind === "phase") this.paused = message.phase === "paused";
    if (message.kind === "rejected") this.tell(message.diagnostics);
    const text = encode(message);
    for (const socket of this.pages) socket.send(text);
  }

  private tell(diagnostics: Extract<FromHost, { kind: "rejected" }>["diagnostics"]): void {
    const { terminal } = this.served;
    const { file, text } = this.source;
    for (const diagnostic of diagnostics) {
      terminal.err(`${renderDiagnostic(diagnostic, text, file, terminal.style)}\n`);
    }
  }

  private fromPage(socket: WebSocket, message: unknown): void {
    if (faultOfToEditor(message) === undefined) return this.asked(socket, message as ToEditor);
    if (faultOfToHost(message) !== undefined) return;
    const command = message as ToHost;
    // What is opened, and for how long, is decided here.
    if (command.kind === "hello" || command.kind === "open" || command.kind === "close") return;
    this.served.trainer.channel.send(command);
  }

  private asked(socket: WebSocket, request: ToEditor): void {
    if (request.kind === "ready") {
      const told: (FromHost | FromEditor)[] = [{ kind: "state", state: this.run }];
      if (this.welcome !== undefined) told.unshift(this.welcome);
      for (const message of told) socket.send(encode(message));
      this.pages.add(socket);
    }
    if (request.kind === "writeKnob") void this.write(request.name, request.value);
    if (request.kind === "table") {
      const answer: FromEditor = {
        kind: "table",
        table: tableOf(this.source.analysis, this.served.open.spec),
      };
      socket.send(encode(answer));
    }
  }

  private async write(name: string, value: number): Promise<void> {
    const { terminal, open } = this.served;
    const { file } = this.source;
    try {
      const { analysis } = await readSource(file);
      const written = withKnob(analysis, open.spec, name, value);
      if (written !== undefined) await writeFile(fileURLToPath(written.location), written.text);
    } catch (error) {
      terminal.err(`The value of ${name} could not be written: ${(error as Error).message}\n`);
    }
  }

  private async reopen(): Promise<void> {
    const { trainer, open } = this.served;
    const { file, text: old, origin } = this.source;
    // While the file is being replaced there may be none.
    const source = await readSource(file).catch(() => undefined);
    if (source === undefined) return;
    const { text } = source;
    const { uses } = source.origin;
    if (text === old && isDeepStrictEqual(uses, origin.uses)) return;
    this.source = source;
    this.watch();
    this.generation++;
    // A knob that the command line set is the file's again once the file has changed: it may just have been written there.
    const overrides = { ...open.overrides, knobs: {} };
    trainer.channel.send({
      ...open,
      overrides,
      generation: this.generation,
      text,
      uses,
      autorun: !this.paused,
    });
  }
}
