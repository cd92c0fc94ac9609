/** Where this machine keeps the trainings of studies, and how many it runs at once. */
import { availableParallelism } from "node:os";
import type { KeySource } from "../../core/studies/job";
import type { TrainerSettings } from "../settings";
import { contentsReader } from "./contents";
import type { StudiesHome } from "./desk";
import { defaultFolder, fileStore } from "./file-store";

/** @param folder where trainings are kept; by default the person's cache */
export const studiesOfMachine = (
  settings: TrainerSettings,
  folder = defaultFolder(),
): Pick<StudiesHome, "store" | "count"> & Pick<KeySource, "contentsOf"> => ({
  store: fileStore(folder),
  count: availableParallelism(),
  contentsOf: contentsReader(settings),
});
