/** Installing packages that are no part of the extension into its own storage, where a person asks for them. */
import * as vscode from "vscode";
import type { Home } from "./home";

const INSTALL = "Install";

/** The folder of the extension whose `node_modules` has the package, where files can be kept. */
export const modulesFolder = (storage: vscode.Uri): string | undefined =>
  storage.scheme === "file" ? vscode.Uri.joinPath(storage, "modules").fsPath : undefined;

/** A package that may be installed, in words. */
interface Optional {
  package: Readonly<{ name: string; version: string; megabytes: number }>;
  /** What it gives, after "Install". */
  what: string;
  /** What it is, in a sentence after `npm downloads the package`. */
  is: string;
  /** Why a workspace has to be trusted, in a sentence. */
  trust: string;
  /** What there is in its place in a browser, in a sentence. */
  inBrowser: string;
}

/**
 * Asks, and installs.
 * @param folder that takes it
 * @returns whether it is installed now
 */
export async function installOptional(
  home: Home,
  folder: string | undefined,
  optional: Optional,
  log: (line: string) => void,
): Promise<boolean> {
  const { what, is, trust, inBrowser } = optional;
  const { name, version, megabytes } = optional.package;
  const wanted = `${name}@${version}`;
  if (home.installPackage === undefined || folder === undefined) {
    void vscode.window.showErrorMessage(`Bottleneck: in a browser nothing can be installed. ${inBrowser}`);
    return false;
  }
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showErrorMessage(`Bottleneck: trust this workspace first. ${trust}`);
    return false;
  }
  const agreed = await vscode.window.showInformationMessage(
    `Install ${what} (${megabytes} MB)?`,
    {
      modal: true,
      detail: `npm downloads the package ${wanted}, ${is}. It is kept in ${folder}; previews load it in trusted workspaces.`,
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
  return true;
}
