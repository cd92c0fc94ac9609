/** What a known factor does to a stream on average: a line for a number, a mean for each class of a label. */
import type { BoundStream } from "../bind";
import { there, type Values } from "./parts";

/** The mean change of a row [width] at each sample: 0 on average over the training rows, and where the factor is not known. */
interface Effect {
  of(row: number): Float64Array;
  /** As far as the factor moves a row: by one standard deviation of a number, or to the class that is furthest from the mean. */
  most: Float64Array;
  /** The directions of all its changes: one of a number, one of each class. */
  all: readonly Float64Array[];
}

/** Fitted by least squares on the training rows that have the factor and the stream of the values. */
export function effectOf(factor: BoundStream, values: Values): Effect {
  factor.makeRows?.();
  const train = there(values.train, factor);
  const effect =
    factor.kind.name === "label" ? ofClasses(factor, values, train) : ofNumber(factor, values, train);
  const { absent } = factor;
  if (absent === undefined) return effect;
  const none = new Float64Array(values.width);
  return { ...effect, of: (row) => (absent[row] ? none : effect.of(row)) };
}

function ofNumber({ values: factor }: BoundStream, values: Values, train: Int32Array): Effect {
  const { numbers, width, means } = values;
  const mean = train.reduce((sum, row) => sum + factor[row]!, 0) / train.length;
  const deviation = Math.sqrt(train.reduce((sum, row) => sum + (factor[row]! - mean) ** 2, 0) / train.length);
  const standard = (row: number): number => (deviation > 0 ? (factor[row]! - mean) / deviation : 0);
  const slopes = new Float64Array(width);
  for (const row of train)
    for (let at = 0; at < width; at++)
      slopes[at]! += (standard(row) * (numbers[row * width + at]! - means[at]!)) / train.length;
  return { of: (row) => slopes.map((slope) => slope * standard(row)), most: slopes, all: [slopes] };
}

function ofClasses({ values: factor, classes }: BoundStream, values: Values, train: Int32Array): Effect {
  const { numbers, width, means } = values;
  const counts = new Float64Array(classes!);
  for (const row of train) counts[factor[row]!]!++;
  const offsets = Array.from({ length: classes! }, () => new Float64Array(width));
  for (const row of train) {
    const label = factor[row]!;
    for (let at = 0; at < width; at++)
      offsets[label]![at]! += (numbers[row * width + at]! - means[at]!) / counts[label]!;
  }
  const furthest = offsets.reduce((best, one) => (Math.hypot(...one) > Math.hypot(...best) ? one : best));
  return { of: (row) => offsets[factor[row]!]!, most: furthest, all: offsets };
}
