/** The person's settings, read when they are needed. */
import * as vscode from "vscode";
import type { TrainerSettings } from "../trainer/settings";

const preview = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("bottleneck.preview");

export const autorun = (): boolean => preview().get("autorun", true);
export const pauseWhenHidden = (): boolean => preview().get("pauseWhenHidden", true);

/** Megabytes of kept trainings of studies at most. */
export const studiesCache = (): number =>
  vscode.workspace.getConfiguration("bottleneck.studies").get("cacheSize", 500);

/** The Python whose PyTorch may train. Of the machine's settings alone: a workspace must not name a program that is run. */
const python = (): string => preview().inspect<string>("python")?.globalValue?.trim() ?? "";

/**
 * What a trainer for a document is told. In a workspace that is not trusted it reads no file and loads no library.
 * @param modules the extension's own folder of installed packages, where it has one
 */
export function trainerSettings(document: vscode.Uri, modules: string | undefined): TrainerSettings {
  const files = vscode.workspace.isTrusted;
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .map(({ uri }) => uri)
    .filter(({ scheme }) => scheme === "file");
  const folder = vscode.workspace.getWorkspaceFolder(document)?.uri ?? folders[0];
  return {
    threads: preview().get("threads", 0),
    executor: preview().get("executor", "auto"),
    meanwhile: true,
    files,
    ...(folder === undefined ? {} : { folder: folder.scheme === "file" ? folder.fsPath : folder.toString() }),
    modules: files
      ? [...folders.map(({ fsPath }) => fsPath), ...(modules === undefined ? [] : [modules])]
      : [],
    ...(files && python() !== "" ? { python: python(), packages: folders.map(({ fsPath }) => fsPath) } : {}),
  };
}

/** Whether the change asks for trainers with other settings. */
export const changesTrainer = (event: vscode.ConfigurationChangeEvent): boolean =>
  event.affectsConfiguration("bottleneck.preview.threads") ||
  event.affectsConfiguration("bottleneck.preview.python") ||
  event.affectsConfiguration("bottleneck.preview.executor");
