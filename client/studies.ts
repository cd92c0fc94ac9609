/** Studies of a document: opened, carried out in trainers of their own, and refused in a workspace that is not trusted. */
import * as vscode from "vscode";
import { keyMaker } from "../core/studies/job";
import { version } from "../package.json";
import type { TrainerSettings } from "../trainer/settings";
import { studySettings, type StudiesHome } from "../trainer/studies/desk";
import type { Home } from "./home";
import { studiesCache } from "./settings";
import type { PanelTarget } from "./panel";
import type { Previews } from "./previews";

const untrusted = "Studies run only in a trusted workspace. Trust this workspace to run them.";

/** Shows the studies of a spec in its preview, or why they do not run here. */
export function openStudies(previews: Pick<Previews, "show">, target: PanelTarget): void {
  if (vscode.workspace.isTrusted) previews.show(target, "studies");
  else void vscode.window.showErrorMessage(`Bottleneck: ${untrusted}`);
}

/** @param settings of the document's trainers, read when a study starts one */
export function studiesOf(home: Home, settings: () => TrainerSettings): StudiesHome {
  const { store, count, ...contents } = home.studies(settings(), studiesCache());
  return {
    store,
    count,
    keyOf: keyMaker({ version, ...contents }),
    startTrainer: (executor) => home.startTrainer(studySettings(settings(), executor), () => undefined),
    refused: () => (vscode.workspace.isTrusted ? undefined : untrusted),
  };
}
