/** `preview --serve`: the panel's page on this machine alone, and the sockets over which it speaks. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { WebSocketServer, type WebSocket } from "ws";
import { decode, encode } from "../core/train/wire";
import type { PageLink, PageLine } from "../trainer/relay";
import { contentPolicy, pageBody } from "../webview/page";
import { browserCall, start } from "./browser";
import { exitCodes, Failure, type ExitCode } from "./command";
import { webviewFolder } from "./place";
import { ServedPreview, type Served } from "./served-preview";
import type { Terminal } from "./terminal";

/**
 * Serves until interrupted.
 * @param options.port 0: any that is free
 * @param options.browser whether a browser may be opened
 * @throws Failure when the port is taken or the trainer ends by itself
 */
export async function servePreview(
  served: Served,
  { port, browser }: { port: number; browser: boolean },
): Promise<ExitCode> {
  const { terminal } = served;
  const token = randomBytes(24).toString("base64url");
  const server = createServer((request, response) => void answer(request, response));
  const preview = new ServedPreview(served);
  const sockets = attachSockets(server, token, (line) => preview.connect(line));
  try {
    await listening(server, port);
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?token=${token}`;
    terminal.out(address);
    preview.start();
    const opened = browser && (await opens(address, terminal));
    terminal.err(
      `${opened ? "The preview opens in your browser." : "Open this address in a browser on this machine."} Press Ctrl-C to stop.\n`,
    );
    await new Promise<void>((resolve, reject) => {
      process.once("SIGINT", () => resolve());
      process.once("SIGTERM", () => resolve());
      void preview.ended.then((reason) => reject(new Failure(`the trainer ended: ${reason}`)));
    });
    return exitCodes.ok;
  } finally {
    preview.stop();
    for (const socket of sockets.clients) socket.terminate();
    server.close();
    server.closeAllConnections();
  }
}

/** Whether a browser has been started on the address. */
async function opens(address: string, terminal: Terminal): Promise<boolean> {
  const watched = terminal.interactive && process.stdout.isTTY;
  const call = browserCall(address, { watched, env: process.env, platform: process.platform });
  return call !== undefined && start(call);
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "it is in use; choose another with --port" : error.message;
      reject(new Failure(`port ${port} cannot be used: ${reason}`));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}

// --- The page ---

/** A page whose GPU trains sends the state of its run: weights of at most 64 MB, as text. */
const LARGEST_MESSAGE = 96 << 20;

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

/** The page is the same for everybody and knows nothing of the preview: what it shows comes by its socket, for a token. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const host = request.headers.host ?? "";
  const policy = contentPolicy("'self'", `ws://${host}`);
  response.setHeader("content-security-policy", `${policy}; frame-ancestors 'none'`);
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cache-control", "no-store");
  const refuse = (status: number, text: string): void => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
  };
  // A page elsewhere that has this machine's name resolved to it would come with that name as its host.
  if (!isLocal(host)) return refuse(403, "This preview can only be opened on this machine.");
  if (request.method !== "GET") return refuse(405, "Only GET.");
  const url = addressOf(request);
  if (url === null) return refuse(400, "This is not a valid address.");
  const name = url.pathname.slice(1);
  if (name === "") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page());
    return;
  }
  if (!Object.hasOwn(types, name)) return refuse(404, "There is no such page.");
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

/** Whether an address shows the token. */
function hasToken(url: URL, token: string): boolean {
  const [given, wanted] = [Buffer.from(url.searchParams.get("token") ?? ""), Buffer.from(token)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function attachSockets(
  server: Server,
  token: string,
  connect: (line: PageLine) => PageLink,
): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  server.on("upgrade", (request, socket, head) => {
    // From here on nobody else listens for the end of this line, which may come while it is being refused.
    socket.on("error", () => socket.destroy());
    const { origin = "", host = "" } = request.headers;
    const url = addressOf(request);
    if (!isLocal(host) || origin !== `http://${host}` || url === null || !hasToken(url, token)) {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (line) => attachPage(line, connect));
  });
  return sockets;
}

function attachPage(socket: WebSocket, connect: (line: PageLine) => PageLink): void {
  const page = connect((message, taken) => socket.send(encode(message), () => taken()));
  socket.on("close", () => page.close());
  socket.on("error", () => socket.terminate());
  socket.on("message", (data) => page.receive(decode(String(data))));
}
