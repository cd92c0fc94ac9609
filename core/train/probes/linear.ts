import { cholesky, gram, solveCholesky } from "../../gaussian/cholesky";
import { penaltyOf, type Fit } from "./fit";
import { logSoftmax } from "./log-softmax";
import { minimise, type Objective } from "./minimise";
import { softmaxLoss } from "./softmax-loss";
import { standardOf } from "./standardise";

/**
 * Multinomial logistic regression on standardised codes (mean cross-entropy + half the penalty times the squared weights,
 * bias free), fitted in float64 to a gradient below 1e-4. Deterministic. Predicts log-probabilities of the classes.
 * Labels are whole numbers from 0 to `classes` - 1.
 */
export const logistic =
  (classes: number): Fit =>
  (codes, truth) => {
    const rows = truth.length;
    const { width, apply } = standardOf(codes, rows);
    const weights = fit(apply(codes, rows), truth, width, classes);
    return (others, count) => {
      const x = apply(others, count);
      const predicted = new Float64Array(count * classes);
      for (let row = 0; row < count; row++)
        scoreRow(
          weights,
          x.subarray(row * width, (row + 1) * width),
          predicted.subarray(row * classes, (row + 1) * classes),
        );
      return predicted;
    };
  };

/** Weights [classes, width] of the regression; the last column is the bias. */
function fit(x: Float64Array, labels: ArrayLike<number>, width: number, classes: number): Float64Array {
  const penalty = penaltyOf(labels.length);
  const penalised = (rows: number): Objective => {
    const loss = softmaxLoss(x, labels, rows, width, classes);
    return (weights, gradient) => {
      let value = loss(weights, gradient);
      for (let w = 0; w < weights.length; w++) {
        if (w % width === width - 1) continue;
        value += 0.5 * penalty * weights[w]! ** 2;
        gradient[w]! += penalty * weights[w]!;
      }
      return value;
    };
  };
  // About the Hessian at zero, class by class: p (1 - p) X^T X / rows + penalty, with p = 1 / classes.
  const spread = (1 / classes) * (1 - 1 / classes);
  const factor = cholesky(gram(x, labels.length, width, (penalty + 1e-6) / spread), width);
  const precondition = (vector: Float64Array): void => {
    for (let k = 0; k < classes; k++) solveCholesky(factor, width, vector, k * width);
    for (let w = 0; w < vector.length; w++) vector[w]! /= spread;
  };
  // A fit to the first eighth of the rows costs little and ends near the fit to all.
  const zeros = new Float64Array(classes * width);
  const start = minimise(zeros, penalised(Math.ceil(labels.length / 8)), precondition, 1e-3);
  return minimise(start, penalised(labels.length), precondition, 1e-4);
}

/** Log-probabilities of a row of features. */
function scoreRow(weights: Float64Array, x: Float64Array, out: Float64Array): void {
  for (let k = 0, w = 0; k < out.length; k++) {
    let sum = 0;
    for (let j = 0; j < x.length; j++) sum += weights[w++]! * x[j]!;
    out[k] = sum;
  }
  logSoftmax(out);
}
