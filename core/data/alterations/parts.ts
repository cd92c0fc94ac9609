/** What alterations have in common: streams by name, their values as numbers, and rows of splits. */
import { sizeOf } from "../../program/program";
import { withoutRows } from "../absent-rows";
import type { BoundStream } from "../bind";
import { DataError } from "../dataset";
import { copyRows } from "../rows";
import type { Alteration, BoundData } from "./alteration";

/** Kinds whose values are numbers that can be changed a little. */
const NUMBERS = ["vector", "scalar", "counts", "image", "audio", "video", "signal"] as const;

/** Whether the values of a stream of this kind can be changed a little. */
export const isNumeric = ({ name }: BoundStream["kind"]): boolean =>
  (NUMBERS as readonly string[]).includes(name);

/** @throws DataError where there is no such stream */
export function streamNamed({ streams }: BoundData, name: string | undefined): BoundStream {
  const found = streams.find((stream) => stream.name === name);
  if (found !== undefined) return found;
  const names = streams.map((stream) => stream.name).join(", ");
  throw new DataError(
    `there is no stream ${name ?? "without a name"} to change`,
    `The streams are ${names}.`,
    {
      kind: "source",
    },
  );
}

/** @throws DataError where it is not a label */
export function labelNamed(data: BoundData, name: string | undefined): BoundStream {
  const stream = streamNamed(data, name);
  if (stream.kind.name === "label") return stream;
  throw unfit(stream, "is not a label");
}

/** @throws DataError where its values are not numbers */
export function numericNamed(data: BoundData, name: string | undefined): BoundStream {
  const stream = streamNamed(data, name);
  if (isNumeric(stream.kind)) return stream;
  throw unfit(stream, `is a ${stream.kind.name}, which has no values to change`);
}

const unfit = ({ name }: BoundStream, why: string): DataError =>
  new DataError(`${name} ${why}`, "Name another stream.", { kind: "stream", name });

/** The numeric streams that `streams` of an alteration names. @throws DataError where it is not a list of them */
export function numericStreams(data: BoundData, { streams }: Alteration): BoundStream[] {
  if (!Array.isArray(streams)) return [numericNamed(data, undefined)];
  return (streams as readonly unknown[]).map((name) =>
    numericNamed(data, typeof name === "string" ? name : undefined),
  );
}

/** Rows that training sees: what is changed of them alone is judged on unchanged ones. */
export const seenRows = ({ splits: { train, validation } }: BoundData): Int32Array =>
  Int32Array.from([...train, ...validation]);

/** All rows of the splits. */
export const usedRows = ({ splits }: BoundData): Int32Array =>
  Int32Array.from(Object.values(splits).flatMap((rows) => [...rows]));

/** Those of the rows that have all of these streams. */
export const there = (rows: Int32Array, ...streams: readonly BoundStream[]): Int32Array =>
  streams.some(({ absent }) => absent)
    ? rows.filter((row) => streams.every(({ absent }) => !absent?.[row]))
    : rows;

/** A stream's values as numbers, of all samples. */
export interface Values {
  /** [samples, width]; bytes of pictures from 0 to 1. */
  numbers: Float32Array;
  width: number;
  /** Training rows that have the stream. */
  train: Int32Array;
  /** Over these rows: mean and standard deviation of each value, [width]. */
  means: Float64Array;
  deviations: Float64Array;
}

/** A copy of the values of a numeric stream, with their moments. */
export function valuesOf(stream: BoundStream, { samples, splits }: BoundData): Values {
  const width = sizeOf(stream.shape);
  const numbers = new Float32Array(samples * width);
  copyRows(
    stream,
    Int32Array.from({ length: samples }, (_, row) => row),
    numbers,
  );
  const means = new Float64Array(width);
  const squares = new Float64Array(width);
  const train = there(splits.train, stream);
  for (const row of train)
    for (let at = 0; at < width; at++) means[at]! += numbers[row * width + at]! / train.length;
  for (const row of train)
    for (let at = 0; at < width; at++)
      squares[at]! += (numbers[row * width + at]! - means[at]!) ** 2 / train.length;
  return { numbers, width, train, means, deviations: squares.map(Math.sqrt) };
}

/** The standard deviation of a whole row around the mean row: the root of the summed variances. */
export const sizeOfRows = ({ deviations }: Values): number => Math.hypot(...deviations);

/**
 * The data with other numbers of a stream. What its kind does not allow is brought back to the nearest that it does: pictures,
 * films and spectrograms keep their range, counts stay whole.
 */
export function withNumbers(data: BoundData, stream: BoundStream, numbers: Float32Array): BoundData {
  const { numbers: all, width } = valuesOf(stream, data);
  const { absent } = stream;
  const before = absent ? all.filter((_, i) => !absent[Math.floor(i / width)]) : all;
  const { name } = stream.kind;
  if (["image", "audio", "video"].includes(name)) {
    const [low, high] = before.reduce(
      ([a, b], one) => [Math.min(a!, one), Math.max(b!, one)],
      [Infinity, -Infinity],
    );
    numbers.forEach((one, i) => (numbers[i] = Math.min(high!, Math.max(low!, one))));
  }
  if (name === "counts") numbers.forEach((one, i) => (numbers[i] = Math.max(0, Math.round(one))));
  withoutRows(numbers, absent, 0);
  return withStream(data, { ...stream, values: numbers });
}

/** The data with this stream in the place of the one of its name; its samples are all there. */
export function withStream(data: BoundData, changed: BoundStream): BoundData {
  const made = { ...changed };
  delete made.makeRows;
  return { ...data, streams: data.streams.map((stream) => (stream.name === changed.name ? made : stream)) };
}
