/** Tables as text: comma, semicolon or tab between the cells, one row a sample, the first row with the names. */
import { count } from "../../language/text";
import { whole, type DataReader } from "../reader";
import { numbersOf, withVectors, type Column } from "./columns";
import { unsupported, type DataFile } from "./file";
import { textsOf } from "./texts";

const ENDING = /\.(csv|tsv|tab)(\.gz)?$/i;
const DELIMITERS = [",", "\t", ";"] as const;
/** Bytes of a table: its cells are kept as text while it is read. */
const LARGEST = 256 * 1024 * 1024;
/** Texts of a cell that has no value. */
const MISSING = new Set(["", "na", "n/a", "nan", "null", "none", "?", "."]);

export const csv: DataReader = {
  id: "csv",
  title: "table as text (`.csv`, `.tsv`)",
  doc: "Each column is a field of its name: numbers, classes numbered in the order of their sorted texts, or words of sentences as in JSON lines; of classes a stream of `text` reads the words too. An empty cell, `NA` or `NaN` is a missing number. Columns `NAME_0`, `NAME_1`, … (or from 1) are also one vector, the field `NAME`.",
  limits: `Comma, semicolon (with decimal point or comma) or tab; UTF-8 or UTF-16; ${LARGEST / 2 ** 20} MiB.`,
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
      if (columns.has(name)) return;
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
function decoded(bytes: Uint8Array): string {
  const label = bytes[0] === 0xfe && isUtf16(bytes) ? "utf-16be" : isUtf16(bytes) ? "utf-16le" : "utf-8";
  return new TextDecoder(label).decode(bytes);
}

/** The sign that parts the first line into the most cells, outside of quotes. */
function delimiterOf(text: string): string {
  const line = text.slice(0, (text.search(/[\r\n]/) + 1 || text.length + 1) - 1).replace(/"[^"]*"/g, "");
  const cells = (sign: string): number => line.split(sign).length;
  return DELIMITERS.reduce((best, sign) => (cells(sign) > cells(best) ? sign : best));
}

interface TextTable {
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
  const text = decoded(file.bytes);
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
  const named = first.some((cell) => !isNumber(cell.trim()));
  const names = named
    ? first.map((name, i) => name.trim() || `column_${i}`)
    : first.map((_, i) => `column_${i}`);
  const samples = named ? rest : rows;
  const ragged = samples.findIndex((row) => row.length !== names.length);
  if (ragged >= 0)
    throw unsupported(
      file,
      `row ${ragged + (named ? 2 : 1)} has ${count(samples[ragged]!.length, "cell")} where the first row has ${names.length}`,
      "Give each row as many cells, and put a text that has the delimiter in it in double quotes.",
    );
  return { names, samples, delimiter };
}

const isMissing = (cell: string): boolean => MISSING.has(cell.toLowerCase());
const isNumber = (cell: string): boolean =>
  cell !== "" && Number.isFinite(Number(cell)) && !/^0x/i.test(cell);
const isInfinite = (cell: string): boolean => /^[-+]?inf(inity)?$/i.test(cell);

/** Cells of a column as numbers where all are, else as classes or words. */
export function columnOf(cells: string[], delimiter: string): Column {
  const comma = delimiter === ";" && cells.every((cell) => isMissing(cell) || /^[-+]?\d+(,\d+)?$/.test(cell));
  const written = comma ? cells.map((cell) => cell.replace(",", ".")) : cells;
  const known = written.filter((cell) => !isMissing(cell));
  if (known.length > 0 && known.every((cell) => isNumber(cell) || isInfinite(cell)))
    return numbersOf(written.map(numberOf));
  return textsOf(cells.map((cell) => (isMissing(cell) ? undefined : cell)));
}

const numberOf = (cell: string): number =>
  isMissing(cell) ? NaN : isInfinite(cell) ? (cell.startsWith("-") ? -Infinity : Infinity) : Number(cell);
