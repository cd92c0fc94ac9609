/**
 * The panel's line to the host: messages posted to the editor, or a WebSocket when the page runs in a browser tab.
 */
import { checkedChannel, type Port } from "../core/train/channel";
import { faultOfToPanel } from "../core/train/page-check";
import type { Channel, FromHost, ToHost } from "../core/train/protocol";
import type { FromEditor, ToEditor } from "../core/train/page-protocol";
import { decode, encode } from "../core/train/wire";
import type { ShowPage } from "./page";

export type PanelChannel = Channel<ToHost | ToEditor, FromHost | FromEditor>;

/** How views speak to the host. */
export type Send = (message: ToHost | ToEditor) => void;

/** What VS Code gives a webview page. */
interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** The editor's handle, taken once; undefined in a browser tab. */
export const editor: EditorApi | undefined =
  typeof acquireVsCodeApi === "function" ? acquireVsCodeApi() : undefined;

function editorPort(api: EditorApi): Port {
  return {
    post: (value) => api.postMessage(value),
    receive(listener) {
      const heard = (event: MessageEvent): void => listener(event.data);
      window.addEventListener("message", heard);
      return () => window.removeEventListener("message", heard);
    },
    close: () => undefined,
  };
}

/**
 * Listens for pages that the editor asks the panel to show; a browser tab has no editor that could.
 * @returns ends the listening
 */
export function onShowPage(show: (page: string) => void): () => void {
  if (editor === undefined) return () => undefined;
  return editorPort(editor).receive((message) => {
    const { kind, page } = (message ?? {}) as Partial<ShowPage>;
    if (kind === "showPage" && typeof page === "string") show(page);
  });
}

const TOKEN = "bottleneck-token";

/**
 * What the socket must show. It comes in the page's address, where it does not stay to be read or copied: a page that is
 * loaded anew finds it in the storage of its tab, which, unlike a cookie, no server on another port is sent or can read.
 */
function takeToken(): string | null {
  const given = new URLSearchParams(location.search).get("token");
  if (given !== null) history.replaceState(null, "", location.pathname);
  try {
    if (given !== null) sessionStorage.setItem(TOKEN, given);
    return sessionStorage.getItem(TOKEN);
  } catch {
    // The person lets pages store nothing: this one cannot be loaded anew.
    return given;
  }
}

function socketPort(lost: () => void): Port {
  const address = new URL(`ws://${location.host}/`);
  const token = takeToken();
  if (token !== null) address.searchParams.set("token", token);
  const socket = new WebSocket(address);
  const waiting: string[] = [];
  socket.addEventListener("open", () => waiting.splice(0).forEach((text) => socket.send(text)));
  socket.addEventListener("close", lost);
  return {
    post(value) {
      const text = encode(value);
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
      else if (socket.readyState === WebSocket.CONNECTING) waiting.push(text);
    },
    receive(listener) {
      const heard = (event: MessageEvent): void => listener(decode(String(event.data)));
      socket.addEventListener("message", heard);
      return () => socket.removeEventListener("message", heard);
    },
    close: () => socket.close(),
  };
}

/** Connects to whoever shows this page. @param lost called when a browser tab's line breaks */
export function connect(lost: () => void): PanelChannel {
  const port = editor === undefined ? socketPort(lost) : editorPort(editor);
  // A message that is not of the protocol is dropped: a page has nobody to tell.
  return checkedChannel<ToHost | ToEditor, FromHost | FromEditor>(port, faultOfToPanel, () => undefined);
}
