import { cholesky, gram, solveCholesky } from "./cholesky";
import { PENALTY, type Score } from "./score";
import { standardise } from "./standardise";

/**
 * How much of a number's variance can be read off codes by a linear map: held-out R^2 of ridge regression on
 * standardised codes (mean squared error + PENALTY times the squared weights, bias free).
 * @param trainCodes row-major [rows, d], as `testCodes`
 * @returns R^2 about the held-out mean (below 0 when worse than it) with a 95 % interval from its influence function;
 *   chance is 0. A number that does not vary has R^2 0.
 * @throws RangeError when a split is empty, sizes do not fit, or a code is not finite
 */
export function ridgeProbe(
  trainCodes: ArrayLike<number>,
  trainTargets: ArrayLike<number>,
  testCodes: ArrayLike<number>,
  testTargets: ArrayLike<number>,
): Score {
  const rows = trainTargets.length;
  const count = testTargets.length;
  const { width, train, test } = standardise(trainCodes, rows, testCodes, count);
  const center = mean(trainTargets);
  const weights = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    const target = (trainTargets[row]! - center) / rows;
    for (let j = 0; j < width; j++) weights[j]! += train[row * width + j]! * target;
  }
  solveCholesky(cholesky(gram(train, rows, width, PENALTY), width), width, weights, 0);

  const testMean = mean(testTargets);
  const errors = new Float64Array(count);
  const deviations = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    let predicted = center;
    for (let j = 0; j < width; j++) predicted += weights[j]! * test[row * width + j]!;
    errors[row] = (testTargets[row]! - predicted) ** 2;
    deviations[row] = (testTargets[row]! - testMean) ** 2;
  }
  const variance = mean(deviations);
  if (variance === 0) return { measure: "R2", value: 0, low: 0, high: 0, chance: 0 };
  const unexplained = mean(errors) / variance;
  // A ratio of means moves with sample i by (error_i - unexplained * deviation_i) / variance.
  const influence = errors.map((error, i) => ((error - unexplained * deviations[i]!) / variance) ** 2);
  const half = 1.959964 * Math.sqrt(mean(influence) / count);
  const value = 1 - unexplained;
  return { measure: "R2", value, low: value - half, high: Math.min(1, value + half), chance: 0 };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
