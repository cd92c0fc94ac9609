import { count } from "../language/text";
import { sizeOf } from "../program/program";
import type { Field, FieldShape } from "./dataset";
import {
  FIRST_BYTES,
  inMemory,
  ofRows,
  whole,
  type Arrays,
  type DataSource,
  type FolderSource,
  type NumberArray,
  type UnreadArray,
} from "./reader";
import { decompressed } from "./readers/decompressed";
import { unsupported } from "./readers/file";
import { foreign } from "./readers/foreign";
import { isGzip } from "./readers/gzip";
import { folderReaders, readers } from "./readers/index";

/** A file whose fields are known, before their numbers are read. */
export interface OpenTable extends Pick<DataSource, "uri" | "about"> {
  samples: number;
  /** Each has one row for each sample. */
  arrays: ReadonlyMap<string, NumberArray | UnreadArray>;
  /** Texts that were read already and are too many for classes, numbered: they may name groups. */
  groups: ReadonlyMap<string, NumberArray>;
  /** Why an array of the file is not a field, by name. */
  skipped: Readonly<Record<string, string>>;
}

/** Fields of one file, before splitting. */
export interface Table {
  samples: number;
  fields: Record<string, Field>;
  /** Why an array of the file is not a field, by name. */
  skipped: Record<string, string>;
  /** Fields that were not read. */
  unread: FieldShape[];
  /** Texts that are different in too many rows to be classes, numbered: they may name groups. */
  groups: Record<string, Field>;
}

/**
 * Opens a file, plain or gzip, by the first reader that recognises it. Arrays that do not have one row for each sample, or
 * hold no numbers, are skipped.
 * @throws DataError when no reader recognises the file, or it is damaged or without samples
 */
export async function openTable(source: DataSource): Promise<OpenTable> {
  const firstOf = ({ read, size }: DataSource): Promise<Uint8Array> => read(0, Math.min(FIRST_BYTES, size));
  let from = source;
  let first = await firstOf(from);
  if (isGzip(first)) {
    from = await decompressed(source);
    first = await firstOf(from);
  }
  const reader = readers.find(({ recognises }) => recognises(first, from.uri));
  if (reader !== undefined) {
    const readable = from === source || reader.inOrder ? from : inMemory(await whole(from));
    return tableOf(from, await reader.arrays(readable));
  }
  const titles = readers.map(({ title }) => title.replaceAll("`", "")).join(", ");
  throw foreign(source, { first, gzip: from !== source }, titles);
}

/**
 * Opens a folder whose files are samples, by the first reader that recognises them.
 * @throws DataError when none does, or a file is damaged
 */
export async function openFolder(source: FolderSource): Promise<OpenTable> {
  const { names } = source.folder;
  const reader = folderReaders.find(({ recognises }) => recognises(names));
  if (reader !== undefined) return tableOf(source, await reader.arrays(source));
  const titles = folderReaders.map(({ title }) => title.replaceAll("`", "")).join(" and ");
  throw unsupported(
    source,
    `it is a folder ${names.length === 0 ? "without files" : `of ${count(names.length, "file")}, such as ${names[0]}`}`,
    `Name a file of data. Folders that are read are ${titles}.`,
  );
}

function tableOf({ uri, about }: Pick<DataSource, "uri" | "about">, found: Arrays): OpenTable {
  const skipped = new Map<string, string>();
  const columns = new Map<string, NumberArray | UnreadArray>();
  const groups = new Map<string, NumberArray>();
  for (const [name, array] of found) {
    if ("notNumbers" in array) {
      skipped.set(name, array.notNumbers);
      if (array.groups !== undefined) groups.set(name, array.groups);
    } else if (array.shape.slice(1).includes(0)) skipped.set(name, "its samples have no values");
    else if (array.shape.length === 0) skipped.set(name, "it is one number, not one for each sample");
    else columns.set(name, array);
  }
  const samples = commonLength([...columns.values()]);
  for (const [name, { shape }] of columns) {
    if (shape[0] === samples) continue;
    skipped.set(name, `it has ${shape[0]} rows where the other fields have ${samples}`);
    columns.delete(name);
  }
  const table = { uri, about, samples, arrays: columns, groups, skipped: Object.fromEntries(skipped) };
  if (samples === 0) throw withoutFields(table);
  return table;
}

function withoutFields({ uri, about, skipped }: Pick<OpenTable, "uri" | "about" | "skipped">): Error {
  const reasons = Object.entries(skipped).map(([name, reason]) => `${name}: ${reason}`);
  const what = reasons.length > 0 ? `it contains no field (${reasons.join("; ")})` : "it contains no samples";
  return unsupported({ uri, about }, what, "Save one array for each field, with one row for each sample.");
}

/**
 * Reads fields of a table.
 * @param names of fields; all where absent
 * @param rows that are read, ascending; all where absent. They become samples 0, 1, 2, …
 * @throws DataError when the file is damaged, or all of it is asked for and no array is a field
 */
export async function readFields(
  table: OpenTable,
  { names, rows }: { names?: ReadonlySet<string>; rows?: Int32Array | undefined },
): Promise<Table> {
  const fields = new Map<string, Field>();
  const skipped = new Map(Object.entries(table.skipped));
  const groups = new Map(
    [...table.groups]
      .filter(([name, { shape }]) => names?.has(name) && shape[0] === table.samples)
      .map(([name, array]) => [name, fieldOf(name, ofRows(array, rows))]),
  );
  for (const [name, array] of table.arrays) {
    if (names !== undefined && !names.has(name)) continue;
    const read = "read" in array ? await array.read(rows) : ofRows(array, rows);
    if ("notNumbers" in read) {
      if (read.vector) continue;
      skipped.set(name, read.notNumbers);
      if (read.groups !== undefined) groups.set(name, fieldOf(name, read.groups));
    } else fields.set(name, fieldOf(name, read));
  }
  // A name is a name, `__proto__` too.
  const read = {
    samples: rows?.length ?? table.samples,
    fields: Object.fromEntries(fields),
    skipped: Object.fromEntries(skipped),
    unread: shapesOf(table).filter(({ name }) => names?.has(name) === false),
    groups: Object.fromEntries(groups),
  };
  if (names === undefined && fields.size === 0) throw withoutFields({ ...table, ...read });
  return read;
}

/** All fields and rows of a file. @throws DataError as `openTable` and `readFields` do */
export const readTable = async (source: DataSource): Promise<Table> =>
  readFields(await openTable(source), {});

/** All fields and rows of a folder. @throws DataError as `openFolder` and `readFields` do */
export const readFolder = async (source: FolderSource): Promise<Table> =>
  readFields(await openFolder(source), {});

/** The fields of a table, in its order. */
export const shapesOf = ({ arrays }: OpenTable): FieldShape[] =>
  Array.from(arrays, ([name, { shape, dtype }]) => ({ name, shape: shape.slice(1), dtype }));

/** Bytes of a sample of a field, once it is read. */
export const bytesOfSample = ({ shape, dtype }: Pick<FieldShape, "shape" | "dtype">): number =>
  sizeOf(shape) * (dtype === "uint8" ? 1 : 4);

function fieldOf(name: string, { shape, ...array }: NumberArray): Field {
  const classes = array.words && shape.length === 1 && { classes: array.words.length };
  return { name, shape: shape.slice(1), ...array, ...classes, description: "" };
}

/** The number of rows that most arrays have; of equally frequent ones, the largest. */
function commonLength(arrays: readonly Pick<NumberArray, "shape">[]): number {
  const votes = new Map<number, number>();
  for (const { shape } of arrays) votes.set(shape[0]!, (votes.get(shape[0]!) ?? 0) + 1);
  return [...votes].reduce(
    (best, next) => ((next[1] - best[1] || next[0] - best[0]) > 0 ? next : best),
    [0, 0],
  )[0]!;
}
