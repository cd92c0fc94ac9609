/** Files that a spec names, read in Node. */
import { open, readdir, readFile, realpath, stat } from "node:fs/promises";
import { statSync, type Stats } from "node:fs";
import { join, resolve } from "node:path";
import { pipeline, Readable } from "node:stream";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as zlib from "node:zlib";
import type { FileRanges } from "../core/data/dataset";
import { addressOf, LARGEST_USED, MOST_SPECS, tooLarge } from "../core/language/uses";
import type { ReadFor } from "../core/train/loaded-data";
import { openHdf5 } from "./h5wasm-node";
import { defaultSettings, filesRefused, type TrainerSettings } from "./settings";

/** From Node 20.15 on; many times as fast as one in JavaScript. */
const { crc32 } = zlib as { crc32?: (bytes: Uint8Array, before: number) => number };

/** Bytes of a piece: more than `DecompressionStream` gives, whose small pieces cost half of its processor time. */
const PIECE = { chunkSize: 2 ** 18 };

function decompressing(
  pieces: AsyncIterable<Uint8Array>,
  by: zlib.InflateRaw | zlib.Gunzip,
): AsyncIterable<Uint8Array> {
  // What fails arrives where the pieces are read.
  pipeline(Readable.from(pieces), by, () => undefined);
  return by;
}

const inflateRaw = (pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  decompressing(pieces, zlib.createInflateRaw(PIECE));
const gunzip = (pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
  decompressing(pieces, zlib.createGunzip(PIECE));

/** Files of a folder that are listed, and folders within folders that are looked into. */
const MOST_FILES = 200_000;
const DEEPEST = 4;

/**
 * Opens a file, or lists a folder, by its path as written in a document: relative paths start in the document's folder, or in the settings'
 * folder when the document is in none.
 * @throws Error that says which file could not be read, and why
 */
export async function readSpecFile(
  settings: TrainerSettings,
  documentUri: string,
  path: string,
): ReturnType<ReadFor> {
  if (!settings.files) {
    throw new Error(filesRefused);
  }
  const place = locate(settings, documentUri, path);
  const isFolder = await stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? folderAt(place) : rangesOf(place, settings.modules ?? []);
}

/**
 * The bytes of a file by ranges, as long as it is the file that it was.
 * @param modules folders that may have libraries
 */
async function rangesOf(place: string, modules: readonly string[]): Promise<FileRanges> {
  const first = await fileAt(place);
  const refuseOther = (now: Pick<Stats, "size" | "mtimeMs">): void => {
    if (now.size !== first.size || now.mtimeMs !== first.mtimeMs)
      throw new Error(`${place} has changed since it was opened`);
  };
  return {
    size: first.size,
    ...(crc32 && { crc32 }),
    inflateRaw,
    gunzip,
    hdf5: () => openHdf5(modules, place, () => refuseOther(statSync(place))),
    async read(start, end, into) {
      const file = await open(place).catch((error: unknown) => refuse(error, place));
      try {
        refuseOther(await file.stat());
        const length = end - start;
        const bytes = into && into.length >= length ? into.subarray(0, length) : new Uint8Array(length);
        for (let filled = 0; filled < bytes.length;) {
          const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
          if (bytesRead === 0) return bytes.subarray(0, filled);
          filled += bytesRead;
        }
        return bytes;
      } finally {
        await file.close();
      }
    },
  };
}

/**
 * The size of a file or a folder, and when it was changed.
 * @throws Error that says why it cannot be looked at
 */
export async function stampOf(documentUri: string, path: string): Promise<{ size: number; changed: number }> {
  const place = locate(defaultSettings, documentUri, path);
  const { size, mtimeMs } = await stat(place).catch((error: unknown) => refuse(error, place));
  return { size, changed: mtimeMs };
}

async function folderAt(place: string): ReturnType<ReadFor> {
  const names: string[] = [];
  const list = async (within: string, depth: number): Promise<void> => {
    const entries = await readdir(join(place, within), { withFileTypes: true }).catch((error: unknown) =>
      refuse(error, join(place, within)),
    );
    for (const entry of entries) {
      if (entry.name.startsWith(".")) continue;
      const path = within === "" ? entry.name : `${within}/${entry.name}`;
      if (entry.isDirectory() && depth < DEEPEST) await list(path, depth + 1);
      else if (!entry.isDirectory() && names.push(path) > MOST_FILES)
        throw new Error(`${place} has more than ${MOST_FILES} files`);
    }
  };
  await list("", 0);
  return { names: names.sort(), read: (name: string) => read(join(place, name)) };
}

/**
 * The text of a file that a spec uses, by its address.
 * @throws Error that says why it is not read
 */
export async function readUse(address: string): Promise<string> {
  if (!address.startsWith("file:")) throw new Error(`${address} is the address of no file`);
  const place = fileURLToPath(address);
  const target = await realpath(place).catch((error: unknown) => refuse(error, place));
  // A workspace that nobody trusts may hold a link to anything.
  if (!target.endsWith(".bottleneck")) throw new Error(`${place} is a link to another kind of file`);
  return new TextDecoder().decode(await read(target, LARGEST_USED));
}

/**
 * Addresses of the spec files in a folder and below it; links and folders of packages are not followed.
 * @returns undefined where there are more than can be looked at, or the folder is not one of files
 */
export async function specsIn(folder: string): Promise<string[] | undefined> {
  if (!folder.startsWith("file:")) return undefined;
  const found: string[] = [];
  let next = [fileURLToPath(folder)];
  while (next.length > 0) {
    if (found.length > MOST_SPECS) return undefined;
    const entries = await Promise.all(
      next.map((place) => readdir(place, { withFileTypes: true }).catch(() => [])),
    );
    const below = entries.flatMap((inside, i) =>
      inside.map((entry) => ({ entry, place: join(next[i]!, entry.name) })),
    );
    found.push(
      ...below.flatMap(({ entry, place }) =>
        entry.isFile() && entry.name.endsWith(".bottleneck") ? [pathToFileURL(place).href] : [],
      ),
    );
    next = below.flatMap(({ entry, place }) =>
      entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith(".") ? [place] : [],
    );
  }
  return found.length > MOST_SPECS ? undefined : found;
}

/**
 * What is in a folder, by its path as written in a document.
 * @throws Error that says why it cannot be listed
 */
export async function entriesIn(
  documentUri: string,
  path: string,
  { isListed, most }: { isListed: (name: string) => boolean; most: number },
): Promise<{ name: string; folder: boolean }[]> {
  const place = locate(defaultSettings, documentUri, path);
  const entries = await readdir(place, { withFileTypes: true }).catch((error: unknown) =>
    refuse(error, place),
  );
  const listed = entries.filter(({ name }) => isListed(name)).slice(0, most);
  return Promise.all(
    listed.map(async (entry) => {
      const kind = entry.isSymbolicLink() ? await stat(join(place, entry.name)).catch(() => entry) : entry;
      return { name: entry.name, folder: kind.isDirectory() };
    }),
  );
}

async function fileAt(place: string): Promise<Stats> {
  const found = await stat(place).catch((error: unknown) => refuse(error, place));
  // A device or a pipe may never end.
  if (!found.isFile() && !found.isDirectory()) throw new Error(`${place} is a device or a pipe, not a file`);
  return found;
}

async function read(place: string, most = Infinity): Promise<Uint8Array> {
  const found = await fileAt(place);
  if (found.size > most) throw new Error(tooLarge);
  return readFile(place).catch((error: unknown) => refuse(error, place));
}

function refuse(error: unknown, place: string): never {
  throw new Error(reason(error, place), { cause: error });
}

/** @throws Error where it is a path to another machine */
function locate({ folder }: TrainerSettings, documentUri: string, path: string): string {
  // What begins with two slashes is a file of another machine: to ask for it sends that machine a person's name.
  if (/^[/\\]{2}/.test(path))
    throw new Error(`${path} is a path to another machine; copy the file to this one`);
  if (documentUri.startsWith("file:")) return fileURLToPath(addressOf(path, documentUri)!);
  const base = folder ?? ".";
  return resolve(base.startsWith("file:") ? fileURLToPath(base) : base, path);
}

function reason(error: unknown, place: string): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return `there is no file ${place}`;
  if (code === "EISDIR") return `${place} is a folder`;
  if (code === "EACCES" || code === "EPERM") return `${place} may not be read`;
  return `${place} could not be read: ${error instanceof Error ? error.message : String(error)}`;
}
