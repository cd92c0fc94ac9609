/** What is asked about the rows: every target and observed factor, as a label; a number by the quarter of its values. */
import type { DataStream } from "../prepare";
import { isFactor } from "../measurements/subjects";

export interface Question {
  /** The target or factor. */
  name: string;
  kind: "label" | "scalar";
  classes: number;
  /** The class of every row of the data, [rows]; `classes` where it is not known. */
  labels: Int32Array;
  /** Share of each class among the training rows, [classes]. */
  shares: Float64Array;
  /** Of a number: the values between two classes, ascending. */
  cuts?: number[];
}

/** Quantile classes of a number. */
const QUANTILES = 4;

/** One question a factor that varies in the training rows. */
export function questionsOf(streams: Iterable<DataStream>, train: Int32Array): Question[] {
  return [...streams].filter(isFactor).flatMap((stream) => {
    const { name, absent } = stream;
    const known = absent ? train.filter((row) => !absent[row]) : train;
    if (known.length === 0) return [];
    const { classes, labels, cuts } = stream.kind.name === "label" ? labelOf(stream) : binned(stream, known);
    const shares = new Float64Array(classes);
    for (const row of known) shares[labels[row]!]! += 1 / known.length;
    const kind = cuts ? "scalar" : "label";
    const varies = shares.filter((share) => share > 0).length > 1;
    return varies ? [{ name, kind, classes, labels, shares, ...(cuts && { cuts }) } as const] : [];
  });
}

const labelOf = ({
  values,
  classes,
}: DataStream): { classes: number; labels: Int32Array; cuts?: number[] } => ({
  classes: classes!,
  labels: values as Int32Array,
});

/** Quarters of a number, fewer where many rows share one value. */
function binned(
  { values, absent }: DataStream,
  train: Int32Array,
): { classes: number; labels: Int32Array; cuts: number[] } {
  const sorted = Float64Array.from(train, (row) => values[row]!).sort();
  const at = (share: number): number => sorted[Math.floor(share * sorted.length)]!;
  const cuts = [...new Set(Array.from({ length: QUANTILES - 1 }, (_, k) => at((k + 1) / QUANTILES)))].filter(
    (cut) => cut > sorted[0]!,
  );
  const classes = cuts.length + 1;
  const labels = Int32Array.from(values, (value, row) =>
    absent?.[row] ? classes : cuts.filter((cut) => value >= cut).length,
  );
  return { classes, labels, cuts };
}

/** Places of the rows whose class is known. */
export const answered = (
  { classes, labels }: Pick<Question, "classes" | "labels">,
  rows: Int32Array,
): number[] => [...rows.keys()].filter((i) => labels[rows[i]!]! < classes);
