/** Writing files that a command makes, without harm to what is there. */
import { randomBytes } from "node:crypto";
import { open, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isExported, projectMark, type ExportedFile } from "../core/export/target";
import { readTensors } from "../core/train/safetensors";
import { Failure } from "./command";

export interface WriteOptions {
  /** The spec that it is made from, which is never written over. */
  spec: string;
  /** Whether a file that was not exported may be replaced. */
  force: boolean;
}

/**
 * Writes exported files: each beside its place, and then renamed, so that whatever fails leaves the old file whole. Nothing
 * is written where one of them may not be.
 * @param files with their places
 * @throws Failure when a place is the spec's, holds a file that was not exported or was changed, or cannot be written
 */
export async function writeExported(
  files: readonly (Omit<ExportedFile, "name"> & { place: string })[],
  options: WriteOptions,
): Promise<void> {
  const contents = files.map(({ place, text, encoding }) => ({
    place,
    content: Buffer.from(text, encoding ?? "utf8"),
  }));
  for (const { place, content } of contents)
    await trying(place, async () => {
      await mayReplace(place, content, options);
    });
  for (const { place, content } of contents)
    await trying(place, async () => {
      const old = await stat(place).catch(missing);
      // A pipe or a terminal, such as /dev/stdout, has no content to lose.
      if (old !== undefined && !old.isFile()) return writeFile(place, content);
      await replace(old === undefined ? place : await realpath(place), content, old?.mode);
    });
}

/**
 * Writes weights; a file of weights that is there is replaced, and no other.
 * @param spec the file that they were trained from
 * @throws Failure when the place holds another file, or cannot be written
 */
export async function writeWeights(file: string, content: Uint8Array, spec: string): Promise<void> {
  await trying(file, async () => {
    const old = await stat(file).catch(missing);
    if (
      old?.isFile() &&
      (!isTensors(await readFile(file)) || (await realpath(file)) === (await realpath(spec)))
    )
      throw new Failure(`${file} is not a safetensors file; name another with --save`);
    await replace(file, content, old?.mode);
  });
}

/**
 * Writes a report; a report that is there is replaced, and no other file.
 * @param spec the file that it reports on
 * @throws Failure when the place holds another file, or cannot be written
 */
export async function writeReport(file: string, text: string, spec: string): Promise<void> {
  await mayWriteReport(file, spec);
  await trying(file, async () => replace(file, text, (await stat(file).catch(missing))?.mode));
}

/** @throws Failure when a file is there that is no report */
export async function mayWriteReport(file: string, spec: string): Promise<void> {
  await trying(file, async () => {
    const old = await stat(file).catch(missing);
    if (old === undefined) return;
    const isReport = old.isFile() && isExported(await readFile(file, "utf8"));
    if (!isReport || (await realpath(file)) === (await realpath(spec)))
      throw new Failure(`${file} is not a report of Bottleneck; name another with --report`);
  });
}

/** @throws Failure when there is a file that may not be replaced; one that has the very content may */
async function mayReplace(file: string, content: Buffer, { spec, force }: WriteOptions): Promise<void> {
  const old = await stat(file).catch(missing);
  if (old === undefined || !old.isFile()) return;
  const place = await realpath(file);
  if (place === (await realpath(spec)))
    throw new Failure(`${file} is the spec itself; choose another file with --output`);
  if (force) return;
  const before = await readFile(place);
  const text = before.toString();
  if (before.equals(content) || isExported(text)) return;
  const why = text.includes(projectMark)
    ? "was changed after it was exported"
    : "was not exported by Bottleneck";
  throw new Failure(`${file} ${why}; use --force to replace it`);
}

/** Why a file cannot be written, by the system's code. */
const WHY: Partial<Record<string, (folder: string) => string>> = {
  ENOENT: (folder) => `there is no folder ${folder}`,
  ENOTDIR: (folder) => `${folder} is not a folder`,
  EACCES: (folder) => `the folder ${folder}, or the file, may not be changed by this user`,
  EROFS: () => "it is on a disk that is read-only",
  ENOSPC: () => "the disk is full",
};

/** @throws Failure naming the file */
async function trying(file: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Failure(`${file} could not be written: ${WHY[code ?? ""]?.(dirname(file)) ?? message}`);
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

async function replace(place: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  const beside = join(dirname(place), `.${randomBytes(6).toString("hex")}.part`);
  try {
    const handle = await open(beside, "wx", mode);
    try {
      await handle.writeFile(content);
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

function isTensors(bytes: Uint8Array): boolean {
  try {
    readTensors(bytes);
    return true;
  } catch {
    return false;
  }
}
