/** What identifies the data of a study by content: the name of a generator, or a hash of a file or of all files of a folder. */
import { createHash } from "node:crypto";
import { generatorOf } from "../../core/data/generators/index";
import { readSpecFile } from "../files";
import type { TrainerSettings } from "../settings";

/** Bytes of a file that are hashed at once. */
const BLOCK = 2 ** 24;

/** Hashes each file once, as long as the returned function lives. */
export function contentsReader(
  settings: TrainerSettings,
): (source: string, location: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return (source, location) => {
    if (generatorOf(source) !== undefined) return Promise.resolve(source);
    const place = `${location} ${source}`;
    const hash =
      known.get(place) ??
      readSpecFile(settings, location, source).then(
        hashOf,
        // Its trainings are refused with the reason, and nothing is kept of them.
        () => "unread",
      );
    known.set(place, hash);
    return hash;
  };
}

async function hashOf(found: Awaited<ReturnType<typeof readSpecFile>>): Promise<string> {
  const hash = createHash("sha256");
  if (found instanceof Uint8Array) hash.update(found);
  else if ("size" in found)
    for (let start = 0; start < found.size; start += BLOCK)
      hash.update(await found.read(start, Math.min(found.size, start + BLOCK)));
  else
    for (const name of found.names) {
      const bytes = await found.read(name);
      hash.update(`${name}\n${bytes.length}\n`).update(bytes);
    }
  return hash.digest("hex");
}
