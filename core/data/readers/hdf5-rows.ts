/** Rows of an array of an HDF5 file, where a library reads it by range. */
import { sizeOf } from "../../program/program";
import type { Hdf5Node } from "../hdf5-node";
import type { FieldValues } from "../dataset";
import type { NotNumbers, NumberArray, UnreadArray } from "../reader";
import { numbersOf } from "./columns";

/** Numbers that are read at once. */
const BLOCK = 2 ** 22;

type Sliced = Hdf5Node & Required<Pick<Hdf5Node, "slice" | "shape">>;

/** Whether its rows can be read alone; an array of `jsfive`, which is one of JavaScript's too, has another `slice`. */
export const isSliced = (node: Hdf5Node): node is Sliced => node.slice !== undefined && !Array.isArray(node);

/**
 * An array of several numbers a row, of which the rows that are asked for are read.
 * @param turned whether its axes are in reverse, as MATLAB saves them
 */
export function slicedArray(node: Sliced, turned: boolean): UnreadArray {
  const shape = turned ? [...node.shape].reverse() : node.shape;
  return {
    shape,
    dtype: /u1$/.test(String(node.dtype)) ? "uint8" : "float32",
    read: (rows) => Promise.resolve(read(node, shape, turned, rows)),
  };
}

function read(
  node: Sliced,
  shape: readonly number[],
  turned: boolean,
  asked: Int32Array | undefined,
): NumberArray | NotNumbers {
  const [all = 0, ...inner] = shape;
  const rows = asked ?? Int32Array.from({ length: all }, (_, row) => row);
  const width = sizeOf(inner);
  const into = valuesFor(String(node.dtype), rows.length * width);
  // Where each number of a row is in what is read: along the last axis, whose rows are beside each other, in MATLAB's order.
  const order = turned ? turnedPlaces(inner) : undefined;
  const step = Math.max(1, Math.floor(BLOCK / width));
  try {
    for (let at = 0; at < rows.length;) {
      const start = rows[at]!;
      const end = Math.min(all, start + step);
      let next = at;
      while (next < rows.length && rows[next]! < end) next++;
      const last = rows[next - 1]! + 1;
      const found = node.slice(turned ? shape.length - 1 : 0, start, last) as ArrayLike<number>;
      const many = last - start;
      for (; at < next; at++) {
        const row = rows[at]! - start;
        for (let i = 0; i < width; i++)
          into[at * width + i] = found[order === undefined ? row * width + i : order[i]! * many + row]!;
      }
    }
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    return { notNumbers: `it cannot be read (${why})` };
  }
  const shapeRead = [rows.length, ...inner];
  return into instanceof Float64Array
    ? { ...numbersOf(into), shape: shapeRead }
    : { shape: shapeRead, dtype: dtypeOf(into), values: into };
}

/** Numbers that keep what is stored; of more than four bytes as they are before it is known whether they fit. */
function valuesFor(dtype: string, size: number): FieldValues | Float64Array {
  if (/u1$/.test(dtype)) return new Uint8Array(size);
  if (/i[124]$|u2$/.test(dtype)) return new Int32Array(size);
  return /f[24]$/.test(dtype) ? new Float32Array(size) : new Float64Array(size);
}

const dtypeOf = (values: FieldValues): NumberArray["dtype"] =>
  values instanceof Float32Array ? "float32" : values instanceof Int32Array ? "int32" : "uint8";

/** For each number of a row of this shape, its place where the axes are in reverse. */
function turnedPlaces(inner: readonly number[]): Int32Array {
  return Int32Array.from({ length: sizeOf(inner) }, (_, i) => {
    let [rest, place, stride] = [i, 0, sizeOf(inner)];
    for (let axis = inner.length - 1; axis >= 0; axis--) {
      const length = inner[axis]!;
      stride /= length;
      place += (rest % length) * stride;
      rest = Math.floor(rest / length);
    }
    return place;
  });
}
