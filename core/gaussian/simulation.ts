/**
 * What ridge CCA reaches on n rows of a Gaussian pair, by simulation: it learns on four fifths of the rows and chooses its
 * ridge on the others, and its directions are judged under the population.
 */
import { RandomStream } from "../random";
import { canonicalDirections, correlationsUnder, RIDGES } from "./cca";
import { drawnCovariances, type Population } from "./population";

/** Share of the rows on which directions are learned; the rest choose the ridge. */
const LEARNED = 0.8;

/** The mean correlation, on new rows, of the shared directions found on n rows, which are drawn anew for each seed. */
function reached(population: Population, n: number, seed: number, learned = LEARNED): number {
  const draws = new RandomStream(seed, "rows of a Gaussian pair", n);
  const k = population.rhos.length;
  const training = Math.max(2, Math.round(learned * n));
  const judging = Math.max(4, n - training);
  const sample = drawnCovariances(population, training, draws);
  // Of the correlation of `judging` rows, by Fisher's transformation; all ridges are judged on the same rows.
  const errors = Array.from({ length: k }, () => draws.normal() / Math.sqrt(Math.max(1, judging - 3)));
  let [best, value] = [-Infinity, 0];
  for (const ridge of RIDGES) {
    const correlations = correlationsUnder(population, canonicalDirections(sample, k, ridge));
    const seen = mean(correlations.map((one, i) => Math.tanh(Math.atanh(one) + errors[i]!)));
    if (seen > best) [best, value] = [seen, mean(correlations)];
  }
  return value;
}

/** The middle of several seeds. */
export const typicallyReached = (population: Population, n: number, seeds: readonly number[]): number =>
  median(seeds.map((seed) => reached(population, n, seed)));

/** The search ends here: rows that nobody collects. */
const MOST_ROWS = 1e7;
const STEP = 1.6;

/**
 * The rows at which the score is `level` of what the population has, by simulation.
 * @param start where the search begins
 * @returns null where 10 million rows do not reach it
 */
export function simulatedNeed(
  population: Population,
  level: number,
  seeds: readonly number[],
  start: number,
): number | null {
  const target = level * mean(population.rhos);
  const scores = new Map<number, number>();
  const at = (n: number): number => {
    const known = scores.get(n) ?? typicallyReached(population, n, seeds);
    scores.set(n, known);
    return known;
  };
  const least = 4 * (population.rhos.length + 1);
  let high = Math.max(least, Math.round(start));
  while (at(high) < target) if ((high = Math.round(high * STEP)) > MOST_ROWS) return null;
  let low = high;
  while (low > least && at(low) >= target) low = Math.max(least, Math.round(low / STEP));
  if (at(low) >= target) return low;
  while (high / low > 1.1) {
    const middle = Math.round(Math.sqrt(low * high));
    if (at(middle) >= target) high = middle;
    else low = middle;
  }
  const share = (target - at(low)) / (at(high) - at(low));
  return Math.exp(Math.log(low) + share * Math.log(high / low));
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export function median(values: readonly number[]): number {
  const order = [...values].sort((a, b) => a - b);
  const half = order.length >> 1;
  return order.length % 2 === 1 ? order[half]! : (order[half - 1]! + order[half]!) / 2;
}
