/** Samples of a stream as networks and likelihoods read them. */
import { sizeOf } from "../program/program";
import type { BoundStream } from "./bind";

/**
 * Writes `rows` of the stream into `out`, one after another. Where `out` is float32, a class becomes a one-hot row and a
 * text the counts of its words, as wide as `out` has room for each row; words by number are int32.
 */
export function copyRows(
  stream: BoundStream,
  rows: ArrayLike<number> & Iterable<number>,
  out: Float32Array | Int32Array,
): void {
  const { values } = stream;
  stream.makeRows?.(rows);
  const width = out.length / rows.length;
  if (values instanceof Int32Array && out instanceof Float32Array) {
    out.fill(0);
    const size = sizeOf(stream.shape);
    for (let i = 0; i < rows.length; i++)
      for (let at = rows[i]! * size; at < (rows[i]! + 1) * size; at++) {
        // Past the vocabulary: no word stands there.
        if (values[at]! < width) out[i * width + values[at]!]!++;
      }
    return;
  }
  for (let i = 0; i < rows.length; i++) copyValues(stream, rows[i]! * width, width, out, i * width);
}

/** Writes `count` of the stream's values that are there, from `start` on, into `out` from `at` on; bytes as numbers from 0 to 1. */
export function copyValues(
  { values }: Pick<BoundStream, "values">,
  start: number,
  count: number,
  out: Float32Array | Int32Array,
  at: number,
): void {
  if (!(values instanceof Uint8Array)) return out.set(values.subarray(start, start + count), at);
  for (let i = 0; i < count; i++) out[at + i] = values[start + i]! * (1 / 255);
}
