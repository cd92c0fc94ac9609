/** Studies as the command line runs them: trainers of this machine, trainings kept in a folder. */
import { keyMaker } from "../core/studies/job";
import { version } from "../package.json";
import { defaultSettings } from "../trainer/settings";
import { spawnTrainer } from "../trainer/spawn";
import { studySettings, type StudiesHome } from "../trainer/studies/desk";
import { studiesOfMachine } from "../trainer/studies/machine";
import { nativeFolders, pythonCommand, trainerEntry } from "./place";

/** @param kept where trainings are kept: a folder, else the person's cache of so many megabytes */
export function studiesHere(kept: Parameters<typeof studiesOfMachine>[1] = {}): StudiesHome {
  const settings = { ...defaultSettings, modules: nativeFolders(), ...pythonCommand() };
  const { entry, flags } = trainerEntry();
  const { store, count, ...contents } = studiesOfMachine(settings, kept);
  return {
    ...{ store, count },
    keyOf: keyMaker({ version, ...contents }),
    startTrainer: (executor) => spawnTrainer(entry, studySettings(settings, executor), { flags }),
    refused: () => undefined,
  };
}
