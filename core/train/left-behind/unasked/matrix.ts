/** Numbers of rows side by side, and what a search for directions does with them; long work gives way to the event loop. */
import type { Slices } from "../../clock";

export interface Matrix {
  rows: number;
  width: number;
  /** [rows, width]. */
  values: Float64Array;
}

/** Rows between two breaths. */
const PIECE = 32;

/** Does the work row by row. */
export async function eachRow(
  { rows, width, values }: Matrix,
  slices: Slices,
  work: (own: Float64Array, row: number) => void,
): Promise<void> {
  for (let row = 0; row < rows; row++) {
    work(values.subarray(row * width, (row + 1) * width), row);
    if (row % PIECE === 0) await slices.breathe();
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Adds `factor` times `from` to `to`. */
export function add(to: Float64Array, factor: number, from: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * from[i]!;
}

/** Unit vectors that span the same space, by Gram and Schmidt, twice for what rounding leaves; zero where one adds nothing. */
export function orthonormal(vectors: readonly Float64Array[]): Float64Array[] {
  const found: Float64Array[] = [];
  for (const vector of vectors) {
    const own = vector.slice();
    const length = Math.sqrt(dot(own, own));
    for (let turn = 0; turn < 2; turn++) for (const other of found) add(own, -dot(own, other), other);
    const left = Math.sqrt(dot(own, own));
    found.push(left > 1e-10 * length ? own.map((value) => value / left) : own.fill(0));
  }
  return found;
}

/** Some of the rows. */
export function picked({ width, values }: Matrix, rows: readonly number[]): Matrix {
  const own = new Float64Array(rows.length * width);
  rows.forEach((row, i) => own.set(values.subarray(row * width, (row + 1) * width), i * width));
  return { rows: rows.length, width, values: own };
}
