/** Installing the package `webgpu`, which gives previews a GPU in Node. */
import * as vscode from "vscode";
import { webGpuPackage } from "../trainer/webgpu-package";
import type { Home } from "./home";
import { installOptional } from "./install-optional";

const USE = "Use It for Previews";

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
  const optional = {
    package: webGpuPackage,
    what: "WebGPU for previews",
    is: "a native library of the project Dawn, which is also Chrome's",
    trust: "WebGPU is a native library, and previews load one only in a trusted workspace.",
    inBrowser: "Previews use the browser's own WebGPU there, where it has one.",
  };
  const installed = await installOptional(home, folder, optional, log);
  if (installed) void offerUse();
  return installed;
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
