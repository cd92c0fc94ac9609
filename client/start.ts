/** The extension, wherever it runs: the server's client, the commands and the previews. */
import * as vscode from "vscode";
import { editorCommands, type EditorCommandId } from "../services/commands";
import {
  listFolderRequest,
  listSpecsRequest,
  readDataRequest,
  readUseRequest,
  type InitializationOptions,
} from "../services/protocol";
import { followCursor } from "./cursor";
import { answerListFolder, answersReadData } from "./data-files";
import { Derivations, derivationType } from "./derivations";
import { exportSpec } from "./export";
import { openExample } from "./examples";
import { installH5wasm } from "./h5wasm";
import type { Home } from "./home";
import { modulesFolder } from "./install-optional";
import { choosePython } from "./python";
import { methodTexts, showMethodTexts } from "./methods";
import { newSpec } from "./new-spec";
import { Previews, panelType } from "./previews";
import * as settings from "./settings";
import { openStudies, studiesOf } from "./studies";
import { Status } from "./status";
import { PreviewStore } from "./store";
import { TablePanel, tableType } from "./table";
import { findTarget, targetAtCursor } from "./targets";
import { askEditor } from "./text";
import { UsedFiles } from "./uses";
import { installWebGpu } from "./webgpu";

/**
 * Starts everything; resolves when the server answers. What it starts ends with the context.
 * @returns what is to be awaited before the extension ends: that previews are stored
 */
export async function start(context: vscode.ExtensionContext, home: Home): Promise<() => Promise<void>> {
  const output = vscode.window.createOutputChannel("Bottleneck", { log: true });
  const manual = `${vscode.Uri.joinPath(context.extensionUri, "docs", "manual").toString()}/`;
  const options: InitializationOptions = {
    commands: true,
    manual,
    methods: methodTexts,
    readsUses: true,
    listsSpecs: true,
    readsData: true,
  };
  const uses = new UsedFiles(home);
  const client = home.createClient({
    documentSelector: [{ language: "bottleneck" }],
    initializationOptions: options,
    outputChannel: output,
    // The server is sent them when it starts, and when they change.
    synchronize: { configurationSection: "bottleneck" },
  });
  client.onRequest(readUseRequest, (params: unknown) => uses.answer(params));
  client.onRequest(listSpecsRequest, () => uses.list());
  client.onRequest(readDataRequest, answersReadData(home));
  client.onRequest(listFolderRequest, answerListFolder);
  const modules = modulesFolder(context.globalStorageUri);
  const store = new PreviewStore(context.storageUri);
  const previews = new Previews(
    context.extensionUri,
    {
      startTrainer: (uri) =>
        home.startTrainer(settings.trainerSettings(uri, modules), (line) => output.info(line)),
      pageTraining: (uri) => home.pageTraining?.(settings.trainerSettings(uri, modules)),
      studies: (uri) => studiesOf(home, () => settings.trainerSettings(uri, modules)),
      uses,
      autorun: settings.autorun,
      pauseWhenHidden: settings.pauseWhenHidden,
      toEditor: (target, request) => askEditor(client, target, request),
      store: (target, panel) => store.write(target, panel),
      storePrevious: (target, run) => void store.writePrevious(target, run),
      changed: (target) => status.changed(target),
      log: (message) => output.warn(message),
    },
    store,
  );
  const status = new Status(client, (target) => previews.run(target));
  const derivations = new Derivations(context.extensionUri, client, uses, (message) => output.warn(message));
  const table = new TablePanel(context.extensionUri, context.workspaceState, {
    uses,
    target: () => targetAtCursor(client),
    toEditor: (target, request) => askEditor(client, target, request),
    log: (message) => output.warn(message),
  });

  type Action = (target: NonNullable<Awaited<ReturnType<typeof findTarget>>>) => unknown;
  const onSpec = (action: Action) => async (uri?: unknown, spec?: unknown) => {
    const target = await findTarget(client, uri, spec);
    if (target !== undefined) await action(target);
  };
  const actions: Record<EditorCommandId, (uri?: unknown, spec?: unknown) => unknown> = {
    "bottleneck.newSpec": () => newSpec(client, context.extensionUri),
    "bottleneck.openExample": () => openExample(context.extensionUri),
    "bottleneck.preview": onSpec((target) => previews.show(target)),
    "bottleneck.openStudies": onSpec((target) => openStudies(previews, target)),
    "bottleneck.showDerivation": onSpec((target) => derivations.show(target)),
    "bottleneck.showTable": () => table.show(),
    "bottleneck.export": onSpec((target) => exportSpec(client, target)),
    "bottleneck.choosePython": () => choosePython(home),
    "bottleneck.installWebGpu": async () => {
      if (await installWebGpu(home, modules, (line) => output.info(line))) previews.restart();
    },
    "bottleneck.installH5wasm": async () => {
      if (await installH5wasm(home, modules, (line) => output.info(line))) previews.restart();
    },
    "bottleneck.showLanguage": () =>
      vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.parse(`${manual}statements.md`)),
    "bottleneck.restartServer": async () => {
      await client.stop();
      await client.start();
    },
  };
  context.subscriptions.push(
    output,
    uses,
    showMethodTexts(context.extensionUri),
    previews,
    status,
    derivations,
    table,
    ...editorCommands.map(({ id }) => vscode.commands.registerCommand(id, actions[id])),
    vscode.window.registerWebviewPanelSerializer(panelType, previews),
    vscode.window.registerWebviewPanelSerializer(tableType, table),
    vscode.window.registerWebviewPanelSerializer(derivationType, derivations),
    followCursor(client, (uri, at) => previews.light(uri, at)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (settings.changesTrainer(event)) previews.restart();
    }),
    // A trainer that could not read files may do so now.
    vscode.workspace.onDidGrantWorkspaceTrust(() => previews.restart()),
    { dispose: () => void client.stop() },
  );
  await client.start();
  return () => previews.settled();
}
