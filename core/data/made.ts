/** Streams made from others as batches are drawn: changed copies, parts of a signal, other samples of the same class. */
import type { StreamDerivation } from "../theory/spec";
import type { RandomStream } from "../random";
import type { BoundStream } from "./bind";
import { DataError, type Dataset } from "./dataset";
import { onDemand } from "./on-demand";
import { copyRows, copyValues } from "./rows";

/** Random numbers of a purpose; two streams that ask for the same one are given the same. */
export type Draws = (purpose: string) => RandomStream;

/** Writes samples `rows` of a stream into `out`, one after another; of a text, counts or words as `copyRows` does. */
export type Maker = (rows: Int32Array, draws: Draws, out: Float32Array | Int32Array) => void;

/** How far `crop` moves a picture, as a share of its height and width. */
const LARGEST_SHIFT = 1 / 8;
/** Standard deviation of the noise of `augment`. */
const NOISE = 0.1;

/**
 * @param name of the stream that is made
 * @param source the stream it is made from
 * @param classes the stream in which partners agree
 */
export function makerOf(
  name: string,
  derivation: StreamDerivation,
  source: BoundStream,
  classes: BoundStream | undefined,
  splits: Dataset["splits"],
): Maker {
  switch (derivation.by) {
    case "augment":
      return (rows, draws, out) =>
        // Only numbers are changed, never classes or words.
        augment(source, derivation.changes, rows, draws(`changes of ${name}`), out as Float32Array);
    case "past":
    case "future":
      return (rows, draws, out) => {
        const random = draws(`present of ${source.name}`);
        const { before, after } = derivation;
        const { length } = timeOf(source);
        const presents = Int32Array.from(rows, () => before + random.integer(length - before - after + 1));
        part(source, derivation, rows, presents, out);
      };
    case "partner": {
      refuseUnknown(name, classes!);
      const partners = partnersOf(classes!, source, splits);
      return (rows, draws, out) => {
        const random = draws(`partners of ${source.name} for ${name}`);
        const others = rows.map((row) => {
          const same = partners.get(row)!;
          // No row of its class has the stream, so the row itself lacks it.
          if (same.rows.length === 0) return row;
          const other = same.rows[random.integer(Math.max(1, same.rows.length - 1))]!;
          return other === row ? same.rows.at(-1)! : other;
        });
        copyRows(source, others, out);
      };
    }
  }
}

/** Samples of a made stream for people to look at: parts of signals around their middle, else the source itself. */
export function shownValues(
  derivation: StreamDerivation,
  source: BoundStream,
): Pick<BoundStream, "values" | "shape" | "makeRows"> {
  if (derivation.by !== "past" && derivation.by !== "future") return source;
  const { length, axis } = timeOf(source);
  const shape = source.shape.map((size, i) => (i === axis ? derivation.steps : size));
  const size = (sizes: readonly number[]): number => sizes.reduce((product, each) => product * each, 1);
  const count = source.values.length / size(source.shape);
  const { before, after } = derivation;
  const middle = Math.min(length - after, Math.max(before, Math.floor(length / 2)));
  const width = size(shape);
  const values = new Float32Array(count * width);
  const makeRows = onDemand(count, (row) => {
    const out = values.subarray(row * width, (row + 1) * width);
    part(source, derivation, Int32Array.of(row), Int32Array.of(middle), out);
  });
  return { values, shape, makeRows };
}

/** The axis along which a sample's time runs, and its length: signals have it last, channels being first. */
function timeOf({ kind, shape }: BoundStream): { axis: number; length: number } {
  const axis = kind.name === "signal" ? shape.length - 1 : 0;
  return { axis, length: shape[axis]! };
}

/** The steps before each row's present, or from it on. */
function part(
  source: BoundStream,
  { by, steps }: Extract<StreamDerivation, { by: "past" | "future" }>,
  rows: Int32Array,
  presents: Int32Array,
  out: Float32Array | Int32Array,
): void {
  source.makeRows?.(rows);
  const { axis, length } = timeOf(source);
  const outer = source.shape.slice(0, axis).reduce((product, size) => product * size, 1);
  const inner = source.shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  let at = 0;
  rows.forEach((row, i) => {
    const first = by === "past" ? presents[i]! - steps : presents[i]!;
    for (let o = 0; o < outer; o++) {
      const start = ((row * outer + o) * length + first) * inner;
      copyValues(source, start, steps * inner, out, at);
      at += steps * inner;
    }
  });
}

function augment(
  source: BoundStream,
  changes: readonly string[],
  rows: Int32Array,
  random: RandomStream,
  out: Float32Array,
): void {
  copyRows(source, rows, out);
  const width = out.length / rows.length;
  const picture = source.kind.name === "image";
  for (let i = 0; i < rows.length; i++) {
    const sample = out.subarray(i * width, (i + 1) * width);
    if (changes.includes("crop")) shift(sample, source.shape, random);
    if (changes.includes("flip") && random.integer(2) === 1) mirror(sample, source.shape);
    if (!changes.includes("noise")) continue;
    for (let j = 0; j < width; j++) {
      const noisy = sample[j]! + NOISE * random.normal();
      sample[j] = picture ? Math.min(1, Math.max(0, noisy)) : noisy;
    }
  }
}

/** Moves a picture [channels, height, width] by whole pixels, 0 coming in at its edges. */
function shift(sample: Float32Array, shape: readonly number[], random: RandomStream): void {
  const [channels, height, width] = shape as [number, number, number];
  const by = (size: number): number => {
    const most = Math.max(1, Math.round(size * LARGEST_SHIFT));
    return random.integer(2 * most + 1) - most;
  };
  const [down, right] = [by(height), by(width)];
  const before = sample.slice();
  sample.fill(0);
  for (let c = 0; c < channels; c++)
    for (let y = Math.max(0, down); y < Math.min(height, height + down); y++)
      for (let x = Math.max(0, right); x < Math.min(width, width + right); x++)
        sample[(c * height + y) * width + x] = before[(c * height + y - down) * width + x - right]!;
}

/** Exchanges left and right of a picture. */
function mirror(sample: Float32Array, shape: readonly number[]): void {
  const width = shape.at(-1)!;
  for (let start = 0; start < sample.length; start += width) sample.subarray(start, start + width).reverse();
}

/** @throws DataError where a sample has no class */
function refuseUnknown(stream: string, { name, absent }: BoundStream): void {
  if (absent === undefined) return;
  const unknown = absent.filter(Boolean).length;
  throw new DataError(
    `${stream} needs the class of every sample, but ${name} is not known in ${unknown} of ${absent.length} samples`,
    "Save the samples that have a class in a file of their own.",
    { kind: "stream", name: stream },
  );
}

/** For each row of a split, the rows of that split with its class that have the stream. */
function partnersOf(
  classes: BoundStream,
  source: BoundStream,
  splits: Dataset["splits"],
): Map<number, { rows: number[] }> {
  const partners = new Map<number, { rows: number[] }>();
  for (const split of Object.values(splits)) {
    const groups = new Map<number, { rows: number[] }>();
    for (const row of split) {
      const value = classes.values[row]!;
      const group = groups.get(value) ?? { rows: [] };
      groups.set(value, group);
      if (!source.absent?.[row]) group.rows.push(row);
      partners.set(row, group);
    }
  }
  return partners;
}
