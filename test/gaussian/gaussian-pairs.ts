/** Gaussian pairs whose shared directions are known, for tests and for the bank of `samples`. */
import { RandomStream } from "../../core/random";
import { populationOf, type Population } from "../../core/gaussian/population";
import type { PairedRows } from "../../core/gaussian/pilot";

/** The standard deviations of uncorrelated values of a view, and orthonormal rows that say which are shared. */
interface View {
  deviations: Float64Array;
  shared: Float64Array;
}

/** A view of unit variances whose first values are shared. */
export const flatView = (size: number, k: number): View => {
  const shared = new Float64Array(k * size);
  for (let i = 0; i < k; i++) shared[i * size + i] = 1;
  return { deviations: new Float64Array(size).fill(1), shared };
};

/** The population of two views of uncorrelated values. */
export function pairOf(x: View, y: View, rhos: readonly number[]): Population {
  const [left, right] = [x, y].map(({ deviations, shared }) => {
    const d = deviations.length;
    const factor = new Float64Array(d * d);
    deviations.forEach((deviation, i) => (factor[i * d + i] = deviation));
    return { factor, shared };
  });
  return populationOf({ x: left!, y: right!, rhos });
}

/** Rows of a population. */
export function rowsOf({ p, q, factor }: Population, n: number, seed: number): PairedRows {
  const d = p + q;
  const [x, y] = [new Float64Array(n * p), new Float64Array(n * q)];
  const draws = new RandomStream(seed, "rows of a known pair", 0);
  const normals = new Float64Array(d);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < d; i++) normals[i] = draws.normal();
    for (let i = 0; i < d; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += factor[i * d + j]! * normals[j]!;
      if (i < p) x[row * p + i] = sum;
      else y[row * q + i - p] = sum;
    }
  }
  return { x, y, p, q, n };
}
