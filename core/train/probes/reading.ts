/** What a linear probe predicts of rows that it did not learn from. */
import type { Fit } from "./fit";
import { stratifiedFolds } from "./folds";
import { logistic } from "./linear";
import { ridge } from "./ridge";

/** Fewest rows from which a probe is learned once; with fewer it learns from the other judged rows too, fold by fold. */
export const ENOUGH = 200;
const FOLDS = 5;
const REPEATS = 4;

/** Codes and the factor of rows that training saw, which may be none, and of the rows that are judged. */
export interface Coded {
  /** Row-major [rows, d]. */
  seen: ArrayLike<number>;
  seenTruth: ArrayLike<number>;
  /** The same judged rows, once for each draw of their codes; a mean is a single one. */
  judged: readonly ArrayLike<number>[];
  truth: ArrayLike<number>;
}

interface Predictions {
  truth: ArrayLike<number>;
  /** Each of one draw of every judged row, [rows, outputs]; draws of one row are scored one by one, never together. */
  predictions: readonly Float64Array[];
  /** As how many independent rows the judged ones count in an interval. */
  effective: number;
}

/** Of a label: log-probabilities of its classes. */
export interface LabelReading extends Predictions {
  kind: "label";
  classes: number;
  /** Rows of each class, seen and judged. */
  counts: Float64Array;
}

/** Of a number. */
export interface ScalarReading extends Predictions {
  kind: "scalar";
  /** Its values, seen and judged. */
  values: Float64Array;
}

export type Reading = LabelReading | ScalarReading;

/** @throws RangeError when no row is judged, sizes do not fit, or a code is not finite */
export function readLabel(coded: Coded, classes: number): LabelReading {
  const counts = new Float64Array(classes);
  for (const labels of [coded.seenTruth, coded.truth])
    for (let row = 0; row < labels.length; row++) counts[labels[row]!]!++;
  return { kind: "label", classes, counts, ...predict(coded, logistic(classes)) };
}

/** @throws RangeError as `readLabel` */
export const readScalar = (coded: Coded): ScalarReading => ({
  kind: "scalar",
  values: Float64Array.from([...Array.from(coded.seenTruth), ...Array.from(coded.truth)]),
  ...predict(coded, ridge),
});

/** From one fit to the rows seen; where these are few, by repeated cross-validation over the judged rows, stratified. */
function predict({ seen, seenTruth, judged, truth }: Coded, fit: Fit): Predictions {
  const rows = truth.length;
  if (seenTruth.length >= ENOUGH) {
    const predicted = fit(seen, seenTruth);
    return { truth, predictions: judged.map((codes) => predicted(codes, rows)), effective: rows };
  }
  if (rows < 2) throw new RangeError("a probe needs training and held-out rows");
  const repeats = Math.max(REPEATS, judged.length);
  const predictions = Array.from({ length: repeats }, (_, repeat) =>
    crossValidated({ seen, seenTruth, judged, truth }, judged[repeat % judged.length]!, repeat, fit),
  );
  // Folds share the rows they learn from, so their scores vary together: Nadeau and Bengio 2003, "Inference for the
  // Generalization Error", section 3, the corrected variance, in rows.
  const learned = seenTruth.length + rows * (1 - 1 / FOLDS);
  return { truth, predictions, effective: rows / Math.max(1, 1 / repeats + rows / learned) };
}

function crossValidated(
  { seen, seenTruth, truth }: Coded,
  codes: ArrayLike<number>,
  repeat: number,
  fit: Fit,
): Float64Array {
  const rows = truth.length;
  const width = codes.length / rows;
  if (!Number.isInteger(width) || seen.length !== seenTruth.length * width)
    throw new RangeError(`codes of ${codes.length} and ${seen.length} numbers do not fit their rows`);
  const folds = stratifiedFolds(truth, FOLDS, repeat);
  const all = Array.from({ length: rows }, (_, row) => row);
  const codesAt = (chosen: readonly number[]): number[] =>
    chosen.flatMap((row) => Array.from({ length: width }, (_, j) => codes[row * width + j]!));
  let result: Float64Array | undefined;
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = all.filter((row) => folds[row] === fold);
    const others = all.filter((row) => folds[row] !== fold);
    if (held.length === 0 || others.length === 0) continue;
    const predicted = fit(
      [...Array.from(seen), ...codesAt(others)],
      [...Array.from(seenTruth), ...others.map((row) => truth[row]!)],
    )(codesAt(held), held.length);
    const outputs = predicted.length / held.length;
    result ??= new Float64Array(rows * outputs);
    held.forEach((row, i) => result!.set(predicted.subarray(i * outputs, (i + 1) * outputs), row * outputs));
  }
  return result!;
}
