/** Groups and arrays of an HDF5 file. An array that cannot be read gives its reason; the others are read. */
import type { Hdf5Node as Node } from "../hdf5-node";
import { sizeOf } from "../../program/program";
import { ofRows, type FileArray, type UnreadArray } from "../reader";
import { beyondDigits } from "./classes";
import { columnOfValues, numbersOf, type Column } from "./columns";
import { isSliced, slicedArray } from "./hdf5-rows";
import { MOST_SHRINKING } from "./inflate";

/** Numbers of an array. */
const MOST_NUMBERS = 2 ** 28;
/** Numbers of the pieces of a small array: they may be larger than it, where it was made to grow. */
const MOST_OF_PIECES = 2 ** 20;
/** How many times as many numbers as an array its pieces may have. */
const MOST_PADDING = 8;

function tried<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

const isGroup = (node: Node): boolean => !("shape" in node);

export const childrenOf = (group: Node): string[] => (tried(() => group.keys) as string[] | undefined) ?? [];

/** The group or array of a name. */
export function nodeAt(group: Node, name: string): Node | undefined {
  return childrenOf(group).includes(name) ? (tried(() => group.get?.(name)) ?? undefined) : undefined;
}

export function groupAt(group: Node, name: string): Node | undefined {
  const node = nodeAt(group, name);
  return node !== undefined && isGroup(node) ? node : undefined;
}

/** An attribute's value; undefined where there is none. */
export const attributeOf = (node: Node, name: string): unknown => tried(() => node.attrs[name]);

/** The numbers of all pieces that cover an array of this shape. */
const paddedSize = (shape: readonly number[], pieces: readonly number[]): number =>
  shape.reduce((size, length, axis) => size * Math.ceil(length / pieces[axis]!) * pieces[axis]!, 1);

interface Values {
  shape: number[];
  values: ArrayLike<unknown>;
  /** Whether they are bytes, as those of pictures are. */
  bytes: boolean;
}

/** The shape of an array; a text where it cannot be right. @throws what the library throws */
function shapeOf(node: Node): number[] | string {
  const shape = (node.shape ?? []).map(Number);
  if (!(sizeOf(shape) <= MOST_NUMBERS)) return `it has ${shape.join(" x ")} numbers, more than are read`;
  if (sizeOf(shape) > MOST_SHRINKING * (node._dataobjects?.fh.byteLength ?? Infinity))
    return `it claims ${shape.join(" x ")} numbers, more than its file can contain`;
  // The library goes through every number of a piece, which a damaged file may claim to be of any size.
  const pieces = node._dataobjects?.chunks ?? shape;
  if (!(paddedSize(shape, pieces) <= MOST_PADDING * Math.max(sizeOf(shape), MOST_OF_PIECES)))
    return `its pieces of ${pieces.join(" x ")} numbers do not fit its shape`;
  return shape;
}

/** The values of an array as they are stored, row-major, and their shape; a text where they cannot be read. */
export function valuesAt(group: Node, name: string): Values | string {
  const node = nodeAt(group, name);
  if (node === undefined) return "it is a link that cannot be followed";
  if (isGroup(node)) return "it is a group, not an array";
  try {
    const shape = shapeOf(node);
    if (typeof shape === "string") return shape;
    if (isReferences(node))
      return "its cells refer to other arrays, as MATLAB's cell arrays do; save one array of numbers";
    const values = written(node, sizeOf(shape));
    if (values === undefined) return "it has no values";
    const beyond = /[iu]8$/.test(String(node.dtype)) ? beyondSafe(values) : undefined;
    if (beyond !== undefined) return beyondDigits(BigInt(beyond));
    // Texts of one width are filled up with zeros.
    if (/S\d*$/.test(String(node.dtype)))
      return { shape, values: Array.from(values, (text) => String(text).replace(/\0+$/, "")), bytes: false };
    return { shape, values, bytes: node.dtype === "<u1" || node.dtype === "|u1" };
  } catch {
    return `it is stored in a way that is not read here${formOf(node)}; save it with h5py's defaults, as numbers`;
  }
}

/** The values of an array. Where it was never written, the library has none: they are the fill value of the file. */
function written(node: Node, size: number): ArrayLike<unknown> | undefined {
  const found = node.value as unknown[];
  // Of an array in pieces that was never written, nothing comes.
  const values = found.length === 0 ? new Array<unknown>(size) : found;
  if (values.length !== size) return undefined;
  const isText = Array.isArray(node.dtype)
    ? node.dtype[0] === "VLEN_STRING"
    : /S\d*$/.test(String(node.dtype));
  const fill = values.includes(undefined) && !isText ? node.fillvalue : "";
  for (let i = 0; i < size; i++) values[i] ??= fill;
  return values;
}

/** A whole number whose digits the library has lost already. */
function beyondSafe(values: ArrayLike<unknown>): number | undefined {
  for (let i = 0; i < values.length; i++)
    if (!Number.isSafeInteger(values[i]) && typeof values[i] === "number") return values[i] as number;
  return undefined;
}

const isReferences = ({ dtype }: Node): boolean => Array.isArray(dtype) && dtype[0] === "REFERENCE";

/** Filters of the registered numbers (https://github.com/HDFGroup/hdf5_plugins) and of h5py. */
const FILTERS = new Map<unknown, string>([
  [4, "SZIP"],
  [5, "N-bit"],
  [6, "scale-offset"],
  [307, "bzip2"],
  [32000, "LZF"],
  [32001, "Blosc"],
  [32004, "LZ4"],
  [32008, "bitshuffle"],
  [32015, "Zstandard"],
  [32026, "Blosc2"],
]);

/** What of it is not read, as far as it is known. */
function formOf(node: Node): string {
  const filters = tried(() => node._dataobjects?.filter_pipeline) ?? [];
  const filter = filters.map((one) => FILTERS.get(one.get("filter_id"))).find((name) => name !== undefined);
  if (filter !== undefined) return ` (${filter})`;
  return tried(() => node.dtype) === undefined
    ? ", as records or complex numbers are"
    : ", such as lists of different lengths, compact arrays or the newest layout";
}

/** An array with one row for each sample. @param turned whether its axes stand in reverse, as MATLAB saves them */
export function arrayAt(group: Node, name: string, turned = false): Column {
  const read = valuesAt(group, name);
  if (typeof read === "string") return { notNumbers: read };
  const { shape, values, bytes } = turned && read.shape.length > 1 ? reversed(read) : read;
  if (bytes) return { shape, dtype: "uint8", values: Uint8Array.from(values as ArrayLike<number>) };
  if (shape.length < 2 || (shape.length === 2 && shape[1] === 1)) {
    const column = columnOfValues(values);
    return "notNumbers" in column ? column : { ...column, shape };
  }
  for (let i = 0; i < values.length; i++)
    if (typeof values[i] !== "number") {
      const column = columnOfValues(values);
      if ("notNumbers" in column || column.words !== undefined)
        return { notNumbers: "notNumbers" in column ? column.notNumbers : "it contains texts" };
      return { ...column, shape };
    }
  return { ...numbersOf(values as ArrayLike<number>), shape };
}

/** The same; of several numbers a row, they are read when they are asked for. */
export function openArrayAt(group: Node, name: string, turned = false): FileArray {
  const node = nodeAt(group, name);
  const found =
    node === undefined || isGroup(node)
      ? undefined
      : // Of what is read by rows, all need not be held.
        tried(() => (isSliced(node) ? node.shape : shapeOf(node)));
  if (
    found === undefined ||
    typeof found === "string" ||
    !NUMBERS.test(tried(() => String(node!.dtype)) ?? "")
  )
    return arrayAt(group, name, turned);
  const shape = turned ? [...found].reverse() : found;
  if (sizeOf(shape.slice(1)) < 2) return arrayAt(group, name, turned);
  if (isSliced(node!)) return slicedArray(node, turned);
  return unread(shape, () => arrayAt(group, name, turned));
}

/** An array of several numbers a row, read as a whole when it is asked for. */
const unread = (shape: number[], read: () => Column): UnreadArray => ({
  shape,
  dtype: "float32",
  read: (rows) => Promise.resolve(ofRows(read(), rows)),
});

/** Types whose values are numbers, as the library writes them. */
const NUMBERS = /^[<>|][fiu][1248]$/;

/** The same array with its axes in reverse. */
function reversed({ shape, values, bytes }: Values): Values {
  const turned = [...shape].reverse();
  // Place of a step along each axis of the result in what is stored.
  const strides = turned.map((_, axis) => sizeOf(shape.slice(shape.length - axis)));
  const index = turned.map(() => 0);
  const out = new Array<unknown>(values.length);
  let at = 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = values[at];
    for (let axis = turned.length - 1; axis >= 0; axis--) {
      at += strides[axis]!;
      if (++index[axis]! < turned[axis]!) break;
      at -= strides[axis]! * turned[axis]!;
      index[axis] = 0;
    }
  }
  return { shape: turned, values: out, bytes };
}
