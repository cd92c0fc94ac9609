/**
 * A store in a folder: one JSON file a job, named by its key. Several processes and machines may fill one at once. The person's
 * cache has a largest size; what was not read for longest is dropped first.
 */
import { mkdir, readFile, rename, utimes, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Refused, Trained } from "../../core/studies/job";
import type { Store } from "../../core/studies/store";
import { trim } from "./trim";

/** The size is looked at with the first job that is kept, and after so many more. */
const PUTS = 500;

/** The person's cache of trainings. */
export function defaultFolder(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  const home = homedir();
  const cache =
    platform === "win32"
      ? (env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"))
      : platform === "darwin"
        ? join(home, "Library", "Caches")
        : (env["XDG_CACHE_HOME"] ?? join(home, ".cache"));
  return join(cache, "bottleneck", "studies");
}

/**
 * @param folder made when the first job is kept
 * @param most megabytes of all files; where absent, everything is kept
 */
export function fileStore(folder: string, most?: number): Store {
  const pathOf = (key: string, of = ""): string => join(folder, key.slice(0, 2), `${key}${of}.json`);
  const refusalOf = (key: string): string => pathOf(key, ".refused");
  let puts = 0;
  return {
    async get(key) {
      const path = pathOf(key);
      try {
        const trained = JSON.parse(await readFile(path, "utf8")) as Trained;
        // A file that was damaged, or is another one, is as good as none.
        if (trained.key !== key) return undefined;
        const now = new Date();
        if (most !== undefined) await utimes(path, now, now).catch(() => undefined);
        return trained;
      } catch {
        return undefined;
      }
    },
    async put(trained) {
      await writeWhole(pathOf(trained.key), trained);
      if (most !== undefined && puts++ % PUTS === 0) await trim(folder, most * 1e6);
    },
    async refusal(key) {
      try {
        return JSON.parse(await readFile(refusalOf(key), "utf8")) as Refused;
      } catch {
        return undefined;
      }
    },
    refuse: (key, refusal) => writeWhole(refusalOf(key), refusal),
  };
}

/** Writes a file whole or not at all, whatever happens meanwhile. */
async function writeWhole(path: string, value: unknown): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(temporary, JSON.stringify(value));
  await rename(temporary, path);
}
