/** Files joined by a key: the rows of another file beside those of the first that have the same key. */
import { count } from "../language/text";
import { sizeOf } from "../program/program";
import { ARRAYS, DataError, type DataSubject, type Field, type FieldValues } from "./dataset";
import { ofRows, type NotNumbers, type NumberArray, type UnreadArray } from "./reader";
import { readFields, type OpenTable } from "./table";

/** The fields of a table whose values of the key are texts or numbers. */
async function keysOf(table: OpenTable, key: string, about: DataSubject): Promise<string[]> {
  const { fields, groups, skipped } = await readFields(table, { names: new Set([key]) });
  const field: Field | undefined = fields[key] ?? groups[key];
  if (field === undefined || sizeOf(field.shape) !== 1) {
    const reason = field === undefined ? skipped[key] : "it has several values in each row";
    throw new DataError(
      reason === undefined
        ? `"${table.uri}" does not have the field ${key}, the key by which files are joined`
        : `the key ${key} of "${table.uri}" cannot be read: ${reason}`,
      `Its fields are ${[...table.arrays.keys()].join(", ")}.`,
      about,
    );
  }
  const { words, values } = field;
  return Array.from(values, (value) => (words === undefined ? String(value) : (words[value] ?? "")));
}

export interface Joined {
  table: OpenTable;
  /** What was left out and what is missing, in a sentence; undefined where all rows have met. */
  said: string | undefined;
}

/**
 * The first table with the fields of another, whose row of the same key is each sample's. A sample without one has holes there:
 * NaN, or no class. A field that the first table has too is named after the file.
 * @throws DataError when a table lacks the key, or two rows of the other one have the same
 */
export async function joined(first: OpenTable, other: OpenTable, key: string): Promise<Joined> {
  const about: DataSubject = { kind: "option", name: "key" };
  const [own, others] = [await keysOf(first, key, about), await keysOf(other, key, about)];
  const rowOf = new Map<string, number>();
  others.forEach((value, row) => {
    if (rowOf.has(value))
      throw new DataError(
        `rows ${rowOf.get(value)} and ${row} of "${other.uri}" have the same ${key}, ${value}`,
        `Give one row for each ${key}, or name that file as the data and join the other.`,
        { kind: "option", name: "join" },
      );
    rowOf.set(value, row);
  });
  const match = Int32Array.from(own, (value) => (value === "" ? -1 : (rowOf.get(value) ?? -1)));
  const lacking = match.filter((row) => row < 0).length;
  const met = new Set(match.filter((row) => row >= 0)).size;
  if (met === 0)
    throw new DataError(
      `no row of "${other.uri}" has a ${key} of "${first.uri}", such as ${own[0]}; its first is ${others[0]}`,
      "Write the keys of both files in the same way.",
      about,
    );
  const stem = other.uri.split(/[\\/]/).at(-1)!.split(".")[0]!;
  const arrays = new Map(first.arrays);
  for (const [name, array] of other.arrays)
    if (name !== key) arrays.set(arrays.has(name) ? `${stem}/${name}` : name, beside(array, match));
  const parts = [
    ...(lacking > 0 ? [`${count(lacking, "sample")} without a row of it`] : []),
    ...(met < others.length
      ? [`${count(others.length - met, "row")} of it left out, whose ${key} no sample has`]
      : []),
  ];
  const said = parts.length === 0 ? undefined : `Joined with ${other.uri} by ${key}: ${parts.join(", ")}.`;
  return { table: { ...first, arrays, skipped: { ...other.skipped, ...first.skipped } }, said };
}

/** An array whose row `match[i]` is that of sample `i`; below 0, none is. */
function beside(array: NumberArray | UnreadArray, match: Int32Array): UnreadArray {
  const [stored = 0, ...inner] = array.shape;
  return {
    shape: [match.length, ...inner],
    dtype: array.dtype,
    async read(samples) {
      const wanted = samples === undefined ? match : samples.map((sample) => match[sample]!);
      const places = new Int32Array(stored).fill(-1);
      for (const row of wanted) if (row >= 0) places[row] = 0;
      let rows = 0;
      for (let row = 0; row < stored; row++) if (places[row] === 0) places[row] = rows++;
      const some = Int32Array.from({ length: stored }, (_, row) => row).filter((row) => places[row]! >= 0);
      const read = "read" in array ? await array.read(some) : ofRows(array, some);
      return "notNumbers" in read
        ? withoutGroups(read)
        : spread(
            read,
            wanted.map((row) => (row < 0 ? -1 : places[row]!)),
          );
    },
  };
}

const withoutGroups = ({ notNumbers }: NotNumbers): NotNumbers => ({ notNumbers });

/** Rows of an array at their places; where there is none, NaN, or -1 of words and classes. */
function spread(array: NumberArray, rows: Int32Array): NumberArray {
  const [, ...inner] = array.shape;
  const width = sizeOf(inner);
  const holes = rows.includes(-1);
  const numbered = array.words !== undefined;
  const dtype = !holes ? array.dtype : numbered ? "int32" : "float32";
  const values: FieldValues = new ARRAYS[dtype](rows.length * width);
  if (holes) values.fill(numbered ? -1 : NaN);
  rows.forEach((row, i) => {
    if (row >= 0) values.set(array.values.subarray(row * width, (row + 1) * width), i * width);
  });
  return { ...array, shape: [rows.length, ...inner], dtype, values };
}
