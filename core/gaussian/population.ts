/** Two Gaussian views that share some directions, and covariances of rows of them. */
import type { RandomStream } from "../random";
import { cholesky } from "./cholesky";

/** Covariances of two views of p and q values, row-major. */
export interface Covariances {
  p: number;
  q: number;
  /** [p, p]. */
  xx: Float64Array;
  /** [q, q]. */
  yy: Float64Array;
  /** [p, q]. */
  xy: Float64Array;
}

/** The law of the two views, from which rows are drawn. */
export interface Population extends Covariances {
  /** How many directions are shared, and the correlation of each. */
  rhos: readonly number[];
  /** The lower Cholesky factor of the covariance of both views side by side, [p + q, p + q]. */
  factor: Float64Array;
}

/** A view: the lower factor of its covariance [d, d], and orthonormal rows [k, d] that say which of the uncorrelated values in it are shared. */
export interface SharingView {
  factor: Float64Array;
  shared: Float64Array;
}

/** Two views, and the correlation of each direction that they share: 0 to 1 without 1. */
export interface GaussianPair {
  x: SharingView;
  y: SharingView;
  rhos: readonly number[];
}

export function populationOf({ x, y, rhos }: GaussianPair): Population {
  const [p, q] = [x, y].map(({ factor }) => Math.sqrt(factor.length)) as [number, number];
  const [xx, yy] = [timesTransposed(x.factor, p), timesTransposed(y.factor, q)];
  const xy = new Float64Array(p * q);
  rhos.forEach((rho, i) => {
    const left = timesVector(x.factor, p, x.shared.subarray(i * p, (i + 1) * p));
    const right = timesVector(y.factor, q, y.shared.subarray(i * q, (i + 1) * q));
    for (let a = 0; a < p; a++) for (let b = 0; b < q; b++) xy[a * q + b]! += rho * left[a]! * right[b]!;
  });
  const d = p + q;
  const both = new Float64Array(d * d);
  for (let a = 0; a < p; a++) both.set(xx.subarray(a * p, (a + 1) * p), a * d);
  for (let b = 0; b < q; b++) {
    for (let a = 0; a < p; a++) both[(p + b) * d + a] = xy[a * q + b]!;
    both.set(yy.subarray(b * q, (b + 1) * q), (p + b) * d + p);
  }
  return { p, q, xx, yy, xy, rhos, factor: cholesky(both, d) };
}

/** A lower triangular matrix [n, n] times a vector. */
function timesVector(lower: Float64Array, n: number, vector: Float64Array): Float64Array {
  return vector.map((_, i) => {
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += lower[i * n + k]! * vector[k]!;
    return sum;
  });
}

/** L L^T of a lower triangular matrix [n, n]. */
function timesTransposed(lower: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++) sum += lower[i * n + k]! * lower[j * n + k]!;
      out[i * n + j] = out[j * n + i] = sum;
    }
  return out;
}

/**
 * The covariances of n rows that are drawn from the population: a Wishart matrix by Bartlett's decomposition, so that its
 * cost does not depend on n. Fewer rows than values give a singular one.
 * @param n at least 2
 */
export function drawnCovariances({ p, q, factor }: Population, n: number, draws: RandomStream): Covariances {
  const d = p + q;
  const freedom = n - 1;
  const columns = Math.min(freedom, d);
  const rows = new Float64Array(d * columns);
  const bartlett = new Float64Array(columns);
  // Row k of the decomposition is added to every row of the result that it is part of.
  for (let k = 0; k < d; k++) {
    const last = Math.min(k, columns);
    for (let j = 0; j < last; j++) bartlett[j] = draws.normal();
    const end = k < columns ? k + 1 : columns;
    if (k < columns) bartlett[k] = Math.sqrt(chiSquared(freedom - k, draws));
    for (let i = k; i < d; i++) {
      const weight = factor[i * d + k]!;
      if (weight === 0) continue;
      const start = i * columns;
      for (let j = 0; j < end; j++) rows[start + j]! += weight * bartlett[j]!;
    }
  }
  const of = (from: number, count: number, to: number, others: number): Float64Array => {
    const out = new Float64Array(count * others);
    for (let i = 0; i < count; i++)
      for (let j = 0; j < others; j++) {
        const [a, b] = [from + i, to + j];
        if (from === to && j > i) break;
        const end = Math.min(columns, Math.min(a, b) + 1);
        let sum = 0;
        for (let k = 0; k < end; k++) sum += rows[a * columns + k]! * rows[b * columns + k]!;
        out[i * others + j] = sum / freedom;
        if (from === to) out[j * others + i] = sum / freedom;
      }
    return out;
  };
  return { p, q, xx: of(0, p, 0, p), yy: of(p, q, p, q), xy: of(0, p, p, q) };
}

/** A draw of the chi-squared law; Marsaglia and Tsang 2000, "A simple method for generating gamma variables". */
function chiSquared(freedom: number, draws: RandomStream): number {
  if (freedom < 2) return draws.normal() ** 2;
  const d = freedom / 2 - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = draws.normal();
    const v = (1 + c * z) ** 3;
    if (v > 0 && Math.log(draws.uniform() + 2 ** -25) < 0.5 * z * z + d - d * v + d * Math.log(v))
      return 2 * d * v;
  }
}

/** Sums over rows of two views, for computing covariances; the sums of parts add up to those of the whole. */
interface Moments extends Covariances {
  n: number;
  x: Float64Array;
  y: Float64Array;
}

/** @param rows row numbers @param x row-major, p values a row @param y q values a row */
export function momentsOf(
  { x, y, p, q }: { x: ArrayLike<number>; y: ArrayLike<number>; p: number; q: number },
  rows: ArrayLike<number>,
): Moments {
  const sums = emptyMoments(p, q);
  sums.n = rows.length;
  for (let r = 0; r < rows.length; r++) {
    const [left, right] = [rows[r]! * p, rows[r]! * q];
    for (let i = 0; i < p; i++) {
      const value = x[left + i]!;
      sums.x[i]! += value;
      for (let j = 0; j <= i; j++) sums.xx[i * p + j]! += value * x[left + j]!;
      for (let j = 0; j < q; j++) sums.xy[i * q + j]! += value * y[right + j]!;
    }
    for (let i = 0; i < q; i++) {
      const value = y[right + i]!;
      sums.y[i]! += value;
      for (let j = 0; j <= i; j++) sums.yy[i * q + j]! += value * y[right + j]!;
    }
  }
  for (const [matrix, d] of [
    [sums.xx, p],
    [sums.yy, q],
  ] as const)
    for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) matrix[j * d + i] = matrix[i * d + j]!;
  return sums;
}

const emptyMoments = (p: number, q: number): Moments => ({
  ...{ n: 0, p, q, x: new Float64Array(p), y: new Float64Array(q) },
  ...{ xx: new Float64Array(p * p), yy: new Float64Array(q * q), xy: new Float64Array(p * q) },
});

/** The moments of all of these together. */
export function together(parts: readonly Moments[]): Moments {
  const all = emptyMoments(parts[0]!.p, parts[0]!.q);
  for (const part of parts) {
    all.n += part.n;
    for (const of of ["x", "y", "xx", "yy", "xy"] as const)
      for (let i = 0; i < all[of].length; i++) all[of][i]! += part[of][i]!;
  }
  return all;
}

/** The covariances about the means, of at least two rows. */
export function covariancesOf({ n, p, q, x, y, xx, yy, xy }: Moments): Covariances {
  const about = (sums: Float64Array, left: Float64Array, right: Float64Array): Float64Array =>
    sums.map((sum, at) => {
      const [i, j] = [Math.floor(at / right.length), at % right.length];
      return (sum - (left[i]! * right[j]!) / n) / (n - 1);
    });
  return { p, q, xx: about(xx, x, x), yy: about(yy, y, y), xy: about(xy, x, y) };
}
