/** The data of a spec as its training will read them, in a few numbers for each stream. */
import { fieldFor } from "../data/bind";
import type { Dataset, SplitName } from "../data/dataset";
import { describeField, skippedIn } from "../data/describe";
import { takenTexts } from "../data/taken";
import { sizeOf } from "../program/program";
import type { Spec } from "../theory/spec";
import type {
  ClassCount,
  ColumnDescription,
  DataDescription,
  Spread,
  StreamDescription,
} from "./data-description";
import { evenly, lookAt } from "./findings/data/columns";
import { isOutlier } from "./findings/data/outliers";
import { isTable } from "./findings/data/words";
import type { DataStream, Preparation } from "./prepare";

/** Samples that are looked at where they are made on demand: each takes its time. */
const MOST_MADE = 1000;

/** Bins of a histogram. */
const BINS = 20;
/** Columns of a stream that get histograms of their own. */
const MOST_HISTOGRAMS = 50;

/** Describes the data of a preparation. Samples that are made on demand are made where they are looked at. */
export function describeData({ spec, data, dataset }: Preparation): DataDescription {
  const { splits } = dataset;
  const rows = Int32Array.from([...splits.train, ...splits.validation, ...splits.test]).sort();
  return {
    spec: spec.name,
    source: dataset.name,
    samples: dataset.samples,
    splits: { train: splits.train.length, validation: splits.validation.length, test: splits.test.length },
    taken: takenTexts(dataset),
    streams: spec.streams.map((stream) =>
      describeStream(stream, data.streams.get(stream.name)!, dataset, rows),
    ),
    skipped: skippedIn(dataset.skipped),
  };
}

const NO_NUMBERS: Spread = { least: null, most: null, mean: null, standardDeviation: null };

function describeStream(
  declared: Spec["streams"][number],
  stream: DataStream,
  dataset: Dataset,
  used: Int32Array,
): StreamDescription {
  const { name, role, kind, derived } = declared;
  const description: StreamDescription = {
    name,
    role,
    kind: kind.sizes.length === 0 ? kind.name : `${kind.name}(${kind.sizes.join(", ")})`,
    field: derived === undefined ? stream.field : null,
    shape: stream.shape,
    looked: 0,
    missing: 0,
    ...NO_NUMBERS,
    histogram: [],
    columns: [],
    constant: [],
    outlying: [],
    transforms: (stream.fitted ?? []).map(({ by, text }) => ({ by, text })),
  };
  if (derived !== undefined) return { ...description, made: { by: derived.by, of: derived.of } };
  const { absent } = stream;
  const there = absent ? used.filter((row) => !absent[row]) : used;
  const rows = stream.makeRows === undefined ? there : evenly(there, MOST_MADE);
  stream.makeRows?.(rows);
  const { field, found } = fieldFor(dataset, declared);
  const whole = {
    ...description,
    ...(found.asDeclared !== undefined && { axes: found.asDeclared }),
    looked: rows.length,
    missing: field.onDemand === undefined ? describeField(field).missing : 0,
    ...(absent && { absent: absentIn(absent, dataset.splits) }),
  };
  if (kind.name === "label") return { ...whole, classes: classCounts(stream, field.words, dataset.splits) };
  if (kind.name === "text") return { ...whole, words: wordCounts(stream, rows) };
  const { columns, ...seen } = columnsOf(stream, rows, field.columns);
  return {
    ...whole,
    ...seen,
    ...together(columns),
    columns,
    constant: columns.filter(({ least, most }) => least === most).map(({ index }) => index),
  };
}

/** The numbers of a column, all of which are there. */
type FullColumn = ColumnDescription & Record<keyof Spread, number>;

/** Values of each sample of `width`. */
interface Places {
  start: number;
  end: number;
  width: number;
}

function columnsOf(
  stream: DataStream,
  used: Int32Array,
  names: readonly string[] | undefined,
): Pick<StreamDescription, "looked" | "histogram" | "outlying"> & { columns: FullColumn[] } {
  const { columns, rows } = lookAt(stream, used);
  const looked = evenly(used, rows.looked);
  const scale = stream.values instanceof Uint8Array ? 1 / 255 : 1;
  const width = sizeOf(stream.shape);
  const length = width / columns.length;
  return {
    looked: looked.length,
    histogram: histogramOf(stream.values, looked, { start: 0, end: width, width }, rangeOf(columns)),
    outlying: isTable(stream) ? columns.filter(isOutlier).map(({ index }) => index) : [],
    columns: columns.map(({ index, least, most, middle }) => {
      const places = { start: index * length, end: (index + 1) * length, width };
      const { mean, standardDeviation } = momentsOf(stream.values, looked, places);
      const own = columns.length > 1 && columns.length <= MOST_HISTOGRAMS;
      const name = names?.length === columns.length ? names[index] : undefined;
      return {
        index,
        ...(name !== undefined && { name }),
        histogram: own ? histogramOf(stream.values, looked, places, { least, most }) : [],
        least: least * scale,
        most: most * scale,
        mean: mean * scale,
        standardDeviation: standardDeviation * scale,
        median: middle * scale,
      };
    }),
  };
}

/** How many values of what is from `start` to `end` of each sample are in each bin. */
function histogramOf(
  values: DataStream["values"],
  rows: Int32Array,
  { start, end, width }: Places,
  { least, most }: { least: number; most: number },
): number[] {
  const counts = Array.from({ length: BINS }, () => 0);
  // Of values that are all the same any width will do.
  const perValue = BINS / (most - least || 1);
  for (const row of rows)
    for (let at = row * width + start; at < row * width + end; at++)
      counts[Math.min(BINS - 1, Math.floor((values[at]! - least) * perValue))]!++;
  return counts;
}

/** The least and the largest value of all columns. */
const rangeOf = (columns: readonly { least: number; most: number }[]): { least: number; most: number } => ({
  least: columns.reduce((least, column) => Math.min(least, column.least), Infinity),
  most: columns.reduce((most, column) => Math.max(most, column.most), -Infinity),
});

/** Mean and standard deviation (divided by the number of values) of what is from `start` to `end` of each sample. */
function momentsOf(
  values: DataStream["values"],
  rows: Int32Array,
  { start, end, width }: Places,
): { mean: number; standardDeviation: number } {
  const count = rows.length * (end - start);
  let [sum, squares] = [0, 0];
  for (const row of rows) for (let at = row * width + start; at < row * width + end; at++) sum += values[at]!;
  const mean = sum / count;
  for (const row of rows)
    for (let at = row * width + start; at < row * width + end; at++) squares += (values[at]! - mean) ** 2;
  return { mean, standardDeviation: Math.sqrt(squares / count) };
}

/** All columns as one: they have equally many values. */
function together(columns: readonly FullColumn[]): Spread {
  const average = (value: (column: FullColumn) => number): number =>
    columns.reduce((sum, column) => sum + value(column), 0) / columns.length;
  const mean = average((column) => column.mean);
  return {
    ...rangeOf(columns),
    mean,
    standardDeviation: Math.sqrt(average((one) => one.standardDeviation ** 2 + (one.mean - mean) ** 2)),
  };
}

/** How many samples of each split lack the stream. */
function absentIn(absent: Uint8Array, splits: Dataset["splits"]): Record<SplitName, number> {
  const count = (name: SplitName): number => splits[name].reduce((sum, row) => sum + absent[row]!, 0);
  return { train: count("train"), validation: count("validation"), test: count("test") };
}

function classCounts(
  { values, classes, absent }: DataStream,
  names: readonly string[] | undefined,
  splits: Dataset["splits"],
): ClassCount[] {
  const counts = Array.from({ length: classes! }, (_, index): ClassCount => {
    const name = names?.[index];
    return { class: index, ...(name !== undefined && { name }), train: 0, validation: 0, test: 0 };
  });
  for (const split of ["train", "validation", "test"] as const)
    for (const row of splits[split]) if (!absent?.[row]) counts[values[row]!]![split]++;
  return counts;
}

/** How many words the samples have. */
function wordCounts({ values, shape, classes }: DataStream, rows: Int32Array): Spread {
  const most = sizeOf(shape);
  const lengths = Float32Array.from(rows, (row) => {
    let words = 0;
    for (let at = row * most; at < (row + 1) * most; at++) if (values[at] !== classes) words++;
    return words;
  });
  const places = { start: 0, end: 1, width: 1 };
  return {
    least: lengths.reduce((a, b) => Math.min(a, b)),
    most: lengths.reduce((a, b) => Math.max(a, b)),
    ...momentsOf(
      lengths,
      Int32Array.from(lengths, (_, i) => i),
      places,
    ),
  };
}
