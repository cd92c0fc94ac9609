/** How much better a label is predicted with codes than without, row by row in nats: the lower side of their information. */
import { logistic } from "./linear";
import { perceptron } from "./perceptron";
import { ENOUGH, readLabel, type Coded, type LabelReading } from "./reading";

/** Training rows that probes learn from at most, and numbers in their codes; and the share of them by which probes are stopped and weighed. */
const MOST_SEEN = 4000;
const MOST_NUMBERS = 512_000;
const STOPPING = 0.2;
/** The least weight of the class shares in the mixed probe: no row costs more than its share times this. */
const LEAST_SHARES = 0.01;
/** Where no rows weigh anything. */
const FEW_SHARES = 0.05;
const ITERATIONS = 50;

export interface Gains {
  /**
   * log m(l|z) - log share of l, for each judged row, the mean over its draws: m is the probe. Their mean is a lower bound on
   * I(label; code), since the shares are those of the judged rows.
   */
  rows: Float64Array;
  /** As how many independent rows they count. */
  effective: number;
}

/**
 * A logistic regression, a perceptron and the class shares, mixed by the weights that are likeliest on training rows that
 * neither has learned from; the judged rows choose nothing. With few training rows, or in haste, the predictions of the
 * regression alone, mixed with the shares.
 * @param reading what the regression predicts, where it is known
 */
export function gainsOf(
  coded: Coded,
  classes: number,
  thorough = true,
  reading: () => LabelReading = () => readLabel(coded, classes),
): Gains {
  const shares = smoothedShares(coded, classes);
  const { predictions, effective } =
    thorough && coded.seenTruth.length >= ENOUGH
      ? several(coded, classes, shares)
      : single(reading(), classes, shares);
  const counts = new Float64Array(classes);
  for (let row = 0; row < coded.truth.length; row++) counts[coded.truth[row]!]!++;
  const rows = new Float64Array(coded.truth.length);
  for (const own of predictions)
    for (let row = 0; row < rows.length; row++)
      rows[row]! +=
        (Math.log(own[row]!) - Math.log(counts[coded.truth[row]!]! / rows.length)) / predictions.length;
  return { rows, effective };
}

/** The probability that each draw gives to the label of each judged row. */
interface Own {
  predictions: Float64Array[];
  effective: number;
}

function single({ truth, predictions, effective }: LabelReading, classes: number, shares: Float64Array): Own {
  return {
    effective,
    predictions: predictions.map((predicted) =>
      mixed([1 - FEW_SHARES, FEW_SHARES], [ownOf(predicted, truth, classes), sharesOf(shares, truth)]),
    ),
  };
}

function several({ seen, seenTruth, judged, truth }: Coded, classes: number, shares: Float64Array): Own {
  const width = seen.length / seenTruth.length;
  const count = Math.min(MOST_SEEN, Math.ceil(MOST_NUMBERS / width), seenTruth.length);
  const cut = Math.round(count * (1 - STOPPING));
  const part = (from: number, to: number): { codes: ArrayLike<number>; truth: ArrayLike<number> } => ({
    codes: Array.prototype.slice.call(seen, from * width, to * width),
    truth: Array.prototype.slice.call(seenTruth, from, to),
  });
  const [fitted, stopping] = [part(0, cut), part(cut, count)];
  const probes = [logistic(classes)(fitted.codes, fitted.truth), perceptron(classes, fitted, stopping)];
  const all = (codes: ArrayLike<number>, labels: ArrayLike<number>): Float64Array[] => [
    ...probes.map((predict) => ownOf(predict(codes, labels.length), labels, classes)),
    sharesOf(shares, labels),
  ];
  const weights = likeliest(all(stopping.codes, stopping.truth));
  return { predictions: judged.map((codes) => mixed(weights, all(codes, truth))), effective: truth.length };
}

/** Shares of the training rows, or of all where there are none, with one row more of each class: none is 0. */
function smoothedShares({ seenTruth, truth }: Coded, classes: number): Float64Array {
  const labels = seenTruth.length >= ENOUGH ? seenTruth : truth;
  const counts = new Float64Array(classes).fill(1);
  for (let row = 0; row < labels.length; row++) counts[labels[row]!]!++;
  return counts.map((own) => own / (labels.length + classes));
}

const ownOf = (predicted: Float64Array, truth: ArrayLike<number>, classes: number): Float64Array =>
  Float64Array.from({ length: truth.length }, (_, row) => Math.exp(predicted[row * classes + truth[row]!]!));
const sharesOf = (shares: Float64Array, truth: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: truth.length }, (_, row) => shares[truth[row]!]!);

const mixed = (weights: readonly number[], parts: readonly Float64Array[]): Float64Array =>
  parts[0]!.map((_, row) => weights.reduce((sum, weight, i) => sum + weight * parts[i]![row]!, 0));

/** The weights of a mixture of predictions under which rows are likeliest, by expectation-maximisation; the last has at least its least. */
function likeliest(parts: readonly Float64Array[]): number[] {
  let weights = parts.map(() => 1 / parts.length);
  for (let i = 0; i < ITERATIONS; i++) {
    const all = mixed(weights, parts);
    weights = weights.map((weight, k) => {
      let sum = 0;
      for (let row = 0; row < all.length; row++) sum += (weight * parts[k]![row]!) / all[row]!;
      return sum / all.length;
    });
  }
  const rest = 1 - weights.at(-1)!;
  if (weights.at(-1)! >= LEAST_SHARES) return weights;
  return weights.map((weight, k) =>
    k === parts.length - 1 ? LEAST_SHARES : (weight * (1 - LEAST_SHARES)) / rest,
  );
}
