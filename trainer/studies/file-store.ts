/** A store in a folder: one JSON file a job, named by its key. Several processes and machines may fill one at once. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Trained } from "../../core/studies/job";
import type { Store } from "../../core/studies/store";

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

/** @param folder made when the first job is kept */
export function fileStore(folder: string): Store {
  const pathOf = (key: string): string => join(folder, key.slice(0, 2), `${key}.json`);
  return {
    async get(key) {
      try {
        const trained = JSON.parse(await readFile(pathOf(key), "utf8")) as Trained;
        // A file that was damaged, or is another one, is as good as none.
        return trained.key === key ? trained : undefined;
      } catch {
        return undefined;
      }
    },
    async put(trained) {
      const path = pathOf(trained.key);
      await mkdir(join(path, ".."), { recursive: true });
      // Whole or not at all, whatever happens meanwhile.
      const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
      await writeFile(temporary, JSON.stringify(trained));
      await rename(temporary, path);
    },
  };
}
