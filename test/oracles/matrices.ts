/** Small matrices as rows, and the information between parts of a Gaussian vector. */
import { draw } from "./gaussian";

export type Matrix = readonly (readonly number[])[];

export const transpose = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!));

export const multiply = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((sum, x, i) => sum + x * b[i]![j]!, 0)));

export const add = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((x, j) => x + b[i]![j]!));

export const diagonal = (values: readonly number[]): Matrix =>
  values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));

/** Rows of a flat array, row-major. */
export const rowsOf = (values: ArrayLike<number>, width: number): Matrix =>
  Array.from({ length: values.length / width }, (_, i) =>
    Array.from({ length: width }, (_, j) => values[i * width + j]!),
  );

/** log det of a positive definite matrix, by elimination. */
export function logDeterminant(matrix: Matrix): number {
  const rows = matrix.map((row) => [...row]);
  let total = 0;
  for (const [i, pivot] of rows.entries()) {
    total += Math.log(pivot[i]!);
    for (const row of rows.slice(i + 1)) {
      const factor = row[i]! / pivot[i]!;
      for (let j = i; j < row.length; j++) row[j]! -= factor * pivot[j]!;
    }
  }
  return total;
}

/** I(A; B) of a Gaussian vector with this covariance, A and B being its entries at some indices. */
export function gaussianInformation(covariance: Matrix, a: readonly number[], b: readonly number[]): number {
  const part = (of: readonly number[]): Matrix => of.map((i) => of.map((j) => covariance[i]![j]!));
  return 0.5 * (logDeterminant(part(a)) + logDeterminant(part(b)) - logDeterminant(part([...a, ...b])));
}

/** The covariance of (x, Bx + noise). */
export function observed(covariance: Matrix, map: Matrix, noise: Matrix): Matrix {
  const cross = multiply(covariance, transpose(map));
  const own = add(multiply(map, cross), noise);
  return [
    ...covariance.map((row, i) => [...row, ...cross[i]!]),
    ...own.map((row, i) => [...transpose(cross)[i]!, ...row]),
  ];
}

/** An orthogonal matrix, another for each seed (Gram and Schmidt). */
export function rotation(size: number, seed: number): Matrix {
  const rows: number[][] = [];
  for (const row of rowsOf(draw(seed, "rotation", 0, size * size), size)) {
    const rest = [...row];
    for (const known of rows) {
      const along = known.reduce((sum, x, i) => sum + x * rest[i]!, 0);
      for (let i = 0; i < size; i++) rest[i]! -= along * known[i]!;
    }
    const length = Math.hypot(...rest);
    rows.push(rest.map((x) => x / length));
  }
  return rows;
}
