/** Numbers of numpy's types, from bytes in blocks straight to where they are kept. */
import type { FieldType, FieldValues } from "../dataset";

/** How numbers of a numpy type are saved and kept. Whole numbers beyond int32 become float32. */
export interface NumpyType {
  size: number;
  dtype: FieldType;
  /** The numbers of bytes in the order of this machine. */
  decode(block: ArrayBuffer, count: number): ArrayLike<number>;
}

/** By numpy's code. */
export const TYPES: Readonly<Record<string, NumpyType>> = {
  f2: { size: 2, dtype: "float32", decode: halves },
  f4: { size: 4, dtype: "float32", decode: (block, count) => new Float32Array(block, 0, count) },
  f8: { size: 8, dtype: "float32", decode: (block, count) => new Float64Array(block, 0, count) },
  u1: { size: 1, dtype: "uint8", decode: (block, count) => new Uint8Array(block, 0, count) },
  b1: { size: 1, dtype: "uint8", decode: (block, count) => new Uint8Array(block, 0, count) },
  u2: { size: 2, dtype: "int32", decode: (block, count) => new Uint16Array(block, 0, count) },
  u4: { size: 4, dtype: "int32", decode: (block, count) => new Uint32Array(block, 0, count) },
  u8: { size: 8, dtype: "int32", decode: (block, count) => longs(block, count, false) },
  i1: { size: 1, dtype: "int32", decode: (block, count) => new Int8Array(block, 0, count) },
  i2: { size: 2, dtype: "int32", decode: (block, count) => new Int16Array(block, 0, count) },
  i4: { size: 4, dtype: "int32", decode: (block, count) => new Int32Array(block, 0, count) },
  i8: { size: 8, dtype: "int32", decode: (block, count) => longs(block, count, true) },
};

/** Bytes that are decoded at once; a multiple of every size. */
const BLOCK = 2 ** 16;

/**
 * The numbers of a type in pieces of bytes that follow one another, block by block; a block is overwritten by the next.
 * @param big whether the most significant byte comes first
 */
export async function* numbersOf(
  pieces: AsyncIterable<Uint8Array>,
  { size, decode }: NumpyType,
  big: boolean,
): AsyncGenerator<ArrayLike<number>> {
  const block = new ArrayBuffer(BLOCK);
  const bytes = new Uint8Array(block);
  let filled = 0;
  const decoded = (): ArrayLike<number> => {
    if (big && size > 1) swap(bytes.subarray(0, filled), size);
    return decode(block, filled / size);
  };
  for await (const piece of pieces)
    for (let at = 0; at < piece.length;) {
      const take = Math.min(BLOCK - filled, piece.length - at);
      bytes.set(piece.subarray(at, at + take), filled);
      filled += take;
      at += take;
      if (filled < BLOCK) continue;
      yield decoded();
      filled = 0;
    }
  if (filled > 0) yield decoded();
}

function swap(bytes: Uint8Array, size: number): void {
  for (let start = 0; start < bytes.length; start += size) bytes.subarray(start, start + size).reverse();
}

/** Collects numbers: whole ones become float32 from the first on that int32 does not hold. */
export class Kept {
  values: FieldValues;
  dtype: FieldType;
  /** A whole number whose digits a float64 does not hold. */
  beyond: number | undefined;

  constructor(type: NumpyType, count: number) {
    this.dtype = type.dtype;
    this.values = new { float32: Float32Array, uint8: Uint8Array, int32: Int32Array }[type.dtype](count);
  }

  /** Keeps numbers from a place on. */
  put(numbers: ArrayLike<number>, at: number): void {
    this.widen(numbers);
    this.values.set(numbers, at);
  }

  /** Keeps each number at its own place; below 0, not at all. */
  scatter(numbers: ArrayLike<number>, placeOf: (i: number) => number): void {
    this.widen(numbers);
    for (let i = 0; i < numbers.length; i++) {
      const place = placeOf(i);
      if (place >= 0) this.values[place] = numbers[i]!;
    }
  }

  private widen(numbers: ArrayLike<number>): void {
    if (this.dtype === "int32" && !fitInt32(numbers)) {
      this.dtype = "float32";
      this.values = new Float32Array(this.values);
    }
    if (this.beyond === undefined && numbers instanceof Whole) this.beyond = beyond(numbers);
  }
}

/** Whole numbers of eight bytes. */
class Whole extends Float64Array {}

const fitInt32 = (numbers: ArrayLike<number>): boolean => {
  if (!(numbers instanceof Uint32Array || numbers instanceof Whole)) return true;
  for (let i = 0; i < numbers.length; i++) if ((numbers[i]! | 0) !== numbers[i]) return false;
  return true;
};

const beyond = (numbers: Whole): number | undefined =>
  numbers.find((number) => Math.abs(number) > Number.MAX_SAFE_INTEGER);

/** Whole numbers of eight bytes, from their halves: as exact as a float64 is, and far quicker than by way of BigInt. */
function longs(block: ArrayBuffer, count: number, signed: boolean): Whole {
  const low = new Uint32Array(block);
  const high = signed ? new Int32Array(block) : low;
  const numbers = new Whole(count);
  for (let i = 0; i < count; i++) numbers[i] = high[2 * i + 1]! * 2 ** 32 + low[2 * i]!;
  return numbers;
}

let halfTable: Float32Array | undefined;

function halves(block: ArrayBuffer, count: number): Float32Array {
  const table = (halfTable ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => halfToNumber(bits)));
  const bits = new Uint16Array(block);
  const numbers = new Float32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = table[bits[i]!]!;
  return numbers;
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
