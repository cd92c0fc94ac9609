/** Entry of the server in Node: a child of an editor, or over standard input and output for any editor. */
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { startServer } from "./start";

const transports = ["--stdio", "--node-ipc", "--socket", "--pipe"];
if (!process.argv.some((argument) => transports.some((name) => argument.startsWith(name))))
  process.argv.push("--stdio");

startServer(createConnection(ProposedFeatures.all), {
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
});
