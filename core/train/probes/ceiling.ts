/**
 * The most that can be read off a code whose rate is known: the factor is a source, the code a channel of at most that many
 * nats, and what is read a guess at the source, so the distortion-rate function of the source bounds every probe. For
 * equally likely classes it is Fano's inequality with equality; elsewhere it is tighter.
 */

/** Slopes at which the distortion-rate function is bounded from below; the best one counts. */
const SLOPES = Array.from({ length: 24 }, (_, i) => 0.05 * 1.45 ** i);
const ITERATIONS = 40;
/** Classes that a number is cut into. */
const QUANTILES = 24;

/** The highest accuracy with which a label of these class counts can be named at a rate in nats. */
export function mostAccuracy(counts: ArrayLike<number>, rate: number): number {
  const shares = sharesOf(Array.from(counts).filter((count) => count > 0));
  const wrong = shares.map((_, i) => shares.map((__, j) => (i === j ? 0 : 1)));
  return Math.min(1, 1 - leastDistortion(shares, wrong, rate));
}

/**
 * The highest R^2 with which a number can be predicted at a rate in nats. It is cut into classes of equal share: what can
 * be known of the class's mean is bounded, and within a class all is granted.
 */
export function mostR2(values: ArrayLike<number>, rate: number): number {
  const sorted = Float64Array.from(values).sort();
  const count = Math.min(QUANTILES, sorted.length);
  const classes = Array.from({ length: count }, (_, k) =>
    sorted.subarray(Math.floor((k * sorted.length) / count), Math.floor(((k + 1) * sorted.length) / count)),
  );
  const mean = (of: ArrayLike<number>): number =>
    Array.from(of).reduce((sum, value) => sum + value, 0) / of.length;
  const center = mean(sorted);
  const variance = mean(sorted.map((value) => (value - center) ** 2));
  if (variance === 0) return 0;
  const means = classes.map(mean);
  const shares = sharesOf(classes.map((each) => each.length));
  const between = shares.reduce((sum, share, k) => sum + share * (means[k]! - center) ** 2, 0);
  // Guesses may lie between the means; halfway points are enough, as the squared error is flat around the best guess.
  const guesses = means.flatMap((at, k) => (k === 0 ? [at] : [(means[k - 1]! + at) / 2, at]));
  const squares = means.map((from) => guesses.map((to) => (from - to) ** 2));
  const least = leastDistortion(shares, squares, rate);
  const ofMeans = Math.sqrt(Math.max(0, between - least));
  return Math.min(1, (ofMeans + Math.sqrt(Math.max(0, variance - between))) ** 2 / variance);
}

const sharesOf = (counts: readonly number[]): number[] => {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / all);
};

/**
 * A lower bound on the distortion of any guess at a source with these shares that has at most `rate` nats of it. For any
 * slope s and any distribution q of guesses, R(D) >= -s D - sum p log sum q exp(-s d) - log max c with c the weight that q
 * would gain (Blahut 1972, "Computation of channel capacity and rate-distortion functions", theorem 6).
 */
function leastDistortion(
  shares: readonly number[],
  distortion: readonly (readonly number[])[],
  rate: number,
): number {
  const scale = Math.max(...distortion.flat()) || 1;
  const least = SLOPES.map((slope) => {
    const s = slope / scale;
    const kernel = distortion.map((row) => row.map((d) => Math.exp(-s * d)));
    let guesses = distortion[0]!.map((_, __, all) => 1 / all.length);
    let bound = -Infinity;
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      const sums = kernel.map((row) => row.reduce((sum, k, j) => sum + k * guesses[j]!, 0));
      const gains = guesses.map((_, j) =>
        shares.reduce((sum, share, i) => sum + (share * kernel[i]![j]!) / sums[i]!, 0),
      );
      const known = shares.reduce((sum, share, i) => sum - share * Math.log(sums[i]!), 0);
      bound = Math.max(bound, (known - Math.log(Math.max(...gains)) - rate) / s);
      guesses = guesses.map((share, j) => share * gains[j]!);
    }
    return bound;
  });
  return Math.max(0, ...least);
}
