/**
 * The language server: keeps documents in step with the editor, answers requests from `services` and sends diagnostics.
 * It never trains, reads no files and knows no platform: `runtime` provides what it needs of one.
 */
import { type Connection, DidChangeWatchedFilesNotification } from "vscode-languageserver";
import { version } from "../package.json";
import { diagnostics } from "../services/diagnostics";
import { severitiesOf, severitySetting, type Severities } from "../services/severities";
import type { DataFileRequest } from "../services/declare";
import type { Document } from "../services/document";
import { Announcer } from "./announce";
import {
  abilitiesOf,
  canShowLater,
  initializeResult,
  noAbilities,
  type EditorAbilities,
} from "./capabilities";
import { Documents } from "./documents";
import { KnownFiles } from "./known-files";
import { registerFeatures, type Located } from "./features";
import { Quiet } from "./quiet";
import { listFolder, listSpecs, readDataFile, readText } from "./read";
import { requestGuard, type Runtime } from "./requests";
import { MOST_UNASKED } from "./with-files";
import { Workspace } from "./workspace";

/** Serves a connection until it ends. */
export function startServer(connection: Connection, runtime: Runtime): void {
  let abilities: EditorAbilities = noAbilities;
  let initialized = false;
  let folders: readonly string[] = [];
  connection.onInitialize((params) => {
    initialized = true;
    abilities = abilitiesOf(params);
    severities = severitiesOf(abilities.severity);
    folders = (params.workspaceFolders ?? []).map(({ uri }) => uri);
    return initializeResult(abilities, version);
  });
  connection.onInitialized(() => {
    if (abilities.changesFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      });
    if (!abilities.watchesFiles) return;
    void connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [{ globPattern: "**/*.bottleneck" }],
    });
  });

  const manual = (): string | undefined => abilities.manual ?? runtime.manual;
  const quiet = new Quiet(
    runtime,
    () => canShowLater(abilities),
    (uri) => announcer.found(uri),
  );
  const readData = (request: DataFileRequest) => readDataFile(connection, runtime, abilities, request);
  const files = new KnownFiles(
    runtime,
    (request) => readData({ ...request, most: MOST_UNASKED }),
    (uri) => announcer.shownAnew([uri]),
  );
  connection.onShutdown(() => {
    quiet.stop();
    announcer.stop();
    files.stop();
  });
  let severities: Severities = {};
  const findings = (document: Document) => {
    files.look(document);
    const fileOf = files.of(document);
    return quiet.filter(document, diagnostics(document, { manual: manual(), severities, fileOf }));
  };
  const announcer = new Announcer(
    connection,
    runtime,
    () => abilities,
    (uri) => {
      const document = documents.get(uri);
      return document && { version: document.version, diagnostics: findings(document) };
    },
  );
  const read = (address: string): Promise<string> => readText(connection, runtime, abilities, address);
  const documents = new Documents(connection, {
    changed(uri, text, before) {
      if (before !== undefined) quiet.edited(uri, before, text);
      announcer.changed(uri);
    },
    usesChanged: (uri) => announcer.usesChanged(uri),
    closed(uri) {
      quiet.closed(uri);
      files.closed(uri);
      announcer.closed(uri);
    },
    read,
    watches: () => abilities.watchesFiles,
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    severities = severitiesOf(severitySetting(settings));
    announcer.shownAnew(documents.all().map(({ uri }) => uri));
  });
  const guarded = requestGuard(
    connection,
    runtime,
    () => initialized,
    (params) => {
      const uri = (params as Partial<Located> | undefined)?.textDocument?.uri;
      return uri === undefined ? undefined : documents.versionOf(uri);
    },
  );
  const list = () => listSpecs(connection, runtime, abilities, folders);
  const workspace = new Workspace(documents, list, read);
  registerFeatures({
    connection,
    documents,
    workspace,
    runtime,
    guarded,
    abilities: () => abilities,
    findings,
    fileOf: (document) => files.of(document),
    readData,
    listFolder: (request) => listFolder(connection, runtime, abilities, request),
  });
  connection.listen();
}
