import { count } from "../language/text";
import { permutation } from "../random";
import { DataError, type SplitName } from "./dataset";
import type { Options } from "./options";

export type SplitSizes = Record<SplitName, number>;
/** The rows of each split. */
export type Splits = Record<SplitName, Int32Array>;

/**
 * The sizes asked for by the options `samples` (training samples), `validation` and `test`. Without them a source of
 * `available` rows gives a tenth to each held-out split and the rest to training.
 * @param most rows that are held: without sizes no more are used
 * @throws DataError when they are more than `available`, or than are held
 */
export function splitSizes(options: Options, available: number, most = available): SplitSizes {
  const held = Math.min(available, most);
  const tenth = Math.max(1, Math.floor(held / 10));
  const validation = options.integer("validation", 1, tenth);
  const test = options.integer("test", 1, tenth);
  const rest = available - validation - test;
  const train = options.integer("samples", 1, Math.max(1, held - validation - test));
  if (train > rest) {
    throw new DataError(
      available < 3
        ? `the data has ${count(available, "row")}, too few for a training, a validation and a test sample`
        : `${train} training, ${validation} validation and ${test} test samples are more than the ${available} available`,
      available < 3
        ? "Give more rows; of a table as text, each line after the names is one."
        : rest > 0
          ? `Set samples to ${rest} or less, or make validation and test smaller.`
          : "Make validation and test smaller, or give more data.",
      { kind: "option", name: "samples" },
    );
  }
  if (train + validation + test > held) throw tooManyRows(train + validation + test, held);
  return { train, validation, test };
}

const tooManyRows = (asked: number, held: number): DataError =>
  new DataError(
    `${asked} rows of what the streams read need more than 2 GiB`,
    `Set samples, validation and test to ${held} or less together.`,
    { kind: "option", name: "samples" },
  );

/** Disjoint random rows out of `available` for each split: a function of the seed alone, not of the order asked. */
export function randomSplits(seed: number, available: number, sizes: SplitSizes): Splits {
  const order = permutation(seed, "data.splits", 0, available);
  // The held-out rows come first, so that asking for more training samples leaves them as they were.
  const { train, validation, test } = sizes;
  return {
    test: order.slice(0, test),
    validation: order.slice(test, test + validation),
    train: order.slice(test + validation, test + validation + train),
  };
}

/** Rows in order: training first, then validation, then test. */
export function consecutiveSplits(sizes: SplitSizes): Splits {
  const range = (from: number, length: number): Int32Array => Int32Array.from({ length }, (_, i) => from + i);
  return {
    train: range(0, sizes.train),
    validation: range(sizes.train, sizes.validation),
    test: range(sizes.train + sizes.validation, sizes.test),
  };
}
