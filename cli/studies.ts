/** Studies as the command line runs them: trainers of this machine, trainings kept in a folder. */
import { keyMaker } from "../core/studies/job";
import { version } from "../package.json";
import { defaultSettings } from "../trainer/settings";
import { spawnTrainer } from "../trainer/spawn";
import { studySettings, type StudiesHome } from "../trainer/studies/desk";
import { studiesOfMachine } from "../trainer/studies/machine";
import { nativeFolders, pythonCommand, trainerEntry } from "./place";

/** @param folder where trainings are kept; by default the person's cache */
export function studiesHere(folder?: string): StudiesHome {
  const settings = studySettings({ ...defaultSettings, modules: nativeFolders(), ...pythonCommand() });
  const { entry, flags } = trainerEntry();
  const { store, count, contentsOf } = studiesOfMachine(settings, folder);
  return {
    ...{ store, count },
    keyOf: keyMaker({ version, contentsOf }),
    startTrainer: () => spawnTrainer(entry, settings, { flags }),
    refused: () => undefined,
  };
}
