/** Numbers of a file that are equal in float32, such as Unix seconds: programs compute in float32. */
import { sizeOf } from "../../program/program";

/** The first two different numbers of a column that become one float32, and how many its rows have before and after. */
export interface Merged {
  column: number;
  rows: [number, number];
  values: [number, number];
  /** Different values among the rows that were looked at, as saved and as float32. */
  distinct: number;
  left: number;
}

/** Numbers that are looked at: the first rows, since neighbours in time are the first to merge. */
const MOST_LOOKED_AT = 1_000_000;
/** Rows of a column whose values are counted. */
const MOST_COUNTED = 5000;
/** A column with more float32 numbers between its ends than this many a row keeps its values apart. */
const AMPLE = 50;
/** A column is reported when fewer than this share of its values are left: a few chance meetings change nothing. */
const SHARE_LEFT = 0.9;

/** Rows of an array that are looked at: of others no number is asked for. */
export const rowsLookedAt = (shape: readonly number[]): number =>
  Math.min(shape[0] ?? 0, MOST_COUNTED, Math.floor(MOST_LOOKED_AT / Math.max(1, sizeOf(shape.slice(1)))));

/**
 * @param read number `i` of the array, row-major
 * @param shape of the array, rows first
 */
export function mergedIn(read: (i: number) => number, shape: readonly number[]): Merged | undefined {
  const width = sizeOf(shape.slice(1));
  const rows = rowsLookedAt(shape);
  for (let column = 0; column < width; column++) {
    let [least, most] = [Infinity, -Infinity];
    for (let row = 0; row < rows; row++) {
      const value = read(row * width + column);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    const step = 2 ** (Math.floor(Math.log2(Math.max(-least, most))) - 23);
    // Also passes by columns with a number that is not finite, which are refused elsewhere.
    if (!(most > least) || !((most - least) / step < AMPLE * rows)) continue;
    const found = count((row) => read(row * width + column), rows, column);
    if (found !== undefined && found.left < SHARE_LEFT * found.distinct) return found;
  }
  return undefined;
}

function count(read: (row: number) => number, rows: number, column: number): Merged | undefined {
  const seen = new Map<number, number>();
  const kept = new Map<number, { value: number; row: number }>();
  let first: Pick<Merged, "rows" | "values"> | undefined;
  for (let row = 0; row < rows; row++) {
    const value = read(row);
    if (seen.has(value)) continue;
    seen.set(value, row);
    const other = kept.get(Math.fround(value));
    if (other === undefined) kept.set(Math.fround(value), { value, row });
    else first ??= { rows: [other.row, row], values: [other.value, value] };
  }
  return first && { column, ...first, distinct: seen.size, left: kept.size };
}
