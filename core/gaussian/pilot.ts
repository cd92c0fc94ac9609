/** What rows of two views show of a Gaussian pair: whether they share anything in a line, how strongly, and with which law. */
import { permutation } from "../random";
import { cholesky } from "./cholesky";
import { canonicalDirections, correlationsUnder, orthonormalise, RIDGES, type Directions } from "./cca";
import { covariancesOf, momentsOf, populationOf, together, type GaussianPair } from "./population";
import { mean, typicallyReached } from "./simulation";

/** Rows of two views, row-major [n, p] and [n, q]. */
export interface PairedRows {
  x: Float64Array;
  y: Float64Array;
  p: number;
  q: number;
  n: number;
}

const FOLDS = 5;

/** What cross-validated ridge CCA finds. */
interface Shared {
  /** The mean correlation of the directions on rows that they were not learned from. */
  correlation: number;
  /** Its distance from 0 in standard deviations of a correlation of as many unrelated numbers. */
  z: number;
  /** The same of each direction, the most correlated first. */
  each: number[];
  /** With which it was found, as a multiple of the mean variance. */
  ridge: number;
}

/** @param k directions that are looked for; at least 10 rows */
export function sharedBy(rows: PairedRows, k: number): Shared {
  const { n } = rows;
  const order = permutation(1, "folds of a pilot", 0, n);
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    momentsOf(
      rows,
      order.filter((_, i) => i % FOLDS === fold),
    ),
  );
  const found = RIDGES.map(() => new Array<number>(k).fill(0));
  folds.forEach((judged, fold) => {
    const learned = covariancesOf(together(folds.filter((_, other) => other !== fold)));
    const held = covariancesOf(judged);
    RIDGES.forEach((ridge, r) =>
      correlationsUnder(held, canonicalDirections(learned, k, ridge)).forEach(
        (correlation, i) => (found[r]![i]! += correlation / FOLDS),
      ),
    );
  });
  const means = found.map(mean);
  const best = means.indexOf(Math.max(...means));
  const correlation = means[best]!;
  return {
    correlation,
    z: correlation * Math.sqrt(n * k),
    each: found[best]!.map((one) => one * Math.sqrt(n)),
    ridge: RIDGES[best]!,
  };
}

/**
 * A sample covariance [d, d] of n rows, shrunk towards its mean variance as far as its noise asks for: the oracle
 * approximating shrinkage of Chen, Wiesel, Eldar and Hero 2010, "Shrinkage algorithms for MMSE covariance estimation",
 * equation 23.
 */
export function shrunk(covariance: Float64Array, d: number, n: number): Float64Array {
  let [trace, squares] = [0, 0];
  for (let i = 0; i < d; i++) trace += covariance[i * d + i]!;
  for (const value of covariance) squares += value * value;
  const above = (1 - 2 / d) * squares + trace * trace;
  const below = (n + 1 - 2 / d) * (squares - (trace * trace) / d);
  const share = below > 0 ? Math.min(1, above / below) : 1;
  const out = covariance.map((value) => (1 - share) * value);
  for (let i = 0; i < d; i++) out[i * d + i]! += (share * trace) / d;
  return out;
}

/** Halvings of the range of the correlation, and the seeds of each simulation. */
const HALVINGS = 7;
const SEEDS = [1, 2, 3];
const MOST_RHO = 0.995;

/**
 * A Gaussian pair that looks as these rows do: their covariances, shrunk; the directions of ridge CCA; and one correlation
 * for all of them, with which a simulated cross-validation finds what that of the rows found.
 */
export function pairLike(rows: PairedRows, k: number, shared: Shared): GaussianPair {
  const { n, p, q } = rows;
  const covariances = covariancesOf(
    momentsOf(
      rows,
      Array.from({ length: n }, (_, row) => row),
    ),
  );
  const x = cholesky(shrunk(covariances.xx, p, n), p);
  const y = cholesky(shrunk(covariances.yy, q, n), q);
  const directions = canonicalDirections(covariances, k, shared.ridge);
  const [u, v] = whitened(directions, x, y, k);
  const at = (rho: number): GaussianPair => ({
    x: { factor: x, shared: u },
    y: { factor: y, shared: v },
    rhos: Array.from({ length: k }, () => rho),
  });
  let [low, high] = [0, MOST_RHO];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (typicallyReached(populationOf(at(middle)), n, SEEDS) < shared.correlation) low = middle;
    else high = middle;
  }
  return at((low + high) / 2);
}

/** Directions of two views as orthonormal rows in the uncorrelated values of which the factors make the views. */
function whitened(
  { a, b }: Directions,
  x: Float64Array,
  y: Float64Array,
  k: number,
): [Float64Array, Float64Array] {
  return (
    [
      [a, x],
      [b, y],
    ] as const
  ).map(([directions, factor]) => {
    const d = directions.length / k;
    const rows = Array.from({ length: k }, (_, i) => {
      const row = new Float64Array(d);
      for (let m = 0; m < d; m++)
        for (let j = m; j < d; j++) row[m]! += factor[j * d + m]! * directions[i * d + j]!;
      return row;
    });
    orthonormalise(rows);
    const out = new Float64Array(k * d);
    rows.forEach((row, i) => out.set(row, i * d));
    return out;
  }) as [Float64Array, Float64Array];
}
