/** Entry of the server in Node: a child of an editor, or over standard input and output for any editor. */
import { existsSync } from "node:fs";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { version } from "../package.json";
import { isListed, MOST_ENTRIES } from "../services/completion/paths";
import { readData } from "../services/new-spec/file";
import { KeptData } from "../services/new-spec/kept";
import { entriesIn, readSpecFile, readUse, specsIn, stampOf } from "../trainer/files";
import { defaultSettings } from "../trainer/settings";
import { exists, keepPage } from "./files";
import { startServer } from "./start";

// Output would be read as messages of the protocol, so the version is printed before any connection is made.
if (process.argv.includes("--version")) {
  process.stdout.write(`${version}\n`);
  process.exit(0);
}

const transports = ["--stdio", "--node-ipc", "--socket", "--pipe"];
if (!process.argv.some((argument) => transports.some((name) => argument.startsWith(name))))
  process.argv.push("--stdio");

/** The address of a folder of the installation, where it is there; the bundle is one folder deeper than its source. */
const installed = (folder: string): string | undefined =>
  [`../${folder}/`, `../../${folder}/`]
    .map((path) => new URL(path, import.meta.url))
    .find((address) => existsSync(address))?.href;

const manual = installed("docs/manual");
const methods = installed("core/catalogue");

const data = new KeptData(
  ({ location, source }) => stampOf(location, source),
  (request) => readData(request, (path) => readSpecFile(defaultSettings, request.location, path)),
);

startServer(createConnection(ProposedFeatures.all), {
  ...(manual ? { manual } : {}),
  ...(methods ? { methods } : {}),
  readUse,
  readData: (request) => data.of(request),
  listFolder: ({ location, path }) => entriesIn(location, path, { isListed, most: MOST_ENTRIES }),
  specsIn,
  exists,
  keepPage,
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
});
