/** Correlations of ranks, and how far they are known. */
import { RandomStream } from "../../../core/random";

/** Ranks from 1; equal values have the mean of their ranks. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const found = new Array<number>(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) found[order[i]!] = (from + 1 + to) / 2;
  }
  return found;
}

/** Spearman's correlation; NaN where all values of one are equal. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (a.length + 1) / 2;
  const sum = (of: (i: number) => number): number => a.reduce((total, _, i) => total + of(i), 0);
  const product = sum((i) => (x[i]! - mean) * (y[i]! - mean));
  return product / Math.sqrt(sum((i) => (x[i]! - mean) ** 2) * sum((i) => (y[i]! - mean) ** 2));
}

const RESAMPLES = 1000;

/**
 * The 95 % interval of a value by drawing its parts again with replacement (Efron 1979). Parts are drawn whole, since numbers
 * within one depend on each other.
 */
export function interval<Part>(
  parts: readonly Part[],
  value: (parts: readonly Part[]) => number,
): [low: number, high: number] {
  const draws = new RandomStream(1, "resamples", 0);
  const values = Array.from({ length: RESAMPLES }, () =>
    value(parts.map(() => parts[draws.integer(parts.length)]!)),
  ).sort((a, b) => a - b);
  return [values[Math.floor(0.025 * RESAMPLES)]!, values[Math.ceil(0.975 * RESAMPLES) - 1]!];
}

/** The share of all orders of `count` different values whose correlation with one of them is at least `least`. */
export function shareByChance(count: number, least: number): number {
  const first = Array.from({ length: count }, (_, i) => i);
  const orders = permutations(first);
  return orders.filter((order) => rankCorrelation(first, order) >= least - 1e-9).length / orders.length;
}

const permutations = (values: readonly number[]): number[][] =>
  values.length < 2
    ? [[...values]]
    : values.flatMap((value, i) => permutations(values.toSpliced(i, 1)).map((rest) => [value, ...rest]));
