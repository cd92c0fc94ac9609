/** Studies of a document: trainers of their own, and why none runs in a workspace that is not trusted. */
import * as vscode from "vscode";
import { keyMaker } from "../core/studies/job";
import { version } from "../package.json";
import type { TrainerSettings } from "../trainer/settings";
import { studySettings, type StudiesHome } from "../trainer/studies/desk";
import type { Home } from "./home";

/** @param settings of the document's trainers, read when a study starts one */
export function studiesOf(home: Home, settings: () => TrainerSettings): StudiesHome {
  const { store, count, contentsOf } = home.studies(settings());
  return {
    store,
    count,
    keyOf: keyMaker({ version, contentsOf }),
    startTrainer: () => home.startTrainer(studySettings(settings()), () => undefined),
    refused: () =>
      vscode.workspace.isTrusted
        ? undefined
        : "Studies run only in a trusted workspace. Trust this workspace to run them.",
  };
}
