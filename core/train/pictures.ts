/** Samples as pictures for people: rows of bytes. */
import { sizeOf } from "../program/program";
import type { BoundStream } from "../data/bind";
import { copyRows } from "../data/rows";
import type { Pictures } from "./protocol";

/** A larger vocabulary is no picture. */
const MOST_WORDS = 256;

/**
 * Height and width at which a sample is drawn: its own for images, else one row; of a text one place for each word of the
 * vocabulary. Channels are averaged.
 */
function layout(stream: BoundStream): { height: number; width: number; planes: number } {
  const { shape } = stream;
  if (stream.kind.name === "text") return { planes: 1, height: 1, width: stream.classes! };
  if (stream.kind.name === "image") return { planes: shape[0]!, height: shape[1]!, width: shape[2]! };
  if (stream.kind.name === "audio") return { planes: 1, height: shape[0]!, width: shape[1]! };
  // Frames, and the channels of each, one below the other.
  if (stream.kind.name === "video")
    return { planes: 1, height: shape[0]! * shape[1]! * shape[2]!, width: shape[3]! };
  return { planes: 1, height: 1, width: sizeOf(shape) };
}

/** Whether the stream can be drawn: it holds numbers, or words of a small vocabulary. */
export const drawable = (stream: BoundStream): boolean =>
  !(stream.values instanceof Int32Array) || (stream.kind.name === "text" && stream.classes! <= MOST_WORDS);

/**
 * Pictures of the stream's `rows` and, where given, of their reconstructions [rows, size]. Images and video are drawn from 0 (black)
 * to 1 (white); other kinds between the least and the largest value of the originals. Of a text, the share of
 * each word is drawn.
 */
export function drawPictures(
  stream: BoundStream,
  rows: Int32Array,
  reconstruction?: ArrayLike<number>,
): Pictures {
  const { height, width, planes } = layout(stream);
  const size = height * width * planes;
  const original = new Float32Array(rows.length * size);
  copyRows(stream, rows, original);
  if (stream.kind.name === "text") toShares(original, size);
  const [least, largest] =
    stream.kind.name === "image" || stream.kind.name === "video" ? [0, 1] : extent(original);
  const draw = (values: ArrayLike<number>): Uint8Array => {
    const pixels = height * width;
    const bytes = new Uint8Array(rows.length * pixels);
    for (let i = 0; i < rows.length; i++) {
      for (let pixel = 0; pixel < pixels; pixel++) {
        let sum = 0;
        for (let plane = 0; plane < planes; plane++) sum += values[i * size + plane * pixels + pixel]!;
        const level = (sum / planes - least) / (largest - least || 1);
        bytes[i * pixels + pixel] = Math.round(255 * Math.min(1, Math.max(0, level)));
      }
    }
    return bytes;
  };
  return {
    stream: stream.name,
    count: rows.length,
    height,
    width,
    original: draw(original),
    ...(reconstruction ? { reconstruction: draw(reconstruction) } : {}),
  };
}

/** Counts of words as shares of the words of their row. */
function toShares(counts: Float32Array, size: number): void {
  for (let start = 0; start < counts.length; start += size) {
    const row = counts.subarray(start, start + size);
    const words = row.reduce((sum, count) => sum + count, 0);
    row.forEach((count, i) => (row[i] = count / Math.max(1, words)));
  }
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
