import { sizeOf } from "../../program/program";
import type { FieldType, FieldValues } from "../dataset";
import { whole, type DataReader, type NumberArray } from "../reader";
import { classesOf } from "./classes";
import { countOf, damaged, unsupported, viewOf, type DataFile } from "./file";
import { mergedIn } from "./merged";

type Read = (view: DataView, offset: number, little: boolean) => number;

/** How one number of each numpy type is read, and the type it is kept as. Whole numbers beyond int32 become float32. */
const TYPES: Readonly<Record<string, { size: number; dtype: FieldType; read: Read }>> = {
  f2: { size: 2, dtype: "float32", read: (view, at, little) => halfToNumber(view.getUint16(at, little)) },
  f4: { size: 4, dtype: "float32", read: (view, at, little) => view.getFloat32(at, little) },
  f8: { size: 8, dtype: "float32", read: (view, at, little) => view.getFloat64(at, little) },
  u1: { size: 1, dtype: "uint8", read: (view, at) => view.getUint8(at) },
  b1: { size: 1, dtype: "uint8", read: (view, at) => view.getUint8(at) },
  u2: { size: 2, dtype: "int32", read: (view, at, little) => view.getUint16(at, little) },
  u4: { size: 4, dtype: "int32", read: (view, at, little) => view.getUint32(at, little) },
  u8: { size: 8, dtype: "int32", read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  i1: { size: 1, dtype: "int32", read: (view, at) => view.getInt8(at) },
  i2: { size: 2, dtype: "int32", read: (view, at, little) => view.getInt16(at, little) },
  i4: { size: 4, dtype: "int32", read: (view, at, little) => view.getInt32(at, little) },
  i8: { size: 8, dtype: "int32", read: (view, at, little) => Number(view.getBigInt64(at, little)) },
};

/** What arrays of other types contain, by the first letter of the type's code. */
const NOT_NUMBERS: Readonly<Record<string, string>> = {
  O: "Python objects, such as rows of different lengths",
  U: "text",
  S: "text",
  c: "complex numbers",
  M: "dates",
  m: "durations",
};

/** Whether the bytes begin as a .npy file does. */
export function isNpy(bytes: Uint8Array): boolean {
  return bytes[0] === 0x93 && String.fromCharCode(...bytes.subarray(1, 6)) === "NUMPY";
}

export const npy: DataReader = {
  id: "npy",
  title: "NumPy array (`.npy`)",
  doc: "One field, named after the file.",
  limits: "Real, whole and truth numbers of either byte order, in C or Fortran order.",
  example: {
    python: 'numpy.save("pictures.npy", pictures)',
    spec: [
      'data "pictures.npy" { labels = "labels.npy" }',
      "modality picture : image(28, 28) = pictures",
      "observe label : label(10)",
    ].join("\n"),
  },
  recognises: isNpy,
  arrays: async (source) => new Map([[stem(source.uri), readNpy(await whole(source))]]),
};

/** "digits/train.npy.gz" -> "train". */
const stem = (uri: string): string => uri.split(/[\\/]/).at(-1)!.split(".")[0]! || "values";

/**
 * Reads an array in numpy's .npy format, versions 1 to 3 (numpy.lib.format): real, whole and truth numbers of either
 * byte order, in C or Fortran order.
 * @returns the array, or `notNumbers` naming its type instead
 * @throws DataError when it is cut short or damaged
 */
export function readNpy(file: DataFile): NumberArray | { notNumbers: string } {
  const { bytes } = file;
  const view = viewOf(bytes);
  if (!isNpy(bytes) || bytes.length < 12) throw damaged(file, "it does not begin as a .npy array does");
  const long = bytes[6]! > 1;
  const start = (long ? 12 : 10) + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > bytes.length) throw damaged(file, "its header is cut short");
  const header = new TextDecoder().decode(bytes.subarray(long ? 12 : 10, start));
  const shapeText = /'shape':\s*\(([\d,\sL]*)\)/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const description = /'descr':\s*('[^']*'|\[)/.exec(header)?.[1];
  if (shapeText === undefined || order === undefined || description === undefined) {
    throw damaged(file, "its header does not say shape, order and type");
  }
  const [, byteOrder, code] = /^'([<>|=])?(\w+)'$/.exec(description) ?? [];
  const type = code !== undefined && Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
  if (type === undefined) {
    const texts =
      code === undefined ? undefined : textsOf(file, { start, code, shapeText, little: byteOrder !== ">" });
    if (texts !== undefined) return classesOf(texts);
    if (description === "[")
      return { notNumbers: "it contains records; save each of their fields as an array" };
    const kind = code === undefined ? undefined : NOT_NUMBERS[code[0]!];
    const what = kind === undefined ? "" : `${kind}, `;
    return { notNumbers: `it contains ${what}numpy's type ${description}` };
  }
  const shape = (shapeText.match(/\d+/g) ?? []).map(Number);
  const count = countOf(file, shape);
  const rest = bytes.subarray(start + count * type.size);
  if (isNpy(rest)) {
    throw unsupported(
      file,
      "it holds more than one array",
      "Save one array a file, or several in one archive with numpy.savez.",
    );
  }
  if (bytes.length - start !== count * type.size) {
    throw damaged(
      file,
      `${shape.join(" x ")} numbers of ${type.size} bytes need ${count * type.size} bytes, there are ${bytes.length - start}`,
    );
  }
  const places = order === "True" ? fortranPlaces(shape) : undefined;
  const little = byteOrder !== ">";
  const numbers = readNumbers(view, start, count, type, little, places);
  // Only numbers that were saved with more digits can lose some.
  const merged =
    numbers.dtype === "float32" && type.size > 2 && code !== "f4"
      ? mergedIn((i) => type.read(view, start + type.size * (places ? places[i]! : i), little), shape)
      : undefined;
  return { shape, ...numbers, ...(merged && { merged }) };
}

/** The texts of an array of one for each sample: `U` is UTF-32, `S` bytes, both padded with zeros; undefined for others. */
function textsOf(
  file: DataFile,
  { start, code, shapeText, little }: { start: number; code: string; shapeText: string; little: boolean },
): string[] | undefined {
  const [, kind, width] = /^([US])(\d+)$/.exec(code) ?? [];
  const shape = (shapeText.match(/\d+/g) ?? []).map(Number);
  const samples = shape[0] ?? 0;
  if (kind === undefined || shape.some((length, axis) => axis > 0 && length !== 1)) return undefined;
  const letters = Number(width);
  const size = letters * (kind === "U" ? 4 : 1);
  const { bytes } = file;
  if (bytes.length - start !== countOf(file, [samples]) * size)
    throw damaged(
      file,
      `${samples} texts of ${size} bytes need ${samples * size} bytes, there are ${bytes.length - start}`,
    );
  const view = viewOf(bytes);
  const letter = (at: number): string =>
    String.fromCodePoint(Math.min(kind === "U" ? view.getUint32(at, little) : view.getUint8(at), 0x10ffff));
  return Array.from({ length: samples }, (_, row) =>
    Array.from({ length: letters }, (_, i) => letter(start + row * size + (i * size) / Math.max(1, letters)))
      .join("")
      .replace(/\0+$/, ""),
  );
}

/** Reads `count` numbers of a type; number `i` stands at place `places[i]`. */
function readNumbers(
  view: DataView,
  start: number,
  count: number,
  { size, dtype, read }: { size: number; dtype: FieldType; read: Read },
  little: boolean,
  places: Int32Array | undefined,
): { dtype: FieldType; values: FieldValues } {
  const make = { float32: Float32Array, uint8: Uint8Array, int32: Int32Array }[dtype];
  const values = new make(count);
  for (let i = 0; i < count; i++) {
    const value = read(view, start + size * (places ? places[i]! : i), little);
    values[i] = value;
    if (dtype === "int32" && values[i] !== value) {
      return readNumbers(view, start, count, { size, dtype: "float32", read }, little, places);
    }
  }
  return { dtype, values };
}

/** Where each element of a row-major walk stands in an array stored first index fastest. */
function fortranPlaces(shape: readonly number[]): Int32Array {
  const places = new Int32Array(sizeOf(shape));
  const index = shape.map(() => 0);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  let place = 0;
  for (let i = 0; i < places.length; i++) {
    places[i] = place;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]!++;
      place += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      place -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return places;
}

/** A half-precision float (IEEE 754 binary16) from its bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
