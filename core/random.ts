/**
 * Counter-based random numbers: every draw is a pure function of (seed, stream name, step, position), so that work can
 * be redone, resumed or handed to another executor and see the same numbers, and a new stream never moves another.
 *
 * The generator is Philox 4x32-10 (Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
 * Its key is the seed's low word and half of the stream name's hash; its counter is (block, step, the hash's other
 * half, the seed's high word).
 */

const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const TWO_TO_MINUS_32 = 2 ** -32;

/** High 32 bits of the 64-bit product of two unsigned 32-bit integers, by 16-bit halves. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (cross >>> 16)) >>> 0;
}

/**
 * Philox 4x32 with ten rounds: writes the four words of the block at `counter` under `key` into `out`.
 * All words are unsigned 32-bit integers.
 */
export function philox(counter: Uint32Array, key: Uint32Array, out: Uint32Array): void {
  let c0 = counter[0]!;
  let c1 = counter[1]!;
  let c2 = counter[2]!;
  let c3 = counter[3]!;
  let k0 = key[0]!;
  let k1 = key[1]!;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, c0);
    const low0 = Math.imul(MULTIPLIER_0, c0);
    const high1 = multiplyHigh(MULTIPLIER_1, c2);
    const low1 = Math.imul(MULTIPLIER_1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** FNV-1a, 64 bits, of the text's UTF-8 bytes, as [low word, high word]. */
export function hashName(name: string): [number, number] {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(name)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return [Number(hash & 0xffffffffn), Number(hash >> 32n)];
}

/** The same hash as 16 hexadecimal digits, the low word first. */
export const hashText = (text: string): string =>
  hashName(text)
    .map((word) => word.toString(16).padStart(8, "0"))
    .join("");

/** The draws of one (seed, stream, step), in order. */
export class RandomStream {
  private readonly counter: Uint32Array;
  private readonly key: Uint32Array;
  private readonly block = new Uint32Array(4);
  private used = 4;

  /**
   * @param seed integer from 0 to 2^53 - 1
   * @param stream any name; streams of different names are independent
   * @param step integer from 0 to 2^32 - 1
   * @throws RangeError when seed or step is outside its range
   */
  constructor(seed: number, stream: string, step: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`the seed must be an integer from 0 to 2^53 - 1, not ${seed}`);
    }
    if (!Number.isInteger(step) || step < 0 || step > 0xffffffff) {
      throw new RangeError(`the step must be an integer from 0 to 2^32 - 1, not ${step}`);
    }
    const [low, high] = hashName(stream);
    this.counter = Uint32Array.of(0, step, high, Math.floor(seed * TWO_TO_MINUS_32));
    this.key = Uint32Array.of(seed, low);
  }

  /** The same stream at another step, from its first draw. */
  rewind(step: number): void {
    this.counter[0] = 0;
    this.counter[1] = step;
    this.used = 4;
  }

  /** The next word: an integer from 0 to 2^32 - 1. */
  word(): number {
    if (this.used === 4) {
      philox(this.counter, this.key, this.block);
      this.counter[0]!++;
      this.used = 0;
    }
    return this.block[this.used++]!;
  }

  /** Uniform in [low, high), of 24 bits: exact in float32 when the range is [0, 1). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * ((this.word() >>> 8) * 2 ** -24);
  }

  /** Standard normal, by Box and Muller; uses two words and drops the second draw. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log((this.word() + 1) * TWO_TO_MINUS_32));
    return radius * Math.cos(2 * Math.PI * this.word() * TWO_TO_MINUS_32);
  }

  /** An integer from 0 to `count` - 1; its bias is below count / 2^32. */
  integer(count: number): number {
    return Math.floor(this.word() * TWO_TO_MINUS_32 * count);
  }
}

/** Fills `out` with uniform draws in [0, 1). */
export function uniform(seed: number, stream: string, step: number, out: Float32Array): void {
  const draws = new RandomStream(seed, stream, step);
  for (let i = 0; i < out.length; i++) out[i] = draws.uniform();
}

/** Fills `out` with standard normal draws (Box and Muller, both of each pair). */
export function normal(seed: number, stream: string, step: number, out: Float32Array): void {
  const draws = new RandomStream(seed, stream, step);
  for (let i = 0; i < out.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log((draws.word() + 1) * TWO_TO_MINUS_32));
    const angle = 2 * Math.PI * draws.word() * TWO_TO_MINUS_32;
    out[i] = radius * Math.cos(angle);
    if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
  }
}

/** Fills `out`, rows of `count`, with one-hot rows: a component for each, all equally likely. */
export function components(
  seed: number,
  stream: string,
  step: number,
  out: Float32Array,
  count: number,
): void {
  const draws = new RandomStream(seed, stream, step);
  out.fill(0);
  for (let row = 0; row < out.length; row += count) out[row + draws.integer(count)] = 1;
}

/** Rows of standard normal draws, each a function of its own number in the data: whichever rows stand beside it. */
export function normalByRow(seed: number, stream: string, rows: Int32Array, out: Float32Array): void {
  const draws = new RandomStream(seed, stream, 0);
  const width = out.length / rows.length;
  rows.forEach((row, i) => {
    draws.rewind(row);
    for (let j = 0; j < width; j++) out[i * width + j] = draws.normal();
  });
}

/** One-hot rows of `count`, each component as likely, keyed like `normalByRow`. */
export function componentsByRow(
  seed: number,
  stream: string,
  rows: Int32Array,
  out: Float32Array,
  count: number,
): void {
  const draws = new RandomStream(seed, stream, 0);
  out.fill(0);
  rows.forEach((row, i) => {
    draws.rewind(row);
    out[i * count + draws.integer(count)] = 1;
  });
}

/** Fills `out` with n / `count` at `count` of its n places, drawn without regard to order, and 0 elsewhere. */
export function chosen(seed: number, stream: string, step: number, out: Float32Array, count: number): void {
  const order = permutation(seed, stream, step, out.length);
  for (let i = 0; i < out.length; i++) out[order[i]!] = i < count ? out.length / count : 0;
}

/** A uniformly random order of 0 .. n - 1 (Fisher and Yates). */
export function permutation(seed: number, stream: string, step: number, n: number): Int32Array {
  const draws = new RandomStream(seed, stream, step);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = draws.integer(i + 1);
    const swapped = order[i]!;
    order[i] = order[j]!;
    order[j] = swapped;
  }
  return order;
}

/**
 * The first values of a parameter: uniform in +-1/sqrt(fanIn), row-major in `shape`. Keyed by the parameter's name, so
 * that adding or removing another parameter leaves these as they were.
 * @param fanIn number of inputs that a unit sums over; at least 1
 */
export function initialWeights(
  seed: number,
  parameterName: string,
  shape: readonly number[],
  fanIn: number,
): Float32Array {
  const limit = 1 / Math.sqrt(fanIn);
  const weights = new Float32Array(shape.reduce((size, length) => size * length, 1));
  uniform(seed, `initial weights of ${parameterName}`, 0, weights);
  for (let i = 0; i < weights.length; i++) weights[i] = (2 * weights[i]! - 1) * limit;
  return weights;
}
