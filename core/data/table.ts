import { count } from "../language/text";
import type { Field } from "./dataset";
import {
  FIRST_BYTES,
  inMemory,
  whole,
  type Arrays,
  type DataSource,
  type FolderSource,
  type NumberArray,
} from "./reader";
import { unsupported } from "./readers/file";
import { foreign } from "./readers/foreign";
import { gunzip, isGzip } from "./readers/gzip";
import { folderReaders, readers } from "./readers/index";

/** The fields of one file, before splitting. */
export interface Table {
  samples: number;
  fields: Record<string, Field>;
  /** Why an array of the file is not a field, by name. */
  skipped: Record<string, string>;
}

/**
 * Reads the arrays of a file, plain or gzip, by the first reader that recognises it. Arrays that do not have one row for
 * each sample, or hold no numbers, are skipped.
 * @throws DataError when no reader recognises the file, or it is damaged or without samples
 */
export async function readTable(source: DataSource): Promise<Table> {
  let from = source;
  let first = await from.read(0, FIRST_BYTES);
  if (isGzip(first)) {
    const file = await whole(source);
    from = inMemory({ ...file, bytes: gunzip(file) });
    first = await from.read(0, FIRST_BYTES);
  }
  const reader = readers.find(({ recognises }) => recognises(first, from.uri));
  if (reader !== undefined) return tableOf(from, await reader.arrays(from));
  const titles = readers.map(({ title }) => title.replaceAll("`", "")).join(", ");
  throw foreign(source, { first, gzip: from !== source }, titles);
}

/**
 * Reads the files of a folder as samples, by the first reader that recognises them.
 * @throws DataError when none does, or a file is damaged
 */
export async function readFolder(source: FolderSource): Promise<Table> {
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

function tableOf(file: Pick<DataSource, "uri" | "about">, arrays: Arrays): Table {
  const skipped = new Map<string, string>();
  const columns = new Map<string, NumberArray>();
  for (const [name, array] of arrays) {
    if ("notNumbers" in array) skipped.set(name, array.notNumbers);
    else if (array.shape.slice(1).includes(0)) skipped.set(name, "its samples have no values");
    else if (array.shape.length === 0) skipped.set(name, "it is one number, not one for each sample");
    else columns.set(name, array);
  }
  const samples = commonLength([...columns.values()]);
  const fields: [string, Field][] = [];
  for (const [name, { shape, ...array }] of columns) {
    if (shape[0] === samples) {
      const classes = array.words && shape.length === 1 && { classes: array.words.length };
      fields.push([name, { name, shape: shape.slice(1), ...array, ...classes, description: "" }]);
    } else {
      skipped.set(name, `it has ${shape[0]} rows where the other fields have ${samples}`);
    }
  }
  if (samples === 0) {
    const reasons = [...skipped].map(([name, reason]) => `${name}: ${reason}`);
    const what =
      reasons.length > 0 ? `it contains no field (${reasons.join("; ")})` : "it contains no samples";
    throw unsupported(file, what, "Save one array for each field, with one row for each sample.");
  }
  // A name is a name, `__proto__` too.
  return { samples, fields: Object.fromEntries(fields), skipped: Object.fromEntries(skipped) };
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
