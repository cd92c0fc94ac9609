/** How much of many numbers at once a linear map of a code predicts. */
import { cholesky, gram, solveCholesky } from "../../gaussian/cholesky";
import { penaltyOf } from "./fit";
import { Z95, type Score } from "./score";
import { standardOf } from "./standardise";

/**
 * The share of the variance of all columns of `targets` [rows, columns] that a ridge regression on `codes` [rows, width]
 * predicts, with its 95 % interval: each half of the rows is predicted by the map of the other half.
 */
export function predictedShare(
  codes: Float32Array,
  targets: Float32Array,
  rows: number,
): Omit<Score, "chance"> {
  const half = rows >> 1;
  const parts = [
    [0, half],
    [half, rows],
  ] as const;
  const missed: number[] = [];
  const varied: number[] = [];
  parts.forEach(([start, end], i) => {
    const [from, to] = parts[1 - i]!;
    const errors = errorsOf(codes, targets, rows, [from, to], [start, end]);
    missed.push(...errors.missed);
    varied.push(...errors.varied);
  });
  const all = varied.reduce((sum, one) => sum + one, 0);
  const value = 1 - missed.reduce((sum, one) => sum + one, 0) / all;
  // The ratio of two sums over rows, by the delta method.
  const off = missed.reduce((sum, one, i) => sum + (one - (1 - value) * varied[i]!) ** 2, 0);
  const half95 = (Z95 * Math.sqrt(off)) / all;
  return { value, low: value - half95, high: value + half95 };
}

type Range = readonly [start: number, end: number];

/** Squared distances of each row from what is predicted of it, and from the mean, of one half by the other. */
function errorsOf(
  codes: Float32Array,
  targets: Float32Array,
  rows: number,
  learned: Range,
  judged: Range,
): { missed: number[]; varied: number[] } {
  const [size, columns] = [codes.length / rows, targets.length / rows];
  const count = learned[1] - learned[0];
  const { width, apply } = standardOf(codes.subarray(learned[0] * size, learned[1] * size), count);
  const x = apply(codes.subarray(learned[0] * size, learned[1] * size), count);
  const y = targets.subarray(learned[0] * columns, learned[1] * columns);
  const means = new Float64Array(columns);
  for (let i = 0; i < y.length; i++) means[i % columns]! += y[i]! / count;
  const weights = new Float64Array(columns * width);
  for (let row = 0; row < count; row++)
    for (let c = 0; c < columns; c++) {
      const target = (y[row * columns + c]! - means[c]!) / count;
      for (let j = 0; j < width; j++) weights[c * width + j]! += x[row * width + j]! * target;
    }
  const factor = cholesky(gram(x, count, width, penaltyOf(count)), width);
  for (let c = 0; c < columns; c++) solveCholesky(factor, width, weights, c * width);
  const judgedCount = judged[1] - judged[0];
  const features = apply(codes.subarray(judged[0] * size, judged[1] * size), judgedCount);
  const [missed, varied]: [number[], number[]] = [[], []];
  for (let row = 0; row < judgedCount; row++) {
    let [error, variance] = [0, 0];
    for (let c = 0; c < columns; c++) {
      const truth = targets[(judged[0] + row) * columns + c]! - means[c]!;
      let predicted = 0;
      for (let j = 0; j < width; j++) predicted += weights[c * width + j]! * features[row * width + j]!;
      error += (truth - predicted) ** 2;
      variance += truth ** 2;
    }
    missed.push(error);
    varied.push(variance);
  }
  return { missed, varied };
}
