/** Data files with bytes changed: what is read of them, and what is said. */
import { gzipSync } from "fflate";
import { DataError } from "../../core/data/dataset";
import { inMemory } from "../../core/data/reader";
import { readTable } from "../../core/data/table";
import { RandomStream } from "../../core/random";
import { idx, npy, npz } from "../data/files";

interface FileSurvey {
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

const numbers = Array.from({ length: 60 }, (_, i) => i);
const arrays = { X: npy("f4", [20, 3], numbers), L: npy("u1", [20], numbers.slice(0, 20)) };

/** A file of each form that is read. */
const originals: Record<string, Uint8Array> = {
  npy: npy("f8", [20, 3], numbers),
  "npy in Fortran order": npy("i4", [20, 3], numbers, { fortran: true, version: 2 }),
  "npz, stored": npz(arrays, 0),
  "npz, compressed": npz(arrays, 6),
  idx: idx([20, 3], numbers),
  "idx, gzip": gzipSync(idx([20, 3], numbers)),
  "idx, gzip of two members": Uint8Array.from([
    ...gzipSync(idx([20, 3], numbers).subarray(0, 30)),
    ...gzipSync(idx([20, 3], numbers).subarray(30)),
  ]),
};

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

/** Reads `count` damaged files. */
export async function surveyFiles(count: number, seed: number): Promise<FileSurvey> {
  const seen: FileSurvey = { files: 0, read: 0, refused: 0, failings: [], slowest: 0 };
  const draws = new RandomStream(seed, "damage", 0);
  const forms = Object.entries(originals);
  for (let i = 0; i < count; i++) {
    draws.rewind(i);
    const [form, original] = forms[i % forms.length]!;
    const bytes = damaged(original, draws);
    const begun = performance.now();
    seen.files++;
    try {
      await readTable(inMemory({ uri: "damaged", bytes, about: { kind: "source" } }));
      seen.read++;
    } catch (error) {
      if (error instanceof DataError && error.message !== "" && error.advice !== "") seen.refused++;
      else seen.failings.push(`file ${i} (${form}): ${String(error)}`);
    }
    seen.slowest = Math.max(seen.slowest, performance.now() - begun);
  }
  return seen;
}
