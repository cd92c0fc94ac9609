/**
 * Reductions of the middle axis. Sums run in float32 over short stretches, which are added up in float64, so that the
 * error does not grow with the length. Each result is made by one thread in one order.
 */
import { exp, log } from "./functions";
import { loadPart, maxLanes, storePart, sumLanes } from "./simd";

const STRETCH: i32 = 64;

export enum R {
  sum,
  max,
  logSumExp,
}

// @ts-ignore: decorator
@inline
function term(f: R, x: v128, shift: v128): v128 {
  return f == R.logSumExp ? exp(f32x4.sub(x, shift)) : x;
}

/** Sum of `length` contiguous terms. */
// @ts-ignore: decorator
@inline
function rowSum(f: R, from: usize, length: i32, shift: v128): f64 {
  let total: f64 = 0;
  while (length >= 16) {
    const stretch = min(STRETCH, length & ~15);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let i = 0; i < stretch; i += 16) {
      s0 = f32x4.add(s0, term(f, v128.load(from), shift));
      s1 = f32x4.add(s1, term(f, v128.load(from, 16), shift));
      s2 = f32x4.add(s2, term(f, v128.load(from, 32), shift));
      s3 = f32x4.add(s3, term(f, v128.load(from, 48), shift));
      from += 64;
    }
    total += sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
    length -= stretch;
  }
  const fill: f32 = f == R.logSumExp ? -Infinity : 0;
  for (; length > 0; length -= 4) {
    total += sumLanes(term(f, loadPart(from, length, fill), shift));
    from += 16;
  }
  return total;
}

function rowMax(from: usize, length: i32): f32 {
  let best = f32x4.splat(-Infinity);
  for (; length >= 4; length -= 4) {
    best = f32x4.max(best, v128.load(from));
    from += 16;
  }
  return maxLanes(f32x4.max(best, loadPart(from, length, -Infinity)));
}

/** What the exponents are shifted by: the maximum, but 0 where it is infinite, since inf - inf is not a number. */
// @ts-ignore: decorator
@inline
function shiftOf(best: v128): v128 {
  return v128.andnot(best, f32x4.eq(f32x4.abs(best), f32x4.splat(Infinity)));
}

function row(f: R, from: usize, out: usize, length: i32): void {
  if (f == R.sum) return store<f32>(out, <f32>rowSum(R.sum, from, length, f32x4.splat(0)));
  const best = rowMax(from, length);
  if (f == R.max) return store<f32>(out, best);
  const shift = shiftOf(f32x4.splat(best));
  const total = f32x4.splat(<f32>rowSum(R.logSumExp, from, length, shift));
  store<f32>(out, f32x4.extract_lane(f32x4.add(shift, log(total)), 0));
}

/** Up to four columns of sums down `length` rows. `width` is 4 or less; only the last strip of a row is narrower. */
// @ts-ignore: decorator
@inline
function stripSum(f: R, from: usize, stride: usize, length: i32, width: i32, shift: v128): v128 {
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  while (length > 0) {
    const stretch = min(STRETCH, length);
    let s = f32x4.splat(0);
    for (let i = 0; i < stretch; i++) {
      s = f32x4.add(s, term(f, width == 4 ? v128.load(from) : loadPart(from, width, 0), shift));
      from += stride;
    }
    low = f64x2.add(low, f64x2.promote_low_f32x4(s));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<f32>(s, s, 2, 3, 2, 3)));
    length -= stretch;
  }
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

function strip(f: R, from: usize, out: usize, stride: usize, length: i32, width: i32): void {
  if (f == R.sum) return storePart(out, stripSum(R.sum, from, stride, length, width, f32x4.splat(0)), width);
  let best = f32x4.splat(-Infinity);
  let at = from;
  for (let i = 0; i < length; i++) {
    best = f32x4.max(best, width == 4 ? v128.load(at) : loadPart(at, width, 0));
    at += stride;
  }
  if (f == R.max) return storePart(out, best, width);
  const shift = shiftOf(best);
  storePart(out, f32x4.add(shift, log(stripSum(R.logSumExp, from, stride, length, width, shift))), width);
}

/** Sixteen columns of sums at once: one cache line for each row. */
function wideSum(from: usize, out: usize, stride: usize, length: i32): void {
  let t0 = f64x2.splat(0);
  let t1 = t0;
  let t2 = t0;
  let t3 = t0;
  let t4 = t0;
  let t5 = t0;
  let t6 = t0;
  let t7 = t0;
  while (length > 0) {
    const stretch = min(STRETCH, length);
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let i = 0; i < stretch; i++) {
      s0 = f32x4.add(s0, v128.load(from));
      s1 = f32x4.add(s1, v128.load(from, 16));
      s2 = f32x4.add(s2, v128.load(from, 32));
      s3 = f32x4.add(s3, v128.load(from, 48));
      from += stride;
    }
    t0 = f64x2.add(t0, f64x2.promote_low_f32x4(s0));
    t1 = f64x2.add(t1, f64x2.promote_low_f32x4(v128.shuffle<f32>(s0, s0, 2, 3, 2, 3)));
    t2 = f64x2.add(t2, f64x2.promote_low_f32x4(s1));
    t3 = f64x2.add(t3, f64x2.promote_low_f32x4(v128.shuffle<f32>(s1, s1, 2, 3, 2, 3)));
    t4 = f64x2.add(t4, f64x2.promote_low_f32x4(s2));
    t5 = f64x2.add(t5, f64x2.promote_low_f32x4(v128.shuffle<f32>(s2, s2, 2, 3, 2, 3)));
    t6 = f64x2.add(t6, f64x2.promote_low_f32x4(s3));
    t7 = f64x2.add(t7, f64x2.promote_low_f32x4(v128.shuffle<f32>(s3, s3, 2, 3, 2, 3)));
    length -= stretch;
  }
  v128.store(out, v128.shuffle<f32>(f32x4.demote_f64x2_zero(t0), f32x4.demote_f64x2_zero(t1), 0, 1, 4, 5));
  v128.store(out, v128.shuffle<f32>(f32x4.demote_f64x2_zero(t2), f32x4.demote_f64x2_zero(t3), 0, 1, 4, 5), 16);
  v128.store(out, v128.shuffle<f32>(f32x4.demote_f64x2_zero(t4), f32x4.demote_f64x2_zero(t5), 0, 1, 4, 5), 32);
  v128.store(out, v128.shuffle<f32>(f32x4.demote_f64x2_zero(t6), f32x4.demote_f64x2_zero(t7), 0, 1, 4, 5), 48);
}

/** Words: function, input, out, outer, length, inner. Threads share the rows (inner 1) or strips of columns. */
export function reduce(words: usize, thread: i32, threads: i32): void {
  const f = load<i32>(words);
  const input = <usize>load<u32>(words, 4);
  const out = <usize>load<u32>(words, 8);
  const outer = load<i32>(words, 12);
  const length = load<i32>(words, 16);
  const inner = load<i32>(words, 20);
  if (inner == 1) {
    const end = (outer * (thread + 1)) / threads;
    for (let o = (outer * thread) / threads; o < end; o++) {
      row(f, input + (<usize>(o * length) << 2), out + (<usize>o << 2), length);
    }
    return;
  }
  const stride = <usize>inner << 2;
  const strips = (inner + 15) >> 4;
  const start = ((strips * thread) / threads) << 4;
  const end = min(inner, ((strips * (thread + 1)) / threads) << 4);
  for (let o = 0; o < outer; o++) {
    const from = input + <usize>(o * length) * stride;
    const to = out + <usize>o * stride;
    let column = start;
    if (f == R.sum) {
      for (; column + 16 <= end; column += 16) {
        const offset = <usize>column << 2;
        wideSum(from + offset, to + offset, stride, length);
      }
    }
    for (; column < end; column += 4) {
      const offset = <usize>column << 2;
      strip(f, from + offset, to + offset, stride, length, min(4, end - column));
    }
  }
}
