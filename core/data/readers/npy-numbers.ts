/** Numbers of numpy's types, from bytes in blocks straight to where they are kept. */
import { ARRAYS, type FieldType, type FieldValues } from "../dataset";

/** Numbers of a block. */
export type Numbers =
  Float32Array | Float64Array | Uint8Array | Uint16Array | Uint32Array | Int8Array | Int16Array | Int32Array;

/** How numbers of a numpy type are saved and kept. Whole numbers beyond int32 become float32. */
export interface NumpyType {
  size: number;
  dtype: FieldType;
  /** Whether they are kept in the very bytes in which they are saved, up to the order of these. */
  asSaved?: true;
  /**
   * The numbers of bytes in the order of this machine, from a place of a buffer on.
   * @param spare where they may be put, if they are other numbers than the bytes are
   */
  decode(bytes: ArrayBufferLike, start: number, count: number, spare: ArrayBuffer): Numbers;
}

/** By numpy's code. */
export const TYPES: Readonly<Record<string, NumpyType>> = {
  f2: { size: 2, dtype: "float32", decode: halves },
  f4: {
    size: 4,
    dtype: "float32",
    asSaved: true,
    decode: (bytes, start, count) => new Float32Array(bytes, start, count),
  },
  f8: { size: 8, dtype: "float32", decode: (bytes, start, count) => new Float64Array(bytes, start, count) },
  u1: {
    size: 1,
    dtype: "uint8",
    asSaved: true,
    decode: (bytes, start, count) => new Uint8Array(bytes, start, count),
  },
  b1: {
    size: 1,
    dtype: "uint8",
    asSaved: true,
    decode: (bytes, start, count) => new Uint8Array(bytes, start, count),
  },
  u2: { size: 2, dtype: "int32", decode: (bytes, start, count) => new Uint16Array(bytes, start, count) },
  u4: { size: 4, dtype: "int32", decode: (bytes, start, count) => new Uint32Array(bytes, start, count) },
  u8: {
    size: 8,
    dtype: "int32",
    decode: (bytes, start, count, spare) => longs(bytes, start, count, spare, false),
  },
  i1: { size: 1, dtype: "int32", decode: (bytes, start, count) => new Int8Array(bytes, start, count) },
  i2: { size: 2, dtype: "int32", decode: (bytes, start, count) => new Int16Array(bytes, start, count) },
  i4: {
    size: 4,
    dtype: "int32",
    asSaved: true,
    decode: (bytes, start, count) => new Int32Array(bytes, start, count),
  },
  i8: {
    size: 8,
    dtype: "int32",
    decode: (bytes, start, count, spare) => longs(bytes, start, count, spare, true),
  },
};

/** Bytes that are decoded at once; a multiple of every size. */
const BLOCK = 2 ** 16;
/** Bytes that the numbers of a block take, decoded: those of two bytes take four. */
const DECODED = 2 * BLOCK;

/**
 * The numbers of a type in pieces of bytes that follow one another, block by block; a block is overwritten by the next.
 * @param big whether the most significant byte comes first
 */
export async function* numbersOf(
  pieces: AsyncIterable<Uint8Array>,
  { size, decode }: NumpyType,
  big: boolean,
): AsyncGenerator<Numbers> {
  const block = new ArrayBuffer(BLOCK);
  const bytes = new Uint8Array(block);
  const spare = new ArrayBuffer(DECODED);
  let filled = 0;
  const decoded = (): Numbers => {
    if (big) swap(block, 0, filled, size);
    return decode(block, 0, filled / size, spare);
  };
  for await (const piece of pieces)
    for (let at = 0; at < piece.length;) {
      const start = piece.byteOffset + at;
      // Where they lie as this machine reads them, they are read from there.
      if (filled === 0 && !big && start % size === 0 && piece.length - at >= size) {
        const count = Math.floor(Math.min(BLOCK, piece.length - at) / size);
        yield decode(piece.buffer, start, count, spare);
        at += count * size;
        continue;
      }
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

/** Turns the bytes of each number around: of `length` bytes from `start` on, both multiples of the size. */
function swap(block: ArrayBuffer, start: number, length: number, size: number): void {
  if (size === 2) {
    const numbers = new Uint16Array(block, start, length / 2);
    for (let i = 0; i < numbers.length; i++) numbers[i] = (numbers[i]! << 8) | (numbers[i]! >>> 8);
  }
  if (size < 4) return;
  const words = new Uint32Array(block, start, length / 4);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    words[i] = (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
  }
  if (size === 8)
    for (let i = 0; i < words.length; i += 2) [words[i], words[i + 1]] = [words[i + 1]!, words[i]!];
}

/**
 * The numbers of pieces of bytes that are put where they are kept, after `start` others.
 * @param all where pieces lie, or are copied to
 */
export async function inPlace(
  pieces: AsyncIterable<Uint8Array>,
  all: Uint8Array<ArrayBuffer>,
  { size, dtype }: NumpyType,
  { start, big }: { start: number; big: boolean },
): Promise<FieldValues> {
  let at = 0;
  let turned = start;
  for await (const piece of pieces) {
    if (piece.buffer !== all.buffer) all.set(piece, at);
    at += piece.length;
    const end = at - (at % size);
    if (big && end > turned) {
      // While they are in the processor's cache.
      swap(all.buffer, turned, end - turned, size);
      turned = end;
    }
  }
  return new ARRAYS[dtype](all.buffer, start);
}

/** Collects numbers: whole ones become float32 from the first on that int32 does not hold. */
export class Kept {
  values: FieldValues;
  dtype: FieldType;
  /** A whole number whose digits a float64 does not hold. */
  beyond: number | undefined;

  constructor(type: NumpyType, count: number) {
    this.dtype = type.dtype;
    this.values = new ARRAYS[type.dtype](count);
  }

  /** Keeps numbers from a place on. */
  put(numbers: Numbers, at: number): void {
    this.widen(numbers);
    this.values.set(numbers, at);
  }

  /** Makes room for numbers that are put into `values`. */
  widen(numbers: Numbers): void {
    if (this.dtype === "int32" && !fitInt32(numbers)) {
      this.dtype = "float32";
      this.values = new Float32Array(this.values);
    }
    if (this.beyond === undefined && numbers instanceof Whole) this.beyond = beyond(numbers);
  }
}

/** Whole numbers of eight bytes. */
class Whole extends Float64Array {}

const fitInt32 = (numbers: Numbers): boolean => {
  if (!(numbers instanceof Uint32Array || numbers instanceof Whole)) return true;
  for (let i = 0; i < numbers.length; i++) if ((numbers[i]! | 0) !== numbers[i]) return false;
  return true;
};

const beyond = (numbers: Whole): number | undefined =>
  numbers.find((number) => Math.abs(number) > Number.MAX_SAFE_INTEGER);

/**
 * Whole numbers of eight bytes, from their halves: as exact as a float64 is, and far quicker than by way of BigInt. Where
 * int32 holds all of them, their lower halves are they.
 */
function longs(
  bytes: ArrayBufferLike,
  start: number,
  count: number,
  spare: ArrayBuffer,
  signed: boolean,
): Whole | Int32Array {
  const halves = new Int32Array(bytes, start, 2 * count);
  const short = new Int32Array(spare, 0, count);
  let beyond = 0;
  for (let i = 0; i < count; i++) {
    const low = halves[2 * i]!;
    short[i] = low;
    // The sign goes on into the upper half; of a number without one it has to be that of 0.
    beyond |= (halves[2 * i + 1]! ^ (low >> 31)) | (signed ? 0 : low & -(2 ** 31));
  }
  if (beyond === 0) return short;
  const low = new Uint32Array(bytes, start, 2 * count);
  const high = signed ? halves : low;
  const numbers = new Whole(spare, 0, count);
  for (let i = 0; i < count; i++) numbers[i] = high[2 * i + 1]! * 2 ** 32 + low[2 * i]!;
  return numbers;
}

let halfTable: Float32Array | undefined;

function halves(bytes: ArrayBufferLike, start: number, count: number, spare: ArrayBuffer): Float32Array {
  const table = (halfTable ??= Float32Array.from({ length: 2 ** 16 }, (_, bits) => halfToNumber(bits)));
  const bits = new Uint16Array(bytes, start, count);
  const numbers = new Float32Array(spare, 0, count);
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
