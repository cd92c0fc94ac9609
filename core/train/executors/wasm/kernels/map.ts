/**
 * A fused elementwise expression: a small machine whose registers are blocks of 512 floats that stay in the first
 * cache. Operands that are laid out like the result are read in place, the rest are spread into a block first.
 */
import { exp, log, logGamma, sigmoid, sign, softplus, tanh } from "./functions";
import { BLOCK, BLOCK_BYTES, BLOCKS, SLOTS } from "./layout";

export enum F {
  neg,
  exp,
  log,
  sqrt,
  square,
  abs,
  reciprocal,
  sigmoid,
  tanh,
  relu,
  softplus,
  step,
  sign,
  logGamma,
  add,
  sub,
  mul,
  div,
  max,
  min,
  copy,
}

// @ts-ignore: decorator
@inline
function apply(f: F, x: v128, y: v128): v128 {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  if (f == F.neg) return f32x4.neg(x);
  if (f == F.exp) return exp(x);
  if (f == F.log) return log(x);
  if (f == F.sqrt) return f32x4.sqrt(x);
  if (f == F.square) return f32x4.mul(x, x);
  if (f == F.abs) return f32x4.abs(x);
  if (f == F.reciprocal) return f32x4.div(one, x);
  if (f == F.sigmoid) return sigmoid(x);
  if (f == F.tanh) return tanh(x);
  if (f == F.relu) return f32x4.pmax(x, zero);
  if (f == F.softplus) return softplus(x);
  if (f == F.step) return v128.and(f32x4.gt(x, zero), one);
  if (f == F.sign) return sign(x);
  if (f == F.add) return f32x4.add(x, y);
  if (f == F.sub) return f32x4.sub(x, y);
  if (f == F.mul) return f32x4.mul(x, y);
  if (f == F.div) return f32x4.div(x, y);
  if (f == F.max) return f32x4.max(x, y);
  if (f == F.min) return f32x4.min(x, y);
  return x;
}

// @ts-ignore: decorator
@inline
function each1(f: F, a: usize, out: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    v128.store(out + i, apply(f, x, x));
  }
}

// @ts-ignore: decorator
@inline
function each2(f: F, a: usize, b: usize, out: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, apply(f, v128.load(a + i), v128.load(b + i)));
}

function instruction(f: F, a: usize, b: usize, out: usize, bytes: usize): void {
  switch (f) {
    case F.neg:
      each1(F.neg, a, out, bytes);
      break;
    case F.exp:
      each1(F.exp, a, out, bytes);
      break;
    case F.log:
      each1(F.log, a, out, bytes);
      break;
    case F.sqrt:
      each1(F.sqrt, a, out, bytes);
      break;
    case F.square:
      each1(F.square, a, out, bytes);
      break;
    case F.abs:
      each1(F.abs, a, out, bytes);
      break;
    case F.reciprocal:
      each1(F.reciprocal, a, out, bytes);
      break;
    case F.sigmoid:
      each1(F.sigmoid, a, out, bytes);
      break;
    case F.tanh:
      each1(F.tanh, a, out, bytes);
      break;
    case F.relu:
      each1(F.relu, a, out, bytes);
      break;
    case F.softplus:
      each1(F.softplus, a, out, bytes);
      break;
    case F.step:
      each1(F.step, a, out, bytes);
      break;
    case F.sign:
      each1(F.sign, a, out, bytes);
      break;
    case F.logGamma:
      for (let i: usize = 0; i < bytes; i += 4) store<f32>(out + i, logGamma(load<f32>(a + i)));
      break;
    case F.add:
      each2(F.add, a, b, out, bytes);
      break;
    case F.sub:
      each2(F.sub, a, b, out, bytes);
      break;
    case F.mul:
      each2(F.mul, a, b, out, bytes);
      break;
    case F.div:
      each2(F.div, a, b, out, bytes);
      break;
    case F.max:
      each2(F.max, a, b, out, bytes);
      break;
    case F.min:
      each2(F.min, a, b, out, bytes);
      break;
    case F.copy:
      each1(F.copy, a, out, bytes);
      break;
    default:
      unreachable();
  }
}

function fill(to: usize, value: f32, bytes: usize): void {
  const x = f32x4.splat(value);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, x);
}

/**
 * Spreads elements `start` to `start + count` of a broadcast or strided operand into a block. `shape` is at four
 * lengths, `operand` at its address and four strides (in elements). Vectors may run over the end of a row: what they
 * write there is overwritten by the next row.
 */
function spread(to: usize, shape: usize, operand: usize, start: i32, count: i32): void {
  const d1 = load<i32>(shape, 4);
  const d2 = load<i32>(shape, 8);
  const d3 = load<i32>(shape, 12);
  const base = <usize>load<u32>(operand);
  const s0 = load<i32>(operand, 4);
  const s1 = load<i32>(operand, 8);
  const s2 = load<i32>(operand, 12);
  const s3 = load<i32>(operand, 16);
  let rest = start / d3;
  let i3 = start - rest * d3;
  let next = rest / d2;
  let i2 = rest - next * d2;
  rest = next;
  next = rest / d1;
  let i1 = rest - next * d1;
  let i0 = next;
  while (count > 0) {
    const run = min(d3 - i3, count);
    const bytes = <usize>run << 2;
    const from = base + (<usize>(i0 * s0 + i1 * s1 + i2 * s2 + i3 * s3) << 2);
    if (s3 == 0) fill(to, load<f32>(from), bytes);
    else if (s3 == 1) {
      for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, v128.load(from + i));
    } else {
      let source = from;
      const step = <usize>s3 << 2;
      for (let i: usize = 0; i < bytes; i += 4) {
        store<f32>(to + i, load<f32>(source));
        source += step;
      }
    }
    to += bytes;
    count -= run;
    i3 = 0;
    if (++i2 == d2) {
      i2 = 0;
      if (++i1 == d1) {
        i1 = 0;
        ++i0;
      }
    }
  }
}

/**
 * Words: out, size, slot of out, four lengths, then counts and lists:
 * in place (slot, address); once (slot, is an address, address or value); spread (slot, address, four strides);
 * instructions (function, slot a, slot b, slot out).
 */
export function map(words: usize, thread: i32, threads: i32, scratch: usize): void {
  const out = <usize>load<u32>(words);
  const size = load<i32>(words, 4);
  const outSlot = <usize>load<u32>(words, 8);
  const shape = words + 12;
  const direct = words + 28;
  const directCount = load<i32>(direct);
  const once = direct + 4 + directCount * 8;
  const onceCount = load<i32>(once);
  const strided = once + 4 + onceCount * 12;
  const stridedCount = load<i32>(strided);
  const body = strided + 4 + stridedCount * 24;
  const bodyCount = load<i32>(body);

  const slots = scratch + SLOTS;
  for (let i: usize = 0; i < 64; i++) store<u32>(slots + (i << 2), <u32>(scratch + BLOCKS + i * BLOCK_BYTES));
  for (let i = 0; i < onceCount; i++) {
    const entry = once + 4 + i * 12;
    const value = load<i32>(entry, 4) ? load<f32>(load<u32>(entry, 8)) : load<f32>(entry, 8);
    fill(load<u32>(slots + (<usize>load<u32>(entry) << 2)), value, BLOCK << 2);
  }

  const blocks = (size + BLOCK - 1) / BLOCK;
  const end = min(size, ((blocks * (thread + 1)) / threads) * BLOCK);
  for (let start = ((blocks * thread) / threads) * BLOCK; start < end; start += BLOCK) {
    const count = min(BLOCK, end - start);
    const bytes = <usize>((count + 3) & ~3) << 2;
    const offset = <usize>start << 2;
    for (let i = 0; i < directCount; i++) {
      const entry = direct + 4 + i * 8;
      store<u32>(slots + (<usize>load<u32>(entry) << 2), load<u32>(entry, 4) + <u32>offset);
    }
    for (let i = 0; i < stridedCount; i++) {
      const entry = strided + 4 + i * 24;
      spread(load<u32>(slots + (<usize>load<u32>(entry) << 2)), shape, entry + 4, start, count);
    }
    store<u32>(slots + (outSlot << 2), <u32>(out + offset));
    for (let i = 0; i < bodyCount; i++) {
      const entry = body + 4 + i * 16;
      instruction(
        load<i32>(entry),
        load<u32>(slots + (<usize>load<u32>(entry, 4) << 2)),
        load<u32>(slots + (<usize>load<u32>(entry, 8) << 2)),
        load<u32>(slots + (<usize>load<u32>(entry, 12) << 2)),
        bytes,
      );
    }
  }
}
