/** Data files with bytes changed, for each reader of the list: what is read of them, and what is said. */
import { gzipSync } from "fflate";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../../core/data/dataset";
import { FIRST_BYTES, inMemory } from "../../core/data/reader";
import { folderReaders, readers } from "../../core/data/readers/index";
import { readFolder, readTable, type Table } from "../../core/data/table";
import { RandomStream } from "../../core/random";
import { idx, npy, npz } from "../data/files";

export interface FileSurvey {
  files: number;
  /** Files that were read all the same: what was changed did not matter, or is a number like another. */
  read: number;
  /** Files that were refused with what is wrong and what to do. */
  refused: number;
  /** Other exceptions, and errors without advice, in words. */
  failings: string[];
  /** The longest that a file took, in milliseconds. */
  slowest: number;
}

/** A file, or the files of a folder by their paths within it. */
type Original = { name: string; bytes: Uint8Array } | { name: string; files: Map<string, Uint8Array> };

const numbers = Array.from({ length: 60 }, (_, i) => i);
const arrays = { X: npy("f4", [20, 3], numbers), L: npy("u1", [20], numbers.slice(0, 20)) };

/** Files whose forms are made here; what Python's libraries write is in the folder `files`. */
const made: readonly Original[] = [
  { name: "f8.npy", bytes: npy("f8", [20, 3], numbers) },
  { name: "fortran.npy", bytes: npy("i4", [20, 3], numbers, { fortran: true, version: 2 }) },
  { name: "stored.npz", bytes: npz(arrays, 0) },
  { name: "compressed.npz", bytes: npz(arrays, 6) },
  { name: "plain.idx", bytes: idx([20, 3], numbers) },
  { name: "gzip.idx", bytes: gzipSync(idx([20, 3], numbers)) },
  {
    name: "two-members.idx",
    bytes: Uint8Array.from([
      ...gzipSync(idx([20, 3], numbers).subarray(0, 30)),
      ...gzipSync(idx([20, 3], numbers).subarray(30)),
    ]),
  },
];

const folder = join(import.meta.dirname, "files");

const written = (): Original[] =>
  readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry): Original => {
      const place = join(folder, entry.name);
      if (!entry.isDirectory()) return { name: entry.name, bytes: new Uint8Array(readFileSync(place)) };
      const names = readdirSync(place, { recursive: true, withFileTypes: true })
        .filter((inner) => inner.isFile())
        .map((inner) =>
          join(inner.parentPath, inner.name)
            .slice(place.length + 1)
            .replaceAll("\\", "/"),
        );
      const files = names
        .sort()
        .map((name) => [name, new Uint8Array(readFileSync(join(place, name)))] as const);
      return { name: entry.name, files: new Map(files) };
    });

const originals: readonly Original[] = [...made, ...written()];

/** The reader that recognises an original; of one that is compressed, by what it contains. */
function readerOf(original: Original): string | undefined {
  if ("files" in original)
    return folderReaders.find(({ recognises }) => recognises([...original.files.keys()]))?.id;
  const { bytes, name } = original;
  const found = readers.find(({ recognises }) => recognises(bytes.subarray(0, FIRST_BYTES), name));
  return found?.id ?? name.split(".").at(-1);
}

export const readerIds: readonly string[] = [...readers, ...folderReaders].map(({ id }) => id);

/** Originals of a reader, whole. @throws Error where there is none: a new reader needs a file to damage */
export function originalsOf(id: string): Original[] {
  const own = originals.filter((original) => readerOf(original) === id);
  if (own.length === 0)
    throw new Error(`no file of the reader ${id} to damage: add one to test/robustness/files.py`);
  return own;
}

/** Bytes that change what a header claims: signs, limits, digits and the marks of records. */
const TELLING = [0x00, 0xff, 0x7f, 0x80, 0x30, 0x39, 0x2d, 0x50, 0x4b, 0x1f, 0x8b];

/** The file with one of five kinds of damage, some of it several times. */
function damaged(bytes: Uint8Array, draws: RandomStream): Uint8Array {
  const at = (): number => draws.integer(bytes.length);
  switch (draws.integer(5)) {
    case 0:
      return bytes.slice(0, at());
    case 1: {
      const [from, to] = [at(), at()].sort((a, b) => a - b) as [number, number];
      return Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(from)]);
    }
    case 2: {
      const [from, to] = [at(), at()].sort((a, b) => a - b) as [number, number];
      return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(to)]);
    }
    case 3: {
      // A length of four bytes becomes a large one.
      const start = at();
      return bytes.slice().fill(0xff, start, start + 4);
    }
    default: {
      const changed = bytes.slice();
      for (let i = draws.integer(4); i >= 0; i--)
        changed[at()] = draws.integer(2) === 0 ? TELLING[draws.integer(TELLING.length)]! : draws.integer(256);
      return changed;
    }
  }
}

/** Reads an original with damage to it, or to one file of its folder. */
function readDamaged(original: Original, draws: RandomStream): Promise<Table> {
  const named = { uri: original.name, about: { kind: "source" } } as const;
  if ("bytes" in original) return readTable(inMemory({ ...named, bytes: damaged(original.bytes, draws) }));
  const names = [...original.files.keys()];
  const hit = names[draws.integer(names.length)]!;
  const changed = damaged(original.files.get(hit)!, draws);
  const read = (name: string): Promise<Uint8Array> =>
    Promise.resolve(name === hit ? changed : original.files.get(name)!);
  return readFolder({ ...named, folder: { names, read } });
}

/**
 * Reads damaged files of one reader, from number `start` up to `end`: a file is a function of the seed and its number.
 * @param begins told before each file, and awaited
 */
export async function surveyFiles(
  id: string,
  { start = 0, end, seed }: { start?: number; end: number; seed: number },
  begins: (file: number) => void | Promise<void> = () => undefined,
): Promise<FileSurvey> {
  const seen: FileSurvey = { files: 0, read: 0, refused: 0, failings: [], slowest: 0 };
  const draws = new RandomStream(seed, `damage ${id}`, 0);
  const own = originalsOf(id);
  for (let i = start; i < end; i++) {
    await begins(i);
    draws.rewind(i);
    const original = own[i % own.length]!;
    const begun = performance.now();
    seen.files++;
    try {
      await readDamaged(original, draws);
      seen.read++;
    } catch (error) {
      if (error instanceof DataError && error.message !== "" && error.advice !== "") seen.refused++;
      else seen.failings.push(`file ${i} (${original.name}): ${String(error)}`);
    }
    seen.slowest = Math.max(seen.slowest, performance.now() - begun);
  }
  return seen;
}
