/** Rows that are taken through the inner loops together, so that each weight is loaded once for four products. */
const BLOCK = 4;

/**
 * Mean cross-entropy of softmax regression and its gradient over the first `rows` rows, without penalty.
 * @param x row-major [at least rows, width]
 * @returns a function of weights [classes, width] that fills `gradient` and returns the loss in nats
 */
export function softmaxLoss(
  x: Float64Array,
  labels: ArrayLike<number>,
  rows: number,
  width: number,
  classes: number,
): (weights: Float64Array, gradient: Float64Array) => number {
  // Rows of zeros at the end fill the last block and add nothing to the gradient.
  const padded = new Float64Array(Math.ceil(rows / BLOCK) * BLOCK * width);
  padded.set(x.subarray(0, rows * width));
  const errors = new Float64Array(BLOCK * classes);
  return (weights, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let row = 0; row < rows; row += BLOCK) {
      scoreBlock(weights, padded, row * width, width, classes, errors);
      for (let r = 0; r < BLOCK && row + r < rows; r++) {
        loss += toErrors(errors, r, labels[row + r]!);
      }
      addBlock(errors, padded, row * width, width, classes, gradient);
    }
    for (let w = 0; w < gradient.length; w++) gradient[w]! /= rows;
    return loss / rows;
  };
}

/** Logits of the block's rows, as out[class * BLOCK + r]. */
function scoreBlock(
  weights: Float64Array,
  x: Float64Array,
  at: number,
  width: number,
  classes: number,
  out: Float64Array,
): void {
  const at1 = at + width;
  const at2 = at1 + width;
  const at3 = at2 + width;
  for (let k = 0, w = 0; k < classes; k++) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0; j < width; j++, w++) {
      const weight = weights[w]!;
      s0 += weight * x[at + j]!;
      s1 += weight * x[at1 + j]!;
      s2 += weight * x[at2 + j]!;
      s3 += weight * x[at3 + j]!;
    }
    const o = k * BLOCK;
    out[o] = s0;
    out[o + 1] = s1;
    out[o + 2] = s2;
    out[o + 3] = s3;
  }
}

/** Turns row `r`'s logits into probabilities minus the one-hot label; returns its cross-entropy. */
function toErrors(out: Float64Array, r: number, label: number): number {
  let most = -Infinity;
  for (let k = r; k < out.length; k += BLOCK) if (out[k]! > most) most = out[k]!;
  const own = out[label * BLOCK + r]! - most;
  let sum = 0;
  for (let k = r; k < out.length; k += BLOCK) sum += out[k] = Math.exp(out[k]! - most);
  for (let k = r; k < out.length; k += BLOCK) out[k]! /= sum;
  out[label * BLOCK + r]! -= 1;
  return Math.log(sum) - own;
}

/** gradient[class, :] += sum over the block's rows of error times row. */
function addBlock(
  errors: Float64Array,
  x: Float64Array,
  at: number,
  width: number,
  classes: number,
  gradient: Float64Array,
): void {
  const at1 = at + width;
  const at2 = at1 + width;
  const at3 = at2 + width;
  for (let k = 0, w = 0; k < classes; k++) {
    const e0 = errors[k * BLOCK]!;
    const e1 = errors[k * BLOCK + 1]!;
    const e2 = errors[k * BLOCK + 2]!;
    const e3 = errors[k * BLOCK + 3]!;
    for (let j = 0; j < width; j++, w++) {
      gradient[w]! += e0 * x[at + j]! + e1 * x[at1 + j]! + e2 * x[at2 + j]! + e3 * x[at3 + j]!;
    }
  }
}
