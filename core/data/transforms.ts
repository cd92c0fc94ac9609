/** Changes of a field's values before a stream reads them: fitted on training rows, carried out in the order written. */
import { rounded } from "../language/number-text";
import { sizeOf } from "../program/program";
import type { StreamKindName, Transform } from "../theory/spec";
import { withoutRows } from "./absent-rows";

/** One column of a stream: its values in each sample are from `start` up to `end`. */
interface Column {
  start: number;
  end: number;
}

/** What carries a transform out on values [samples, size], and its inverse where it has one. */
export interface Fitted {
  by: Transform["by"];
  /** In words, with the numbers that were found. */
  text: string;
  forth(values: Float32Array): void;
  back?(values: Float32Array): void;
}

/** The kinds whose columns have numbers of their own: each value of a vector, each channel of a signal or picture. */
function columnsOf(kind: StreamKindName, shape: readonly number[]): Column[] {
  const width = sizeOf(shape);
  const count = kind === "vector" ? width : kind === "signal" || kind === "image" ? shape[0]! : 1;
  const length = width / count;
  return Array.from({ length: count }, (_, i) => ({ start: i * length, end: (i + 1) * length }));
}

/** A value that a transform cannot change. */
interface Unfit {
  unfit: { index: number; why: string };
}

/**
 * Fits the transforms one after another on `train` rows of the values [samples, ...shape], and changes all values in
 * place. A NaN is passed over by all of them but `fill`.
 * @param absent 1 at samples that lack the stream, which nothing fills
 * @returns the fitted transforms; or the first value that one cannot change, with what it needs
 */
export function transform(
  values: Float32Array,
  {
    kind,
    shape,
    absent,
  }: { kind: StreamKindName; shape: readonly number[]; absent?: Uint8Array | undefined },
  transforms: readonly Transform[],
  train: Int32Array,
): Fitted[] | Unfit {
  const columns = columnsOf(kind, shape);
  const width = sizeOf(shape);
  const found: Fitted[] = [];
  for (const one of transforms) {
    const fitted = fit(one, values, { columns, width, train, absent });
    if ("unfit" in fitted) return fitted;
    fitted.forth(values);
    // What one has filled is nothing that the next may be fitted to.
    withoutRows(values, absent, NaN);
    found.push(fitted);
  }
  return found;
}

interface Places {
  columns: readonly Column[];
  width: number;
  train: Int32Array;
  /** 1 at samples without the stream: all of their values are NaN. */
  absent: Uint8Array | undefined;
}

function fit(one: Transform, values: Float32Array, places: Places): Fitted | Unfit {
  switch (one.by) {
    case "standardise":
      return standardise(values, places);
    case "fill":
      return fill(values, places);
    case "log1p": {
      const index = values.findIndex((value) => value <= -1);
      if (index >= 0) return { unfit: { index, why: "`log1p` needs numbers above -1" } };
      return {
        by: "log1p",
        text: "log(1 + x)",
        forth: (all) => all.forEach((value, i) => (all[i] = Math.log1p(value))),
        back: (all) => all.forEach((value, i) => (all[i] = Math.expm1(value))),
      };
    }
    case "scale": {
      const { low, high } = one.between!;
      return {
        by: "scale",
        text: `${rounded(low, 4)} to ${rounded(high, 4)} becomes 0 to 1`,
        forth: (all) => all.forEach((value, i) => (all[i] = (value - low) / (high - low))),
        back: (all) => all.forEach((value, i) => (all[i] = low + value * (high - low))),
      };
    }
    case "clip": {
      const { low, high } = one.between!;
      return {
        by: "clip",
        text: `no less than ${rounded(low, 4)}, no more than ${rounded(high, 4)}`,
        // A NaN stays one.
        forth: (all) => all.forEach((value, i) => (all[i] = value < low ? low : value > high ? high : value)),
      };
    }
  }
}

/** Mean 0 and standard deviation 1 of each column over the training rows; a constant column is only centred. */
function standardise(values: Float32Array, { columns, width, train }: Places): Fitted {
  const moments = columns.map((column) => momentsOf(values, column, width, train));
  const each = (all: Float32Array, change: (value: number, mean: number, spread: number) => number): void =>
    columns.forEach(({ start, end }, i) => {
      const { mean, spread } = moments[i]!;
      for (let row = 0; row < all.length; row += width)
        for (let at = row + start; at < row + end; at++) all[at] = change(all[at]!, mean, spread);
    });
  const [first] = moments;
  const numbers = `mean ${rounded(first!.mean, 4)}, standard deviation ${rounded(first!.spread, 4)}`;
  return {
    by: "standardise",
    text: columns.length === 1 ? numbers : `each of ${columns.length} columns (the first: ${numbers})`,
    forth: (all) => each(all, (value, mean, spread) => (value - mean) / spread),
    back: (all) => each(all, (value, mean, spread) => mean + value * spread),
  };
}

/** Each NaN becomes its column's mean over the training rows; 0 where those have no number. */
function fill(values: Float32Array, { columns, width, train, absent }: Places): Fitted {
  const moments = columns.map((column) => momentsOf(values, column, width, train));
  const isHole = (value: number, i: number): boolean =>
    Number.isNaN(value) && !absent?.[Math.floor(i / width)];
  const holes = values.reduce((sum, value, i) => sum + (isHole(value, i) ? 1 : 0), 0);
  return {
    by: "fill",
    text: `${holes} missing ${holes === 1 ? "number" : "numbers"} filled with the column's mean`,
    forth: (all) =>
      columns.forEach(({ start, end }, i) => {
        for (let row = 0; row < all.length; row += width)
          for (let at = row + start; at < row + end; at++)
            if (Number.isNaN(all[at]!)) all[at] = moments[i]!.mean;
      }),
  };
}

/** Mean and standard deviation (divided by the number of values) of a column; spread 1 where it never varies. */
function momentsOf(values: Float32Array, { start, end }: Column, width: number, rows: Int32Array) {
  let [count, sum, squares] = [0, 0, 0];
  for (const row of rows)
    for (let at = row * width + start; at < row * width + end; at++)
      if (!Number.isNaN(values[at]!)) [count, sum] = [count + 1, sum + values[at]!];
  const mean = count === 0 ? 0 : sum / count;
  for (const row of rows)
    for (let at = row * width + start; at < row * width + end; at++)
      if (!Number.isNaN(values[at]!)) squares += (values[at]! - mean) ** 2;
  const spread = count === 0 ? 0 : Math.sqrt(squares / count);
  // What float32 cannot tell from the mean does not vary.
  return { mean, spread: spread > 1e-6 * Math.abs(mean) ? spread : 1 };
}
