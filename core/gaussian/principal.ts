/** The directions in which rows of many values vary most: a view so wide that its whole covariance would be too large. */
import { RandomStream } from "../random";
import { orthonormalise } from "./cca";

/** Rows by their coordinates in some directions, and what is left of them. */
export interface Reduced {
  /** Row-major [n, r]. */
  coordinates: Float64Array;
  /** Orthonormal rows [r, d]. */
  directions: readonly Float64Array[];
  /** [d]. */
  mean: Float64Array;
  /** The variance that is left, of each value. */
  rest: number;
}

const ROUNDS = 4;

/** By subspace iteration. @param rows row-major [n, d] @param r at most n and d */
export function reduced(rows: Float64Array, n: number, r: number): Reduced {
  const d = rows.length / n;
  const mean = new Float64Array(d);
  for (let i = 0; i < rows.length; i++) mean[i % d]! += rows[i]! / n;
  const centred = rows.map((value, i) => value - mean[i % d]!);
  const draws = new RandomStream(1, "start of principal directions", 0);
  let directions = Array.from({ length: r }, () => Float64Array.from({ length: d }, () => draws.normal()));
  orthonormalise(directions);
  for (let round = 0; round < ROUNDS; round++) {
    const along = projected(centred, n, directions);
    directions = directions.map((_, k) => {
      const sum = new Float64Array(d);
      for (let row = 0; row < n; row++)
        for (let i = 0; i < d; i++) sum[i]! += along[row * r + k]! * centred[row * d + i]!;
      return sum;
    });
    orthonormalise(directions);
  }
  const coordinates = projected(centred, n, directions);
  const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
  return {
    coordinates,
    directions,
    mean,
    rest: Math.max(0, squares(centred) - squares(coordinates)) / (n * d),
  };
}

function projected(rows: Float64Array, n: number, directions: readonly Float64Array[]): Float64Array {
  const [d, r] = [rows.length / n, directions.length];
  const out = new Float64Array(n * r);
  for (let row = 0; row < n; row++)
    directions.forEach((direction, k) => {
      let sum = 0;
      for (let i = 0; i < d; i++) sum += rows[row * d + i]! * direction[i]!;
      out[row * r + k] = sum;
    });
  return out;
}
