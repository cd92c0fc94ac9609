import { RandomStream } from "../../random";
import type { Predict } from "./fit";
import { logSoftmax } from "./log-softmax";
import { standardOf } from "./standardise";

const HIDDEN = 32;
const BATCH = 64;
const EPOCHS = 40;
/** Epochs without a lower loss on the rows that stop it, after which it stops. */
const PATIENCE = 4;
const RATE = 0.01;
/** Adam's means (Kingma and Ba 2015), and the factor by which weights shrink at each step, per unit of rate. */
const [FIRST, SECOND, TINY] = [0.9, 0.999, 1e-8];
const DECAY = 1e-3;

/** Codes [rows, d] and their labels. */
interface Rows {
  codes: ArrayLike<number>;
  truth: ArrayLike<number>;
}

/**
 * A perceptron with one hidden layer of 32 rectified units on standardised codes, trained by Adam on the cross-entropy and
 * stopped by other rows: the weights at the lowest loss on these are kept. Deterministic. Predicts log-probabilities.
 */
export function perceptron(classes: number, fitted: Rows, stopping: Rows): Predict {
  const rows = fitted.truth.length;
  const { width, apply } = standardOf(fitted.codes, rows);
  const x = apply(fitted.codes, rows);
  const held = apply(stopping.codes, stopping.truth.length);
  const net = new Net(width, classes);
  const draws = new RandomStream(0, "order of a probe's rows", 0);
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  let best = { loss: Infinity, epoch: 0, weights: net.weights.slice() };
  for (let epoch = 0; epoch < EPOCHS && epoch - best.epoch <= PATIENCE; epoch++) {
    for (let i = rows - 1; i > 0; i--) {
      const j = draws.integer(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (let start = 0; start < rows; start += BATCH)
      net.step(x, fitted.truth, order.subarray(start, start + BATCH));
    const loss = net.loss(held, stopping.truth);
    if (loss < best.loss) best = { loss, epoch, weights: net.weights.slice() };
  }
  net.weights.set(best.weights);
  return (codes, count) => net.predict(apply(codes, count), count);
}

/** Weights, their gradient and Adam's means, as flat arrays: [hidden, width], then [classes, hidden + 1]. */
class Net {
  readonly weights: Float64Array;
  private readonly gradient: Float64Array;
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private steps = 0;
  private readonly hidden = new Float64Array(HIDDEN + 1).fill(1);
  private readonly out: Float64Array;
  private readonly second0: number;

  constructor(
    private readonly width: number,
    private readonly classes: number,
  ) {
    this.second0 = HIDDEN * width;
    const size = this.second0 + classes * (HIDDEN + 1);
    const draws = new RandomStream(0, "weights of a probe", 0);
    this.weights = Float64Array.from({ length: size }, (_, i) =>
      i < this.second0 ? draws.normal() * Math.sqrt(2 / width) : 0,
    );
    [this.gradient, this.first, this.second] = [0, 1, 2].map(() => new Float64Array(size)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    this.out = new Float64Array(classes);
  }

  /** Log-probabilities of one row, in `out`; its hidden units, in `hidden`, whose last entry is 1. */
  private forward(x: Float64Array, row: number): void {
    const { width, classes, hidden, weights, out } = this;
    const at = row * width;
    for (let h = 0, w = 0; h < HIDDEN; h++) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += weights[w++]! * x[at + j]!;
      hidden[h] = sum > 0 ? sum : 0;
    }
    for (let k = 0, w = this.second0; k < classes; k++) {
      let sum = 0;
      for (let h = 0; h <= HIDDEN; h++) sum += weights[w++]! * hidden[h]!;
      out[k] = sum;
    }
    logSoftmax(out);
  }

  /** One step of Adam on these rows. */
  step(x: Float64Array, truth: ArrayLike<number>, rows: Int32Array): void {
    const { width, classes, hidden, weights, gradient, out } = this;
    gradient.fill(0);
    for (const row of rows) {
      this.forward(x, row);
      for (let k = 0; k < classes; k++)
        out[k] = (Math.exp(out[k]!) - (k === truth[row] ? 1 : 0)) / rows.length;
      for (let k = 0, w = this.second0; k < classes; k++)
        for (let h = 0; h <= HIDDEN; h++) gradient[w++]! += out[k]! * hidden[h]!;
      for (let h = 0; h < HIDDEN; h++) {
        if (hidden[h] === 0) continue;
        let back = 0;
        for (let k = 0; k < classes; k++) back += out[k]! * weights[this.second0 + k * (HIDDEN + 1) + h]!;
        for (let j = 0, w = h * width; j < width; j++) gradient[w + j]! += back * x[row * width + j]!;
      }
    }
    this.update();
  }

  private update(): void {
    const { weights, gradient, first, second } = this;
    this.steps++;
    const scale = (RATE * Math.sqrt(1 - SECOND ** this.steps)) / (1 - FIRST ** this.steps);
    for (let w = 0; w < weights.length; w++) {
      first[w] = FIRST * first[w]! + (1 - FIRST) * gradient[w]!;
      second[w] = SECOND * second[w]! + (1 - SECOND) * gradient[w]! ** 2;
      weights[w]! -= RATE * DECAY * weights[w]! + (scale * first[w]!) / (Math.sqrt(second[w]!) + TINY);
    }
  }

  /** Mean cross-entropy in nats. */
  loss(x: Float64Array, truth: ArrayLike<number>): number {
    let sum = 0;
    for (let row = 0; row < truth.length; row++) {
      this.forward(x, row);
      sum -= this.out[truth[row]!]!;
    }
    return sum / truth.length;
  }

  predict(x: Float64Array, rows: number): Float64Array {
    const predicted = new Float64Array(rows * this.classes);
    for (let row = 0; row < rows; row++) {
      this.forward(x, row);
      predicted.set(this.out, row * this.classes);
    }
    return predicted;
  }
}
