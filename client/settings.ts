/** The person's settings, read when they are needed. */
import * as vscode from "vscode";
import type { TrainerSettings } from "./home";

const preview = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("bottleneck.preview");

export const autorun = (): boolean => preview().get("autorun", true);
export const pauseWhenHidden = (): boolean => preview().get("pauseWhenHidden", true);

export const trainerSettings = (): TrainerSettings => ({
  threads: preview().get("threads", 0),
  executor: preview().get("executor", "auto"),
  files: vscode.workspace.isTrusted,
});

/** Whether the change asks for trainers with other settings. */
export const changesTrainer = (event: vscode.ConfigurationChangeEvent): boolean =>
  event.affectsConfiguration("bottleneck.preview.threads") || event.affectsConfiguration("bottleneck.preview.executor");
