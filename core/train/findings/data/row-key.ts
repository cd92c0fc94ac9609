import type { BoundStream } from "../../../data/bind";
import { sizeOf } from "../../../program/program";

/** A number of 32 bits from the values of a row; rows that differ have different ones, but for chance. */
export function rowKey(streams: readonly BoundStream[], row: number): number {
  let state = 0x811c9dc5;
  for (const { values, shape } of streams) {
    const width = sizeOf(shape);
    const bits = values instanceof Float32Array ? new Int32Array(values.buffer, values.byteOffset) : values;
    for (let i = row * width; i < (row + 1) * width; i++) {
      state = Math.imul(state ^ bits[i]!, 0x01000193);
      state ^= state >>> 15;
    }
  }
  return state;
}

/** The rows that have all of these streams. */
export const rowsWithAll = (streams: readonly BoundStream[], rows: Int32Array): Int32Array =>
  streams.some(({ absent }) => absent)
    ? rows.filter((row) => !streams.some(({ absent }) => absent?.[row]))
    : rows;
