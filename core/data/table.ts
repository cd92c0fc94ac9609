import type { Field } from "./dataset";
import { isZip, openZip } from "./readers/archive";
import { unsupported, type DataFile } from "./readers/file";
import { gunzip, isGzip } from "./readers/gzip";
import { isIdx, readIdx } from "./readers/idx";
import { isNpy, readNpy, type NumberArray } from "./readers/npy";

/** The fields of one file, before splitting. */
export interface Table {
  samples: number;
  fields: Record<string, Field>;
  /** Why an array of the file is not a field, by name. */
  skipped: Record<string, string>;
}

/**
 * Reads the arrays of a .npz, .npy or IDX file, plain or gzip, told apart by their first bytes. Each array of a .npz is a
 * field; the others give one, named `image` or `label` for IDX and after the file for .npy. Arrays that do not have one
 * row for each sample, or hold no numbers, are skipped.
 * @throws DataError when the file is none of these, damaged, or holds no sample
 */
export function readTable(file: DataFile): Table {
  const { bytes } = file;
  if (isGzip(bytes)) return readTable({ ...file, bytes: gunzip(file) });
  if (isZip(bytes)) return tableOf(file, readArchive(file));
  if (isNpy(bytes)) return tableOf(file, new Map([[stem(file.uri), readNpy(file)]]));
  if (isIdx(bytes)) {
    const array = readIdx(file);
    return tableOf(file, new Map([[array.shape.length === 1 ? "label" : "image", array]]));
  }
  throw unsupported(
    file,
    bytes.length === 0 ? "it is empty" : "it is neither .npz, .npy nor IDX, plain or gzip",
    "Save the data with numpy.savez, one array for each field and one row for each sample.",
  );
}

type Arrays = Map<string, ReturnType<typeof readNpy>>;

function readArchive(file: DataFile): Arrays {
  const archive = openZip(file);
  const arrays: Arrays = new Map();
  for (const entry of archive.names) {
    if (!entry.endsWith(".npy")) continue;
    const bytes = archive.read(entry);
    arrays.set(entry.slice(0, -".npy".length), readNpy({ ...file, uri: `${file.uri}/${entry}`, bytes }));
  }
  return arrays;
}

function tableOf(file: DataFile, arrays: Arrays): Table {
  const skipped: Record<string, string> = {};
  const columns = new Map<string, NumberArray>();
  for (const [name, array] of arrays) {
    if ("notNumbers" in array) skipped[name] = array.notNumbers;
    else if (array.shape.slice(1).includes(0)) skipped[name] = "its samples have no values";
    else if (array.shape.length === 0) skipped[name] = "it is one number, not one for each sample";
    else columns.set(name, array);
  }
  const samples = commonLength([...columns.values()]);
  const fields: Record<string, Field> = {};
  for (const [name, { shape, dtype, values }] of columns) {
    if (shape[0] === samples) {
      fields[name] = { name, shape: shape.slice(1), dtype, values, description: "" };
    } else {
      skipped[name] = `it has ${shape[0]} rows where the other fields have ${samples}`;
    }
  }
  if (samples === 0) {
    const reasons = Object.entries(skipped).map(([name, reason]) => `${name}: ${reason}`);
    const what = reasons.length > 0 ? `it holds no field (${reasons.join("; ")})` : "it holds no samples";
    throw unsupported(file, what, "Save one array for each field, with one row for each sample.");
  }
  return { samples, fields, skipped };
}

/** The number of rows that most arrays have; of equally frequent ones, the largest. */
function commonLength(arrays: readonly NumberArray[]): number {
  const votes = new Map<number, number>();
  for (const { shape } of arrays) votes.set(shape[0]!, (votes.get(shape[0]!) ?? 0) + 1);
  return [...votes].reduce(
    (best, next) => ((next[1] - best[1] || next[0] - best[0]) > 0 ? next : best),
    [0, 0],
  )[0]!;
}

/** "digits/train.npy.gz" -> "train". */
function stem(uri: string): string {
  return uri.split(/[\\/]/).at(-1)!.split(".")[0]! || "values";
}
