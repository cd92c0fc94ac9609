import { cholesky, gram, solveCholesky } from "../../gaussian/cholesky";
import { penaltyOf, type Fit } from "./fit";
import { standardOf } from "./standardise";

/** Ridge regression of a number on standardised codes (mean squared error + penalty times the squared weights, bias free). */
export const ridge: Fit = (codes, truth) => {
  const rows = truth.length;
  const { width, apply } = standardOf(codes, rows);
  const x = apply(codes, rows);
  const center = mean(truth);
  const weights = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    const target = (truth[row]! - center) / rows;
    for (let j = 0; j < width; j++) weights[j]! += x[row * width + j]! * target;
  }
  solveCholesky(cholesky(gram(x, rows, width, penaltyOf(rows)), width), width, weights, 0);
  return (others, count) => {
    const features = apply(others, count);
    const predicted = new Float64Array(count).fill(center);
    for (let row = 0; row < count; row++)
      for (let j = 0; j < width; j++) predicted[row]! += weights[j]! * features[row * width + j]!;
    return predicted;
  };
};

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
