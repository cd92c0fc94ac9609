/** Numbers of an array of numpy's: all, or those of some rows. */
import { sizeOf } from "../../program/program";
import type { FieldValues } from "../dataset";
import type { NotNumbers, NumberArray } from "../reader";
import type { ByteRange, Content } from "./content";
import { mergedIn, rowsLookedAt } from "./merged";
import type { Header } from "./npy-header";
import { inPlace, Kept, numbersOf, type Numbers, type NumpyType } from "./npy-numbers";

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
  { start }: Pick<Header, "start">,
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
  header: Pick<Header, "start" | "shape" | "fortran">,
  encoding: Encoding,
  rows: Int32Array | undefined,
): Promise<NumberArray | NotNumbers> {
  const { shape, fortran } = header;
  const width = sizeOf(shape.slice(1));
  // One axis, or one number a row, is the same in both orders.
  const turned = fortran && shape.length > 1 && width > 1;
  const wanted = turned || rows?.length === shape[0] ? undefined : rows;
  const { start } = header;
  const { type, big } = encoding;
  if (type.asSaved && !turned && wanted === undefined && start % type.size === 0) {
    // With the header, as a checksum has it.
    const all = new Uint8Array(content.size);
    const pieces = content.pieces([{ start: 0, end: all.length }], all);
    return { shape, dtype: type.dtype, values: await inPlace(pieces, all, type, { start, big }) };
  }
  const bytes = bytesOfRows(content, header, width * encoding.type.size, wanted);
  const own = rows === undefined ? shape : [rows.length, ...shape.slice(1)];
  return keep(bytes, encoding, { shape: own, ...(turned && { columns: columnsOf(shape, rows) }) });
}

/** Where the numbers of columns go, which are saved one after another. */
interface Columns {
  /** Numbers of a column. */
  samples: number;
  /** The row that each sample becomes; -1 of one that is not wanted. All in order where absent. */
  target: Int32Array | undefined;
  /** The place of each column within a row. */
  places: Int32Array;
}

/** Those of an array that is saved with its first index fastest. */
function columnsOf(shape: readonly number[], rows: Int32Array | undefined): Columns {
  const [samples = 1, ...inner] = shape;
  const target = rows && new Int32Array(samples).fill(-1);
  rows?.forEach((row, i) => (target![row] = i));
  return { samples, target, places: fortranPlaces(inner) };
}

/** Numbers of columns that are put in place together: to go through all rows for one column alone costs far more. */
const TOGETHER = 2 ** 20;
const MOST_TOGETHER = 32;
/** Samples that are put in place together, so that their rows stay in the processor's cache. */
const SAMPLES_TOGETHER = 256;

/** Collects numbers that come column by column, and puts several columns in place at a time. */
class Turned {
  private readonly waiting: Float32Array | Float64Array;
  private filled = 0;
  /** Columns that are in place. */
  private done = 0;

  constructor(
    private readonly columns: Columns,
    { size, dtype }: NumpyType,
  ) {
    const { samples, places } = columns;
    const together = Math.min(places.length, MOST_TOGETHER, Math.max(1, Math.floor(TOGETHER / samples)));
    const short = dtype === "float32" && size <= 4;
    this.waiting = new (short ? Float32Array : Float64Array)(samples * together);
  }

  /** @param into arrays that get each number of a wanted row at its place, as far as they are long */
  take(numbers: Numbers, into: () => (FieldValues | Float64Array)[]): void {
    const { waiting } = this;
    for (let at = 0; at < numbers.length;) {
      const count = Math.min(waiting.length - this.filled, numbers.length - at);
      waiting.set(numbers.subarray(at, at + count), this.filled);
      this.filled += count;
      at += count;
      if (this.filled === waiting.length) this.flush(into());
    }
  }

  flush(into: readonly (FieldValues | Float64Array)[]): void {
    const { samples } = this.columns;
    const columns = this.filled / samples;
    for (const out of into)
      if (out.length > 0)
        for (let first = 0; first < samples; first += SAMPLES_TOGETHER)
          this.place(out, columns, first, Math.min(samples, first + SAMPLES_TOGETHER));
    this.done += columns;
    this.filled = 0;
  }

  /** Puts the samples from `first` up to `last` of the waiting columns in place. */
  private place(out: FieldValues | Float64Array, columns: number, first: number, last: number): void {
    const { waiting, done } = this;
    const { samples, target, places } = this.columns;
    const width = places.length;
    const rows = out.length / width;
    for (let i = 0; i < columns; i++) {
      const place = places[done + i]!;
      const from = i * samples;
      if (target === undefined) {
        const end = Math.min(last, rows);
        for (let row = first, at = row * width + place; row < end; row++, at += width)
          out[at] = waiting[from + row]!;
      } else
        for (let sample = first; sample < last; sample++) {
          const row = target[sample]!;
          if (row >= 0 && row < rows) out[row * width + place] = waiting[from + sample]!;
        }
    }
  }
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
  { shape, columns }: { shape: number[]; columns?: Columns },
): Promise<NumberArray | NotNumbers> {
  const kept = new Kept(type, sizeOf(shape));
  // Only numbers that are saved with more digits than a float32 has can lose some.
  const digits = type.size > 2 && code !== "f4";
  const looked = new Float64Array(digits ? rowsLookedAt(shape) * sizeOf(shape.slice(1)) : 0);
  const turned = columns && new Turned(columns, type);
  const into = (): (FieldValues | Float64Array)[] => [kept.values, looked];
  let at = 0;
  for await (const numbers of numbersOf(bytes, type, big)) {
    if (turned === undefined) {
      kept.put(numbers, at);
      for (let i = 0; at + i < looked.length && i < numbers.length; i++) looked[at + i] = numbers[i]!;
    } else {
      kept.widen(numbers);
      turned.take(numbers, into);
    }
    at += numbers.length;
  }
  turned?.flush(into());
  if (kept.beyond !== undefined)
    return {
      notNumbers: `it contains whole numbers beyond 2^53, such as ${BigInt(kept.beyond)}, whose digits would be lost`,
    };
  const { dtype, values } = kept;
  const merged = digits && dtype === "float32" ? mergedIn((i) => looked[i]!, shape) : undefined;
  return { shape, dtype, values, ...(merged && { merged }) };
}
