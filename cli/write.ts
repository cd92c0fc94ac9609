/** Writing files that a command makes, without harm to what is there. */
import { randomBytes } from "node:crypto";
import { open, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isExported } from "../core/export/target";
import { Failure } from "./command";

export interface WriteOptions {
  /** The spec that it is made from, which is never written over. */
  spec: string;
  /** Whether a file that was not exported may be replaced. */
  force: boolean;
}

/**
 * Writes an exported text: beside its place, and then renamed, so that whatever fails leaves the old file whole.
 * @throws Failure when the place is the spec's, holds a file that was not exported, or cannot be written
 */
export async function writeExported(file: string, text: string, options: WriteOptions): Promise<void> {
  try {
    const old = await stat(file).catch(missing);
    if (old === undefined) return await replace(file, text);
    // A pipe or a terminal, such as /dev/stdout, has no content to lose.
    if (!old.isFile()) return await writeFile(file, text);
    const place = await realpath(file);
    if (place === (await realpath(options.spec)))
      throw new Failure(`${file} is the spec itself; choose another file with --output`);
    if (!options.force && !isExported(await readFile(place, "utf8")))
      throw new Failure(`${file} was not exported by Bottleneck; use --force to replace it`);
    await replace(place, text, old.mode);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`${file} could not be written: ${(error as Error).message}`);
  }
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

/** Writes a file that is there anew, so that whatever fails leaves the old text whole. A link goes on leading to it. */
export async function rewrite(file: string, text: string): Promise<void> {
  const place = await realpath(file);
  await replace(place, text, (await stat(place)).mode);
}

async function replace(place: string, text: string, mode = 0o666): Promise<void> {
  const beside = join(dirname(place), `.${randomBytes(6).toString("hex")}.part`);
  try {
    const handle = await open(beside, "wx", mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, place);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
