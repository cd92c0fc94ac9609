/** The built panel in a real browser, fed with messages by the test: a page, a socket, a record of what it sent. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { chromium, type Browser, type Page } from "playwright-core";
import { WebSocketServer, type WebSocket } from "ws";
import type { FromHost } from "../../core/train/protocol";
import type { FromEditor } from "../../core/train/page-protocol";
import { decode, encode } from "../../core/train/wire";
import { contentPolicy, pageBody } from "../../webview/page";

export const CHROMIUM = "/usr/bin/chromium";
const built = join(import.meta.dirname, "..", "..", "dist", "webview");

export interface PanelPage {
  page: Page;
  /** What the panel has asked for, oldest first. */
  sent: unknown[];
  /** What it has said of itself: that it listens, that it has drawn the spec. */
  said: string[];
  /** What the page logged as an error, policy violations included. */
  errors: string[];
  /** The address by which its socket came. */
  line(): string;
  send(messages: (FromHost | FromEditor)[]): void;
  close(): Promise<void>;
}

/**
 * Waits until what is read, such as the last message that a panel has sent, is what is expected.
 * @throws AssertionError with what it is instead, after five seconds
 */
export async function soon(page: Page, read: () => unknown, expected: unknown): Promise<void> {
  for (let waits = 0; waits < 250 && !isDeepStrictEqual(read(), expected); waits++)
    await page.waitForTimeout(20);
  assert.deepEqual(read(), expected);
}

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });

/** Opens the panel as the command line serves it. */
export async function openPanel(
  browser: Browser,
  options: {
    width?: number;
    height?: number;
    colorScheme?: "light" | "dark";
    forcedColors?: "active" | "none";
    /** Behind the page's address. */
    search?: string;
    /** Runs as in an editor, instead of a browser tab. */
    editor?: boolean;
    /** The periodic table or a derivation alone, instead of a preview. */
    alone?: "table" | "derivation";
  } = {},
): Promise<PanelPage> {
  const server = createServer((request, response) => {
    const name = new URL(request.url!, "http://127.0.0.1").pathname.slice(1);
    if (name === "") {
      const policy = contentPolicy("'self'", `ws://${request.headers.host}`);
      response.setHeader("content-security-policy", policy);
      response.setHeader("content-type", "text/html");
      response.end(
        `<!doctype html><html lang="en"><head><title>panel</title>${options.alone ? `<meta name="bottleneck-page" content="${options.alone}">` : ""}<link rel="icon" href="data:,"><link rel="stylesheet" href="/panel.css"></head><body>${pageBody()}<script src="/panel.js"></script></body></html>`,
      );
    } else if (name === "panel.js" || name === "panel.css") {
      response.setHeader("content-type", name.endsWith("js") ? "text/javascript" : "text/css");
      response.end(readFileSync(join(built, name)));
    } else response.writeHead(404).end();
  });
  const sockets = new WebSocketServer({ server });
  const sent: unknown[] = [];
  const said: string[] = [];
  let address = "";
  const note = (message: { kind: string }): void => {
    // A page says whether there is a GPU once it knows, between any other messages.
    if (message.kind === "worker") return;
    if (["ready", "hello", "shown"].includes(message.kind)) said.push(message.kind);
    else sent.push(message);
  };
  const connected = new Promise<WebSocket>((resolve) =>
    sockets.on("connection", (socket, request) => {
      address = request.url!;
      socket.on("message", (data) => note(decode(String(data)) as { kind: string }));
      resolve(socket);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A test that fails leaves its page open, which must not keep the process.
  server.unref();
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    colorScheme: options.colorScheme ?? "light",
    forcedColors: options.forcedColors ?? "none",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on(
    "console",
    (message) =>
      message.type() === "error" && !message.text().includes("favicon") && errors.push(message.text()),
  );
  page.on("pageerror", (error) => errors.push(String(error)));
  if (options.editor === true) {
    await page.exposeFunction("postToEditor", note);
    await page.addInitScript(
      "window.acquireVsCodeApi = () => ({ postMessage: (message) => window.postToEditor(message), getState: () => JSON.parse(sessionStorage.getItem('editor state') ?? 'null') ?? undefined, setState: (state) => sessionStorage.setItem('editor state', JSON.stringify(state)) });",
    );
  }
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${options.search ?? ""}`);
  if (options.editor === true)
    return {
      page,
      sent,
      said,
      errors,
      line: () => address,
      send: (messages) =>
        void page.evaluate((all) => all.forEach((one) => window.postMessage(one)), messages),
      async close() {
        await context.close();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  const socket = await connected;
  return {
    page,
    sent,
    said,
    errors,
    line: () => address,
    send: (messages) => messages.forEach((message) => socket.send(encode(message))),
    async close() {
      await context.close();
      socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
