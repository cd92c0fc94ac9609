/** Samples as pictures for people: rows of bytes. */
import { sizeOf } from "../program/program";
import type { BoundStream } from "../data/bind";
import type { Pictures } from "./protocol";

/** Height and width at which a sample is drawn: its own for images, else one row. Channels are averaged. */
function layout(stream: BoundStream): { height: number; width: number; planes: number } {
  const { shape } = stream;
  if (stream.kind.name === "image") return { planes: shape[0]!, height: shape[1]!, width: shape[2]! };
  if (stream.kind.name === "audio") return { planes: 1, height: shape[0]!, width: shape[1]! };
  // Frames, and the channels of each, one below the other.
  if (stream.kind.name === "video")
    return { planes: 1, height: shape[0]! * shape[1]! * shape[2]!, width: shape[3]! };
  return { planes: 1, height: 1, width: sizeOf(shape) };
}

/** Whether the stream can be drawn: it holds numbers, not classes or words. */
export const drawable = (stream: BoundStream): boolean => stream.values instanceof Float32Array;

/**
 * Pictures of the stream's `rows` and, where given, of their reconstructions [rows, size]. Images and video are drawn from 0 (black)
 * to 1 (white); other kinds between the least and the largest value of the originals.
 */
export function drawPictures(
  stream: BoundStream,
  rows: Int32Array,
  reconstruction?: ArrayLike<number>,
): Pictures {
  const { height, width, planes } = layout(stream);
  const size = sizeOf(stream.shape);
  const original = new Float32Array(rows.length * size);
  rows.forEach((row, i) => original.set(stream.values.subarray(row * size, (row + 1) * size), i * size));
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

function extent(values: Float32Array): [number, number] {
  let least = Infinity;
  let largest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  return [least, largest];
}
