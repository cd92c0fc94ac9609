/** Tables as text: comma, semicolon or tab between the cells, one row a sample, the first row with the names. */
import { count } from "../../language/text";
import { whole, type DataReader } from "../reader";
import { columnOf, isNumber } from "./cells";
import { withVectors, type Column } from "./columns";
import { textIn, unsupported, type DataFile } from "./file";

const ENDING = /\.(csv|tsv|tab)(\.gz)?$/i;
const DELIMITERS = [",", "\t", ";", "|"] as const;
/** Bytes of a table: its cells are kept as text while it is read. */
const LARGEST = 256 * 1024 * 1024;

export const csv: DataReader = {
  id: "csv",
  title: "table as text (`.csv`, `.tsv`)",
  doc: "Each column is a field of its name: numbers, classes numbered in the order of their sorted texts, or words of sentences as in JSON lines; of classes a stream of `text` reads the words too. An empty cell, `NA` or `NaN` is a missing number. Columns `NAME_0`, `NAME_1`, … (or from 1) are also one vector, the field `NAME`. Of two columns of one name, the second is `NAME.1`.",
  limits: `Comma, semicolon, tab or vertical bar; decimal commas where no comma separates; UTF-8 or UTF-16; ${LARGEST / 2 ** 20} MiB.`,
  example: {
    python: 'table.to_csv("visits.csv", index=False)',
    spec: [
      'data "visits.csv" { groups = patient, standardise = true }',
      "modality watch : vector(5) = steps .. pauses",
      "modality laboratory : vector(6) = glucose .. zinc fill standardise",
      "target illness : label(3)",
    ].join("\n"),
  },
  recognises: (first, uri) => ENDING.test(uri) && first.length > 0 && (isUtf16(first) || isTable(first)),
  async arrays(source) {
    const file = await whole(source);
    if (file.bytes.length > LARGEST)
      throw unsupported(
        file,
        `it has ${Math.round(file.bytes.length / 2 ** 20)} MiB, and a table as text is read up to ${LARGEST / 2 ** 20} MiB`,
        `Save it as arrays, with Python: import numpy, pandas; d = pandas.read_csv("${file.uri}"); numpy.savez("data.npz", **{c: d[c].to_numpy() for c in d})`,
      );
    const { names, samples, delimiter } = await parseTable(file);
    const columns = new Map<string, Column>();
    names.forEach((name, i) => {
      const cells = samples.map((row) => row[i]!.trim());
      columns.set(name, columnOf(cells, delimiter));
    });
    return withVectors(columns);
  },
};

/** Whether it is text, and neither a web page, nor JSON, nor a pointer to a file that is stored elsewhere. */
const isTable = (first: Uint8Array): boolean =>
  !first.includes(0) &&
  !/^\s*([<[{%]|version https:|\/annex\/|\x89|PK)/.test(String.fromCharCode(...first.subarray(0, 40)));

const isUtf16 = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/** The text without its byte order mark. */
function decoded(file: DataFile): string {
  const { bytes } = file;
  const label = bytes[0] === 0xfe && isUtf16(bytes) ? "utf-16be" : isUtf16(bytes) ? "utf-16le" : "utf-8";
  return textIn(file, label);
}

/** The sign that parts the first line into the most cells, outside of quotes. */
function delimiterOf(text: string): string {
  const line = text.slice(0, (text.search(/[\r\n]/) + 1 || text.length + 1) - 1).replace(/"[^"]*"/g, "");
  const cells = (sign: string): number => line.split(sign).length;
  return DELIMITERS.reduce((best, sign) => (cells(sign) > cells(best) ? sign : best));
}

export interface TextTable {
  names: string[];
  /** The cells of each sample. */
  samples: string[][];
  delimiter: string;
}

/**
 * The cells of a table as text.
 * @throws DataError when it has no row, or a row of another length
 */
export async function parseTable(file: DataFile): Promise<TextTable> {
  const { dsvFormat } = await import("d3-dsv");
  const text = decoded(file);
  const delimiter = delimiterOf(text);
  const rows = dsvFormat(delimiter)
    .parseRows(text)
    .filter((row) => row.length > 1 || row[0] !== "");
  const [first, ...rest] = rows;
  if (first === undefined || rows.length < 2)
    throw unsupported(
      file,
      "it contains no row of values",
      "Give a table with a row of names and one row for each sample.",
    );
  const named = isHeader(first, rest);
  const names = named ? namesOf(first) : first.map((_, i) => `column_${i}`);
  const samples = named ? rest : rows;
  const ragged = samples.findIndex((row) => row.length !== names.length);
  if (ragged >= 0)
    throw unsupported(
      file,
      `row ${ragged + (named ? 2 : 1)} has ${count(samples[ragged]!.length, "cell")} where the first row has ${names.length}`,
      first[0]!.startsWith("#") && names.length === 1
        ? "Begin the file with the row of names: remove the lines before it."
        : "Give each row as many cells, and put a text that has the delimiter in it in double quotes.",
    );
  if (names.length === 1 && samples.every(([cell]) => isSpaced(cell!)))
    throw unsupported(
      file,
      "its cells are separated by spaces",
      `Separate them by commas, with Python: import pandas; pandas.read_csv("${file.uri}", sep=r"\\s+").to_csv("table.csv", index=False)`,
    );
  return { names, samples, delimiter };
}

/** Whether the first row are names: not all of it are numbers, or they count the columns, as those of a pandas table without names do. */
function isHeader(first: readonly string[], rest: readonly string[][]): boolean {
  if (first.some((cell) => !isNumber(cell.trim()))) return true;
  const counts = first.every((cell, i) => cell.trim() === String(i));
  // A row of a few whole numbers may count by chance.
  return counts && (first.length > 3 || rest.flat().some((cell) => !/^\d*$/.test(cell.trim())));
}

/** Names of columns. One that is there again gets a number, as pandas does it: `x`, `x.1`. */
function namesOf(first: readonly string[]): string[] {
  const counts = first.every((cell) => isNumber(cell.trim()));
  const names = new Set<string>();
  first.forEach((cell, i) => {
    const own = counts ? `column_${i}` : cell.trim() || `column_${i}`;
    let name = own;
    for (let again = 1; names.has(name); again++) name = `${own}.${again}`;
    names.add(name);
  });
  return [...names];
}

/** Several numbers with spaces between them. */
const isSpaced = (cell: string): boolean => {
  const parts = cell.trim().split(/\s+/);
  return parts.length > 1 && parts.some(isNumber);
};
