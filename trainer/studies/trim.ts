/** Keeps a folder of kept trainings below a size. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** What is left of the largest size once it was passed, so that not every training drops one. */
const LEFT = 0.9;

/** Where the files of a folder have more bytes than this, drops those that were not used for longest. */
export async function trim(folder: string, most: number): Promise<void> {
  const files: { path: string; bytes: number; used: number }[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith(".json")) continue;
    const path = join(folder, name);
    // Another process may have dropped it meanwhile.
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) files.push({ path, bytes: found.size, used: found.mtimeMs });
  }
  let bytes = files.reduce((sum, one) => sum + one.bytes, 0);
  if (bytes <= most) return;
  files.sort((a, b) => a.used - b.used);
  for (const file of files) {
    if (bytes <= LEFT * most) return;
    await rm(file.path, { force: true });
    bytes -= file.bytes;
  }
}
