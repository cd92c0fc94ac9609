/**
 * How near the directions that canonical correlation analysis finds on n rows come to the true ones, in closed form: two
 * views of p and q values that share directions of correlation rho, as p, q and n grow together. `detectable` is the
 * transition of Bao, Hu, Pan and Zhou 2019, "Canonical correlation coefficients of high-dimensional Gaussian vectors";
 * the overlaps follow by free convolution of the two Wishart matrices that span(Y) and its complement make of X. The spectra
 * of the views play no part, since the analysis does not depend on them.
 */

/** Values of each view, and the correlation of each direction that the views share. */
export interface LinearPair {
  p: number;
  q: number;
  rhos: readonly number[];
}

/**
 * Squared cosines, 0 to 1, between the estimated and the true direction in each view, for one shared direction.
 * @param rho its correlation, 0 to 1
 * @param n rows; above p + q
 */
export function overlapOf(
  { p, q }: Pick<LinearPair, "p" | "q">,
  rho: number,
  n: number,
): { x: number; y: number } {
  const r = rho * rho;
  const u = r + ((1 - r) * q) / n;
  const v = r + ((1 - r) * p) / n;
  const above = r * (u + v - u * v) - u * v;
  if (above <= 0) return { x: 0, y: 0 };
  const left = (1 - r) ** 2 / above;
  return { x: 1 / (1 + (p / n) * left * u), y: 1 / (1 + (q / n) * left * v) };
}

/** The correlation on new rows, as a share of that of the true directions: 0 to 1, the mean over directions weighted by rho. */
export function shareOfCorrelation(pair: LinearPair, n: number): number {
  const all = pair.rhos.reduce((sum, rho) => sum + rho, 0);
  const found = pair.rhos.reduce((sum, rho) => {
    const { x, y } = overlapOf(pair, rho, n);
    return sum + rho * Math.sqrt(x * y);
  }, 0);
  return found / all;
}

/** The rows, not rounded, below which no direction of correlation rho is found at all: (n - p)(n - q) rho^4 = pq. */
export function detectable({ p, q }: Pick<LinearPair, "p" | "q">, rho: number): number {
  const r = rho ** 4;
  // The larger root of r n^2 - r (p + q) n + (r - 1) p q = 0.
  return (r * (p + q) + Math.sqrt(r * r * (p + q) ** 2 + 4 * r * (1 - r) * p * q)) / (2 * r);
}

/**
 * The rows, not rounded, at which the correlation on new rows is `level` of that of the true directions.
 * @returns at least p + q, below which the formula does not hold
 */
export function rowsFor(pair: LinearPair, level: number): number {
  let [low, high] = [pair.p + pair.q, 2 * (pair.p + pair.q)];
  if (shareOfCorrelation(pair, low) >= level) return low;
  while (shareOfCorrelation(pair, high) < level) [low, high] = [high, 2 * high];
  while (high / low > 1 + 1e-6) {
    const middle = Math.sqrt(low * high);
    if (shareOfCorrelation(pair, middle) >= level) high = middle;
    else low = middle;
  }
  return high;
}
