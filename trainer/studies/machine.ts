/** Where this machine keeps the trainings of studies, and how many it runs at once. */
import { availableParallelism } from "node:os";
import type { KeySource } from "../../core/studies/job";
import type { TrainerSettings } from "../settings";
import { contentsReader } from "./contents";
import { modulesReader } from "./modules";
import type { StudiesHome } from "./desk";
import { defaultFolder, fileStore } from "./file-store";

/** Megabytes of the person's cache where nothing else is asked for. */
export const CACHE = 500;

/**
 * @param folder where trainings are kept, all of them; by default the person's cache
 * @param most megabytes of that cache
 */
export const studiesOfMachine = (
  settings: TrainerSettings,
  { folder, most = CACHE }: { folder?: string | undefined; most?: number | undefined } = {},
): Pick<StudiesHome, "store" | "count"> & Pick<KeySource, "contentsOf" | "modulesOf"> => ({
  store: folder === undefined ? fileStore(defaultFolder(), most) : fileStore(folder),
  count: availableParallelism(),
  contentsOf: contentsReader(settings),
  modulesOf: modulesReader(settings),
});
