/** Samples as people see them: pictures as bytes, texts as words. */
import { sizeOf } from "../program/program";
import type { BoundStream } from "../data/bind";
import { copyRows } from "../data/rows";
import type { Pictures, Samples, Texts } from "./shown";

/**
 * Samples of the stream's `rows` and, where given, of their reconstructions [rows, size]. None of a label: a class has no
 * look of its own.
 */
export function shownSamples(
  stream: BoundStream,
  rows: Int32Array,
  reconstruction?: ArrayLike<number>,
): Samples[] {
  if (stream.kind.name === "text") return [texts(stream, rows, reconstruction)];
  if (stream.values instanceof Int32Array) return [];
  return [pictures(stream, rows, reconstruction)];
}

/** Height and width at which a sample is drawn, and its channels: its own for images and frames, else one row. */
function layout({ kind, shape }: BoundStream): {
  frames: number;
  planes: number;
  height: number;
  width: number;
} {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  if (kind.name === "image") return { frames: 1, planes: a, height: b, width: c };
  // Frames are drawn one below the other.
  if (kind.name === "video") return { frames: a, planes: b, height: c, width: d };
  if (kind.name === "audio") return { frames: 1, planes: 1, height: a, width: b };
  return { frames: 1, planes: 1, height: 1, width: sizeOf(shape) };
}

/**
 * Images and video are drawn from 0 (black) to 1 (white), three channels as red, green and blue, any other number of them
 * as their mean; other kinds between the least and the largest value of the originals.
 */
function pictures(stream: BoundStream, rows: Int32Array, reconstruction?: ArrayLike<number>): Pictures {
  const { frames, planes, height, width } = layout(stream);
  const channels = planes === 3 ? 3 : 1;
  const pixels = height * width;
  const size = frames * planes * pixels;
  const original = new Float32Array(rows.length * size);
  copyRows(stream, rows, original);
  asStored(stream, original);
  const [least, largest] =
    stream.kind.name === "image" || stream.kind.name === "video" ? [0, 1] : extent(original);
  const byte = (value: number): number =>
    Math.round(255 * Math.min(1, Math.max(0, (value - least) / (largest - least || 1))));
  const draw = (values: ArrayLike<number>): Uint8Array => {
    const bytes = new Uint8Array(rows.length * frames * pixels * channels);
    for (let frame = 0; frame < rows.length * frames; frame++)
      for (let pixel = 0; pixel < pixels; pixel++) {
        const from = frame * planes * pixels + pixel;
        const to = (frame * pixels + pixel) * channels;
        if (channels === 3)
          for (let plane = 0; plane < 3; plane++) bytes[to + plane] = byte(values[from + plane * pixels]!);
        else {
          let sum = 0;
          for (let plane = 0; plane < planes; plane++) sum += values[from + plane * pixels]!;
          bytes[to] = byte(sum / planes);
        }
      }
    return bytes;
  };
  return {
    kind: "pictures",
    stream: stream.name,
    count: rows.length,
    height: frames * height,
    width,
    channels,
    original: draw(original),
    ...(reconstruction ? { reconstruction: draw(asStored(stream, Float32Array.from(reconstruction))) } : {}),
  };
}

/** Values as they are in the data, in place: what the stream's transforms did is undone, but for what `clip` and `fill` did. */
function asStored({ fitted = [] }: BoundStream, values: Float32Array): Float32Array {
  for (const one of fitted.toReversed()) one.back?.(values);
  return values;
}

/**
 * A text in its own order. Its decoder gives the share of each word and no order, so a reconstruction is the likeliest
 * words, as many as the text has.
 */
function texts(stream: BoundStream, rows: Int32Array, shares?: ArrayLike<number>): Texts {
  const length = sizeOf(stream.shape);
  const vocabulary = stream.classes!;
  const wordOf = (number: number): string => stream.words?.[number] ?? `#${number}`;
  const numbers = Array.from(rows, (row) =>
    Array.from(stream.values.subarray(row * length, (row + 1) * length)).filter((word) => word < vocabulary),
  );
  const likeliest = (i: number): string =>
    Array.from({ length: vocabulary }, (_, word) => word)
      .sort((a, b) => shares![i * vocabulary + b]! - shares![i * vocabulary + a]!)
      .slice(0, numbers[i]!.length)
      .map(wordOf)
      .join(" ");
  return {
    kind: "texts",
    stream: stream.name,
    original: numbers.map((words) => words.map(wordOf).join(" ")),
    ...(shares ? { reconstruction: numbers.map((_, i) => likeliest(i)) } : {}),
  };
}

function extent(values: Float32Array): [number, number] {
  let least = Infinity;
  let largest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  return [least, largest];
}
