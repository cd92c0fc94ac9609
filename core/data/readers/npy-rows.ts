/** Numbers of an array of numpy's: all, or those of some rows. */
import { sizeOf } from "../../program/program";
import type { NotNumbers, NumberArray } from "../reader";
import type { ByteRange, Content } from "./content";
import { mergedIn, rowsLookedAt } from "./merged";
import type { Header } from "./npy-header";
import { Kept, numbersOf, type NumpyType } from "./npy-numbers";

/** Where some rows of `width` bytes are: those that follow one another as one range. */
function* rangesOf(start: number, width: number, rows: Int32Array): Generator<ByteRange> {
  for (let i = 0; i < rows.length;) {
    let last = i;
    while (last + 1 < rows.length && rows[last + 1] === rows[last]! + 1) last++;
    yield { start: start + rows[i]! * width, end: start + (rows[last]! + 1) * width };
    i = last + 1;
  }
}

/** The bytes of an array, of some of its rows where these are given: all are read with the header, as a checksum has them. */
export function bytesOfRows(
  content: Content,
  { start }: Header,
  width: number,
  rows: Int32Array | undefined,
): AsyncIterable<Uint8Array> {
  return rows === undefined
    ? after(content.pieces([{ start: 0, end: content.size }]), start)
    : content.pieces(rangesOf(start, width, rows));
}

/** Pieces without their first bytes. */
async function* after(pieces: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const piece of pieces) {
    if (left < piece.length) yield left === 0 ? piece : piece.subarray(left);
    left = Math.max(0, left - piece.length);
  }
}

interface Encoding {
  type: NumpyType;
  code: string;
  big: boolean;
}

/** Numbers of an array, of some of its rows where these are given. */
export async function readNumbers(
  content: Content,
  header: Header,
  encoding: Encoding,
  rows: Int32Array | undefined,
): Promise<NumberArray | NotNumbers> {
  const { shape, fortran } = header;
  const width = sizeOf(shape.slice(1));
  // One axis, or one number a row, is the same in both orders.
  const turned = fortran && shape.length > 1 && width > 1;
  const wanted = turned || rows?.length === shape[0] ? undefined : rows;
  const bytes = bytesOfRows(content, header, width * encoding.type.size, wanted);
  const own = rows === undefined ? shape : [rows.length, ...shape.slice(1)];
  return keep(bytes, encoding, { shape: own, ...(turned && { order: fortranOrder(shape, rows) }) });
}

/** Where numbers go: the row and the place within it of each, in the order in which they are saved. */
type Order = (number: number) => number;

/** Numbers of an array that is saved with its first index fastest. @returns -1 for those of rows that are not wanted */
function fortranOrder(shape: readonly number[], rows: Int32Array | undefined): Order {
  const [samples = 1, ...inner] = shape;
  const width = sizeOf(inner);
  const places = fortranPlaces(inner);
  const target = rows && new Int32Array(samples).fill(-1);
  rows?.forEach((row, i) => (target![row] = i));
  return (number) => {
    const row = number % samples;
    const to = target === undefined ? row : target[row]!;
    return to < 0 ? -1 : to * width + places[Math.floor(number / samples)]!;
  };
}

/** The row-major place of each element, in the order of a walk with the first index fastest. */
function fortranPlaces(shape: readonly number[]): Int32Array {
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const index = shape.map(() => 0);
  return Int32Array.from({ length: sizeOf(shape) }, () => {
    const place = index.reduce((sum, at, axis) => sum + at * strides[axis]!, 0);
    for (let axis = 0; axis < shape.length && ++index[axis]! === shape[axis]; axis++) index[axis] = 0;
    return place;
  });
}

/** Numbers of these bytes as an array. */
export async function keep(
  bytes: AsyncIterable<Uint8Array>,
  { type, code, big }: Encoding,
  { shape, order }: { shape: number[]; order?: Order },
): Promise<NumberArray | NotNumbers> {
  const kept = new Kept(type, sizeOf(shape));
  // Only numbers that are saved with more digits than a float32 has can lose some.
  const digits = type.size > 2 && code !== "f4";
  const looked = new Float64Array(digits ? rowsLookedAt(shape) * sizeOf(shape.slice(1)) : 0);
  let at = 0;
  for await (const numbers of numbersOf(bytes, type, big)) {
    const start = at;
    const placeOf: Order = (i) => (order === undefined ? start + i : order(start + i));
    if (order === undefined) kept.put(numbers, at);
    else kept.scatter(numbers, placeOf);
    if (order !== undefined || at < looked.length)
      for (let i = 0; i < numbers.length; i++) looked[placeOf(i)] = numbers[i]!;
    at += numbers.length;
  }
  if (kept.beyond !== undefined)
    return {
      notNumbers: `it contains whole numbers beyond 2^53, such as ${BigInt(kept.beyond)}, whose digits would be lost`,
    };
  const { dtype, values } = kept;
  const merged = digits && dtype === "float32" ? mergedIn((i) => looked[i]!, shape) : undefined;
  return { shape, dtype, values, ...(merged && { merged }) };
}
