/** Entry of the server in a browser's worker. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { startServer } from "./start";

const worker = self as unknown as Worker;

startServer(createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker)), {
  turn: () => new Promise((resolve) => setTimeout(resolve, 0)),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
});
