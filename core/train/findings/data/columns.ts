/** The columns of a stream in a few numbers. */
import type { BoundStream } from "../../../data/bind";
import { sizeOf } from "../../../program/program";

export interface Column {
  /** Its number within a sample, or of a signal's channel. */
  index: number;
  least: number;
  most: number;
  /** The samples of the two. */
  leastRow: number;
  mostRow: number;
  /** The value in the middle, and those that 1 and 99, 5 and 95 of 100 values are below. */
  middle: number;
  from1: number;
  to99: number;
  /** The distance between those of 5 and 95. */
  spread: number;
}

/** A stream with the columns of its rows; pictures, audio and labels are one column, texts have none. */
export interface LookedAt {
  stream: BoundStream;
  columns: readonly Column[];
  /** How many samples were looked at, of how many. */
  rows: { looked: number; all: number };
}

/** Values of one stream that are looked at; of more, samples at even distances. */
const MOST_VALUES = 10_000_000;
/** Values whose order is found, for all columns together, and the fewest and most of one. */
const MOST_SORTED = 1_000_000;
const FEWEST_SORTED = 100;
const MOST_SORTED_OF_ONE = 10_000;

/** @param rows of the data that are used */
export function lookAt(stream: BoundStream, rows: Int32Array): LookedAt {
  const width = sizeOf(stream.shape);
  const looked = evenly(rows, Math.max(FEWEST_SORTED, Math.floor(MOST_VALUES / width)));
  const columns = columnPlaces(stream).map((places, index) => columnOf(stream, looked, places, index));
  return { stream, columns, rows: { looked: looked.length, all: rows.length } };
}

/** At most so many of the rows, at even distances. */
export function evenly(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  return Int32Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)]!);
}

/** The places within a sample that are one column: each alone in a table, a signal's channel, else all of them. */
function columnPlaces({ kind, shape }: BoundStream): Range[] {
  const width = sizeOf(shape);
  if (kind.name === "text") return [];
  const count =
    kind.name === "vector" || kind.name === "counts" ? width : kind.name === "signal" ? shape[0]! : 1;
  const length = width / count;
  return Array.from({ length: count }, (_, i) => ({ start: i * length, end: (i + 1) * length, count }));
}

interface Range {
  start: number;
  end: number;
  /** How many columns there are. */
  count: number;
}

function columnOf(
  { values, shape }: BoundStream,
  rows: Int32Array,
  { start, end, count }: Range,
  index: number,
): Column {
  const width = sizeOf(shape);
  let [least, most, leastRow, mostRow] = [Infinity, -Infinity, 0, 0];
  for (const row of rows)
    for (let i = row * width + start; i < row * width + end; i++) {
      const value = values[i]!;
      if (value < least) [least, leastRow] = [value, row];
      if (value > most) [most, mostRow] = [value, row];
    }
  const budget = Math.min(MOST_SORTED_OF_ONE, Math.max(FEWEST_SORTED, Math.floor(MOST_SORTED / count)));
  const some = Math.min(rows.length, budget);
  const length = end - start;
  // One value of each row, another one each time: pictures have more rows than are needed.
  const sorted = Float64Array.from({ length: some }, (_, i) => {
    const row = rows[Math.floor((i * rows.length) / some)]!;
    return values[row * width + start + ((i * 7919) % length)]!;
  }).sort();
  // The value that this share of the others is below, and of two the one nearer to the middle.
  const at = (share: number): number => sorted[(share < 0.5 ? Math.ceil : Math.floor)(share * (some - 1))]!;
  return {
    index,
    least,
    most,
    leastRow,
    mostRow,
    middle: at(0.5),
    from1: at(0.01),
    to99: at(0.99),
    spread: at(0.95) - at(0.05),
  };
}
