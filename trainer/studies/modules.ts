/** What identifies the code of modules of the person's own: a hash of the package that has them. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TrainerSettings } from "../settings";

/** Files of a package that are read, and folders within folders. */
const MOST_FILES = 1000;
const DEEPEST = 6;

/**
 * Hashes each package once, as long as the returned function lives: `pkg.py` or all of `pkg/` in the folders from which Python
 * imports. Of a package that is installed with Python, only its name counts.
 */
export function modulesReader(settings: TrainerSettings): (names: readonly string[]) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  const hashed = (name: string): Promise<string> => {
    const hash = known.get(name) ?? hashOf(name, settings.packages ?? []);
    known.set(name, hash);
    return hash;
  };
  return async (names) => {
    const packages = [...new Set(names.map((name) => name.split(".")[0]!))].sort();
    return (await Promise.all(packages.map(hashed))).join(" ");
  };
}

async function hashOf(name: string, folders: readonly string[]): Promise<string> {
  const hash = createHash("sha256").update(name);
  for (const folder of folders) {
    const files = [`${name}.py`, ...(await pythonIn(join(folder, name), name, DEEPEST))].slice(0, MOST_FILES);
    for (const file of files) {
      const bytes = await readFile(join(folder, file)).catch(() => undefined);
      if (bytes !== undefined) hash.update(`${file}\n${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest("hex");
}

/** The Python files of a folder, links not followed, by their paths with `prefix` before them; in order. */
async function pythonIn(folder: string, prefix: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries.map((entry): Promise<string[]> | string[] => {
      const path = `${prefix}/${entry.name}`;
      if (entry.isDirectory() && depth > 0) return pythonIn(join(folder, entry.name), path, depth - 1);
      return entry.isFile() && entry.name.endsWith(".py") ? [path] : [];
    }),
  );
  return found.flat().sort();
}
