/** Windows of long recordings: each sample is some rows that follow one another. */
import { sizeOf } from "../program/program";
import { ARRAYS, DataError, type Field } from "./dataset";
import type { Options } from "./options";
import { ofRows, valuesOfRows, type NumberArray, type UnreadArray } from "./reader";
import type { Splits } from "./splits";
import type { OpenTable, Table } from "./table";

export interface Windows {
  /** The first row of each window, ascending. */
  starts: Int32Array;
  /** Rows of a window, and from the start of one to that of the next. */
  length: number;
  step: number;
}

/** Stretches that one recording is cut into at most; shorter ones lose too much at their ends. */
const MOST_STRETCHES = 100;
const FEWEST_STRETCHES = 10;
/** Windows of a stretch for each that overlaps the next one. */
const LONG = 10;

/**
 * The windows that the options `window` and `step` ask for; undefined where they do not. None has rows of two recordings: these
 * end where a column that separates them changes.
 * @param samples rows of the table
 * @param separating columns with one value for each row
 * @throws DataError about the option that the rows cannot fulfil
 */
export function windowsOf(
  options: Options,
  samples: number,
  separating: readonly Field[],
): Windows | undefined {
  const length = options.integer("window", 1, 0);
  const step = options.integer("step", 1, Math.max(1, length));
  if (length === 0) {
    if (!options.has("step")) return undefined;
    throw new DataError(
      "step is how many rows it is from one window to the next, and there are no windows",
      "Add window = 64, or remove step.",
      { kind: "option", name: "step" },
    );
  }
  const starts: number[] = [];
  let [begin, longest] = [0, 0];
  for (let row = 1; row <= samples; row++) {
    if (row < samples && separating.every(({ values }) => values[row] === values[row - 1])) continue;
    longest = Math.max(longest, row - begin);
    for (let start = begin; start + length <= row; start += step) starts.push(start);
    begin = row;
  }
  if (starts.length >= 3) return { starts: Int32Array.from(starts), length, step };
  const what = separating.length === 0 ? "the recording" : "the longest recording";
  throw new DataError(
    longest < length
      ? `window = ${length} is longer than ${what}, which has ${longest} rows`
      : `windows of ${length} rows, ${step} apart, are ${starts.length} in ${longest} rows, too few for three splits`,
    `Set window to ${Math.max(1, Math.floor(longest / FEWEST_STRETCHES))} or less${step > 1 ? ", and step to as many or fewer" : ""}.`,
    { kind: "option", name: "window" },
  );
}

/** The table whose samples are windows: each field has the axis of the window before its own. */
export function windowed(table: OpenTable, windows: Windows): OpenTable {
  return {
    ...table,
    samples: windows.starts.length,
    arrays: new Map(
      [...table.arrays].map(([name, array]): [string, UnreadArray] => [name, cut(array, windows)]),
    ),
  };
}

function cut(array: NumberArray | UnreadArray, { starts, length }: Windows): UnreadArray {
  const [samples = 0, ...inner] = array.shape;
  return {
    shape: [starts.length, length, ...inner],
    dtype: array.dtype,
    async read(chosen) {
      const wanted = chosen === undefined ? starts : chosen.map((window) => starts[window]!);
      const places = new Int32Array(samples).fill(-1);
      for (const start of wanted) places.fill(0, start, start + length);
      let rows = 0;
      for (let row = 0; row < samples; row++) if (places[row] === 0) places[row] = rows++;
      const some =
        rows === samples
          ? undefined
          : Int32Array.from({ length: samples }, (_, row) => row).filter((row) => places[row]! >= 0);
      const read = "read" in array ? await array.read(some) : ofRows(array, some);
      if ("notNumbers" in read) return { notNumbers: read.notNumbers };
      const width = sizeOf(inner);
      const count = wanted.length * length * width;
      const values = new ARRAYS[read.dtype](count);
      // The rows of a window were read one after another.
      wanted.forEach((start, i) => {
        const from = places[start]! * width;
        values.set(read.values.subarray(from, from + length * width), i * length * width);
      });
      return { ...read, shape: [wanted.length, length, ...read.shape.slice(1)], values };
    },
  };
}

const middleOf = ({ length }: Pick<Windows, "length">): number => Math.floor(length / 2);

/** Columns of rows as columns of windows: the value in the middle of each. */
export function columnsOfWindows(table: Table, windows: Windows): Table {
  const middles = windows.starts.map((start) => start + middleOf(windows));
  const each = (fields: Record<string, Field>): Record<string, Field> =>
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [
        name,
        { ...field, values: valuesOfRows(field.values, middles, sizeOf(field.shape)) },
      ]),
    );
  return { ...table, samples: middles.length, fields: each(table.fields), groups: each(table.groups) };
}

/** The row in the middle of each window, for what has no time: a label is that of the middle. */
export function middleRow(field: Field, windows: Pick<Windows, "length">): Field {
  const [length = 1, ...shape] = field.shape;
  const windowsThere = field.values.length / sizeOf(field.shape);
  const middles = Int32Array.from({ length: windowsThere }, (_, i) => i * length + middleOf(windows));
  const { words } = field;
  return {
    ...field,
    shape,
    values: valuesOfRows(field.values, middles, sizeOf(shape)),
    ...(words !== undefined && shape.length === 0 && { classes: words.length }),
  };
}

/**
 * Stretches of neighbouring windows, numbered, which stay in one split: windows that overlap are alike, and so are those of one
 * moment of a recording.
 */
export function stretchesOf({ starts, length, step }: Windows): Field {
  const overlapping = Math.ceil(length / step) - 1;
  const count = starts.length;
  const long = Math.max(LONG * overlapping, Math.ceil(count / MOST_STRETCHES));
  const size = Math.max(1, Math.min(Math.floor(count / FEWEST_STRETCHES), long));
  return {
    name: "stretches of the recording",
    shape: [],
    dtype: "int32",
    // The last one takes what is left.
    values: Int32Array.from({ length: count }, (_, window) =>
      Math.min(Math.floor(window / size), Math.max(0, Math.floor(count / size) - 1)),
    ),
    description: "",
  };
}

/**
 * The splits without the windows that have rows of a later window in another split.
 * @throws DataError when a split is left without windows
 */
export function withoutOverlap(
  splits: Splits,
  { starts, length, step }: Windows,
): { splits: Splits; dropped: number } {
  const names = ["train", "validation", "test"] as const;
  const splitOf = new Int8Array(starts.length).fill(-1);
  names.forEach((name, place) => {
    for (const window of splits[name]) splitOf[window] = place;
  });
  let dropped = 0;
  const overlaps = (window: number): boolean => {
    for (let next = window + 1; next < starts.length && starts[next]! < starts[window]! + length; next++)
      if (splitOf[next]! >= 0 && splitOf[next] !== splitOf[window]) return true;
    return false;
  };
  const kept = (name: (typeof names)[number]): Int32Array => {
    const left = splits[name].filter((window) => !overlaps(window));
    dropped += splits[name].length - left.length;
    if (left.length > 0) return left;
    throw new DataError(
      `windows of ${length} rows, ${step} apart, leave no ${name} sample that overlaps none of another split`,
      `Set step to ${length}, or window to less, or give more rows.`,
      { kind: "option", name: "window" },
    );
  };
  return { splits: { train: kept("train"), validation: kept("validation"), test: kept("test") }, dropped };
}
