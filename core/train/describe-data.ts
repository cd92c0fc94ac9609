/** The data of a spec as its training will read them, in a few numbers for each stream. */
import { fieldFor } from "../data/bind";
import type { Dataset, SplitName } from "../data/dataset";
import { describeField, skippedIn, type Skipped } from "../data/describe";
import { sizeOf } from "../program/program";
import type { Spec, Stream, StreamDerivation } from "../theory/spec";
import { evenly, lookAt } from "./findings/data/columns";
import type { DataStream, Preparation } from "./prepare";
import type { Finding } from "./protocol";

export interface DataDescription {
  /** Name of the spec. */
  spec: string;
  /** As `data "..."` names it. */
  source: string;
  /** Rows of the data, whether a split has them or not. */
  samples: number;
  splits: Record<SplitName, number>;
  streams: StreamDescription[];
  skipped: Skipped[];
  findings: Finding[];
}

/** Numbers are null where the stream has classes or words instead, or is made as batches are drawn. */
interface StreamDescription extends Spread {
  name: string;
  role: Stream["role"];
  /** The kind as a spec declares it. */
  kind: string;
  /** The field that is read; null for a stream that is made from another. */
  field: string | null;
  /** Shape of one sample as networks read it. */
  shape: number[];
  /** Samples that the numbers are of: all of the splits, or some at even distances. */
  looked: number;
  /** NaN in the field. */
  missing: number;
  /** Values of a vector or of counts one by one, channels of a signal; any other kind of numbers is one column. */
  columns: ColumnDescription[];
  /** The columns that never vary. */
  constant: number[];
  transforms: { by: string; text: string }[];
  /** Samples of each class of a label in each split. */
  classes?: ClassCount[];
  /** Words of a sample, of a text. */
  words?: Spread;
  /** How it is made from another stream. */
  made?: { by: StreamDerivation["by"]; of: string };
}

/** Numbers as the training reads them, so after all transforms, and bytes of pictures from 0 to 1. */
interface Spread {
  least: number | null;
  most: number | null;
  mean: number | null;
  standardDeviation: number | null;
}

interface ColumnDescription extends Spread {
  index: number;
  /** Half of the values are below it. */
  median: number;
}

interface ClassCount extends Record<SplitName, number> {
  class: number;
  /** The text of the class in the file, where it has one. */
  name?: string;
}

/** Samples that are looked at where they are made on demand: each takes its time. */
const MOST_MADE = 1000;

/** @param dataset of which the preparation was made */
export function describeData(
  { spec, data, findings, fixable }: Pick<Preparation, "spec" | "data" | "findings" | "fixable">,
  dataset: Dataset,
): DataDescription {
  const { splits } = dataset;
  const rows = Int32Array.from([...splits.train, ...splits.validation, ...splits.test]).sort();
  return {
    spec: spec.name,
    source: dataset.name,
    samples: dataset.samples,
    splits: { train: splits.train.length, validation: splits.validation.length, test: splits.test.length },
    streams: spec.streams.map((stream) =>
      describeStream(stream, data.streams.get(stream.name)!, dataset, rows),
    ),
    skipped: skippedIn(dataset.skipped),
    findings: fixable(findings),
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
    columns: [],
    constant: [],
    transforms: (stream.fitted ?? []).map(({ by, text }) => ({ by, text })),
  };
  if (derived !== undefined) return { ...description, made: { by: derived.by, of: derived.of } };
  const rows = stream.makeRows === undefined ? used : evenly(used, MOST_MADE);
  stream.makeRows?.(rows);
  const { field } = fieldFor(dataset, declared);
  const whole = {
    ...description,
    looked: rows.length,
    missing: field.onDemand === undefined ? describeField(field).missing : 0,
  };
  if (kind.name === "label") return { ...whole, classes: classCounts(stream, field.words, dataset.splits) };
  if (kind.name === "text") return { ...whole, words: wordCounts(stream, rows) };
  const { looked, columns } = columnsOf(stream, rows);
  return {
    ...whole,
    looked,
    ...together(columns),
    columns,
    constant: columns.filter(({ least, most }) => least === most).map(({ index }) => index),
  };
}

/** The numbers of a column, all of which are there. */
type FullColumn = ColumnDescription & Record<keyof Spread, number>;

function columnsOf(stream: DataStream, used: Int32Array): { looked: number; columns: FullColumn[] } {
  const { columns, rows } = lookAt(stream, used);
  const looked = evenly(used, rows.looked);
  const scale = stream.values instanceof Uint8Array ? 1 / 255 : 1;
  const width = sizeOf(stream.shape);
  const length = width / columns.length;
  return {
    looked: looked.length,
    columns: columns.map(({ index, least, most, middle }) => {
      const places = { start: index * length, end: (index + 1) * length, width };
      const { mean, standardDeviation } = momentsOf(stream.values, looked, places);
      return {
        index,
        least: least * scale,
        most: most * scale,
        mean: mean * scale,
        standardDeviation: standardDeviation * scale,
        median: middle * scale,
      };
    }),
  };
}

/** Mean and standard deviation (divided by the number of values) of what is from `start` to `end` of each sample. */
function momentsOf(
  values: DataStream["values"],
  rows: Int32Array,
  { start, end, width }: { start: number; end: number; width: number },
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
    least: columns.reduce((least, column) => Math.min(least, column.least), Infinity),
    most: columns.reduce((most, column) => Math.max(most, column.most), -Infinity),
    mean,
    standardDeviation: Math.sqrt(average((one) => one.standardDeviation ** 2 + (one.mean - mean) ** 2)),
  };
}

function classCounts(
  { values, classes }: DataStream,
  names: readonly string[] | undefined,
  splits: Dataset["splits"],
): ClassCount[] {
  const counts = Array.from({ length: classes! }, (_, index): ClassCount => {
    const name = names?.[index];
    return { class: index, ...(name !== undefined && { name }), train: 0, validation: 0, test: 0 };
  });
  for (const split of ["train", "validation", "test"] as const)
    for (const row of splits[split]) counts[values[row]!]![split]++;
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
