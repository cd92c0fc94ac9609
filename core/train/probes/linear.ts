import { cholesky, gram, solveCholesky } from "./cholesky";
import { minimise, type Objective } from "./minimise";
import { PENALTY, type Score } from "./score";
import { softmaxLoss } from "./softmax-loss";
import { standardise } from "./standardise";

/**
 * How well a class can be read off codes by a linear map: held-out accuracy of multinomial logistic regression on
 * standardised codes (mean cross-entropy + PENALTY / 2 times the squared weights, bias free), fitted in float64 to a
 * gradient below 1e-4. Deterministic.
 * @param trainCodes row-major [rows, d], as `testCodes`; labels are whole numbers from 0 to `classes` - 1
 * @returns accuracy with Wilson's 95 % interval; chance is the accuracy of naming the commonest training class always
 * @throws RangeError when a split is empty, sizes do not fit, or a code is not finite
 */
export function linearProbe(
  trainCodes: ArrayLike<number>,
  trainLabels: ArrayLike<number>,
  testCodes: ArrayLike<number>,
  testLabels: ArrayLike<number>,
  classes: number,
): Score {
  const { width, train, test } = standardise(trainCodes, trainLabels.length, testCodes, testLabels.length);
  const weights = fit(train, trainLabels, width, classes);
  let correct = 0;
  let common = 0;
  const commonest = commonestClass(trainLabels, classes);
  const logits = new Float64Array(classes);
  for (let row = 0; row < testLabels.length; row++) {
    scoreRow(weights, test, row * width, width, logits);
    if (indexOfLargest(logits) === testLabels[row]) correct++;
    if (commonest === testLabels[row]) common++;
  }
  const count = testLabels.length;
  const [low, high] = wilson(correct, count);
  return { measure: "accuracy", value: correct / count, low, high, chance: common / count };
}

/** Weights [classes, width] of the regression; the last column is the bias. */
function fit(x: Float64Array, labels: ArrayLike<number>, width: number, classes: number): Float64Array {
  const penalised = (rows: number): Objective => {
    const loss = softmaxLoss(x, labels, rows, width, classes);
    return (weights, gradient) => {
      let value = loss(weights, gradient);
      for (let w = 0; w < weights.length; w++) {
        if (w % width === width - 1) continue;
        value += 0.5 * PENALTY * weights[w]! ** 2;
        gradient[w]! += PENALTY * weights[w]!;
      }
      return value;
    };
  };
  // About the Hessian at zero, class by class: p (1 - p) X^T X / rows + PENALTY, with p = 1 / classes.
  const spread = (1 / classes) * (1 - 1 / classes);
  const factor = cholesky(gram(x, labels.length, width, (PENALTY + 1e-6) / spread), width);
  const precondition = (vector: Float64Array): void => {
    for (let k = 0; k < classes; k++) solveCholesky(factor, width, vector, k * width);
    for (let w = 0; w < vector.length; w++) vector[w]! /= spread;
  };
  // A fit to the first eighth of the rows costs little and ends near the fit to all.
  const zeros = new Float64Array(classes * width);
  const start = minimise(zeros, penalised(Math.ceil(labels.length / 8)), precondition, 1e-3);
  return minimise(start, penalised(labels.length), precondition, 1e-4);
}

/** The logits of the row of `x` that starts at `at`. */
function scoreRow(
  weights: Float64Array,
  x: Float64Array,
  at: number,
  width: number,
  logits: Float64Array,
): void {
  for (let k = 0, w = 0; k < logits.length; k++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += weights[w++]! * x[at + j]!;
    logits[k] = sum;
  }
}

function indexOfLargest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

function commonestClass(labels: ArrayLike<number>, classes: number): number {
  const counts = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++;
  return indexOfLargest(counts);
}

/** Wilson's 95 % interval (1927) of a share of `count`. */
export function wilson(successes: number, count: number): [number, number] {
  const z = 1.959964;
  const share = successes / count;
  const scale = 1 / (1 + (z * z) / count);
  const middle = scale * (share + (z * z) / (2 * count));
  const half = scale * z * Math.sqrt((share * (1 - share)) / count + ((z / count) * z) / (4 * count));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
