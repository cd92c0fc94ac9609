/** Installing the package `webgpu`, which gives previews a GPU in Node, into the extension's own storage. */
import * as vscode from "vscode";
import { webGpuPackage } from "../trainer/webgpu-package";
import type { Home } from "./home";

const INSTALL = "Install";
const USE = "Use It for Previews";

/** The folder of the extension whose `node_modules` has the package, where files can be kept. */
export const modulesFolder = (storage: vscode.Uri): string | undefined =>
  storage.scheme === "file" ? vscode.Uri.joinPath(storage, "modules").fsPath : undefined;

/**
 * Asks, installs, and offers to use it.
 * @param folder that takes it
 * @returns whether it is installed now
 */
export async function installWebGpu(
  home: Home,
  folder: string | undefined,
  log: (line: string) => void,
): Promise<boolean> {
  const { name, version, megabytes } = webGpuPackage;
  const wanted = `${name}@${version}`;
  if (home.installPackage === undefined || folder === undefined) {
    void vscode.window.showErrorMessage(
      "Bottleneck: in a browser nothing can be installed. Previews use the browser's own WebGPU there, where it has one.",
    );
    return false;
  }
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showErrorMessage(
      "Bottleneck: trust this workspace first. WebGPU is a native library, and previews load one only in a trusted workspace.",
    );
    return false;
  }
  const agreed = await vscode.window.showInformationMessage(
    `Install WebGPU for previews (${megabytes} MB)?`,
    {
      modal: true,
      detail: `npm downloads the package ${wanted}, a native library of the project Dawn, which is also Chrome's. It is kept in ${folder}; previews load it in trusted workspaces.`,
    },
    INSTALL,
  );
  if (agreed !== INSTALL) return false;
  const install = home.installPackage.bind(home, wanted, folder);
  try {
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: `Installing ${wanted} (${megabytes} MB) …`,
        cancellable: true,
      },
      (_progress, cancelled) => {
        const abort = new AbortController();
        cancelled.onCancellationRequested(() => abort.abort());
        return install({ signal: abort.signal, log });
      },
    );
  } catch (error) {
    if ((error as Error).name !== "AbortError")
      void vscode.window.showErrorMessage(`Bottleneck: ${(error as Error).message}`);
    return false;
  }
  void offerUse();
  return true;
}

async function offerUse(): Promise<void> {
  const choice = await vscode.window.showInformationMessage(
    "WebGPU is installed. Previews use it when the setting bottleneck.preview.executor is webgpu.",
    {},
    USE,
  );
  if (choice === USE)
    await vscode.workspace
      .getConfiguration("bottleneck.preview")
      .update("executor", "webgpu", vscode.ConfigurationTarget.Global);
}
