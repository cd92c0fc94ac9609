/** Entry of the extension on a desktop, a remote machine or a container: server and trainers are child processes. */
import * as vscode from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { readSpecFile, readUse } from "../trainer/files";
import { pageTraining } from "../trainer/page-training";
import { installPackage } from "../trainer/install";
import { defaultSettings } from "../trainer/settings";
import { spawnTrainer } from "../trainer/spawn";
import { studiesOfMachine } from "../trainer/studies/machine";
import { startTorch } from "../trainer/torch/index";
import { start } from "./start";

let settled: (() => Promise<void>) | undefined;

export const deactivate = (): Promise<void> | undefined => settled?.();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const file = (...path: string[]): string =>
    vscode.Uri.joinPath(context.extensionUri, "dist", ...path).fsPath;
  const run = { module: file("server", "node.js"), transport: TransportKind.ipc };
  // Where the extension itself is debugged, a debugger can attach to the server too.
  const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009"] } };
  settled = await start(context, {
    createClient: (options) => new LanguageClient("bottleneck", "Bottleneck", { run, debug }, options),
    readUse,
    openData: (location, path) => readSpecFile(defaultSettings, location, path),
    async describePython(python) {
      const executor = await startTorch({ python });
      executor.close();
      return executor.description;
    },
    installPackage,
    pageTraining: (settings) => pageTraining(settings, file("trainer")),
    studies: (settings, most) => studiesOfMachine(settings, { most }),
    startTrainer: (settings, log) => spawnTrainer(file("trainer", "node.js"), settings, { log }),
  });
}
