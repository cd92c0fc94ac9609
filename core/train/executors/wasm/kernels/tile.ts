/**
 * The innermost loops of matrix products: a tile of 6 x 8 sums in registers. 12 sums, 2 vectors of the right panel and 1
 * of the left are the 15 vector registers that engines hand out on x86.
 *
 * What limits them is how many instructions a processor can start, above all where its core's other hardware thread is
 * busy too, so they are written for the machine code that V8 makes of them: each number of the left panel of a
 * wide product lies there four times, since the address of `v128.load` costs nothing while that of `v128.load32_splat` is computed anew each
 * time; pointers begin as sums, which need not be extended to 64 bits at each use; one of them also counts. Unrolling
 * makes it worse: V8 then moves all loads before the sums, which no longer fit the registers.
 */
import { PACKED_A } from "./layout";
import { fma } from "./simd";

/** Rows of a tall panel. Without fused multiply-add each product needs a register of its own, which leaves 5 rows. */
export const TALL: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 5;

/**
 * Adds 4 to 6 rows (`rows`, a constant) by 8 columns of products, summed over `depth`, to what lies from `init` on. The left
 * panel is the packed one, the right one lies `panel` bytes into the scratch. Strides are in bytes.
 */
// @ts-ignore: decorator
@inline
function tile<Stored>(
  rows: i32,
  scratch: usize,
  panel: usize,
  depth: i32,
  out: usize,
  outStride: usize,
  init: usize,
  initStride: usize,
): void {
  let c00 = v128.load(init);
  let c01 = v128.load(init, 16);
  init += initStride;
  let c10 = v128.load(init);
  let c11 = v128.load(init, 16);
  init += initStride;
  let c20 = v128.load(init);
  let c21 = v128.load(init, 16);
  init += initStride;
  let c30 = v128.load(init);
  let c31 = v128.load(init, 16);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  if (rows > 4) {
    init += initStride;
    c40 = v128.load(init);
    c41 = v128.load(init, 16);
  }
  let c50 = f32x4.splat(0);
  let c51 = f32x4.splat(0);
  if (rows > 5) {
    init += initStride;
    c50 = v128.load(init);
    c51 = v128.load(init, 16);
  }
  let a = scratch + PACKED_A;
  let b = scratch + panel;
  const end = b + (<usize>depth << 5);
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = sizeof<Stored>() == 16 ? v128.load(a) : v128.load32_splat(a);
    c00 = fma(x, b0, c00);
    c01 = fma(x, b1, c01);
    x = sizeof<Stored>() == 16 ? v128.load(a, 16) : v128.load32_splat(a, 4);
    c10 = fma(x, b0, c10);
    c11 = fma(x, b1, c11);
    x = sizeof<Stored>() == 16 ? v128.load(a, 32) : v128.load32_splat(a, 8);
    c20 = fma(x, b0, c20);
    c21 = fma(x, b1, c21);
    x = sizeof<Stored>() == 16 ? v128.load(a, 48) : v128.load32_splat(a, 12);
    c30 = fma(x, b0, c30);
    c31 = fma(x, b1, c31);
    if (rows > 4) {
      x = sizeof<Stored>() == 16 ? v128.load(a, 64) : v128.load32_splat(a, 16);
      c40 = fma(x, b0, c40);
      c41 = fma(x, b1, c41);
    }
    if (rows > 5) {
      x = sizeof<Stored>() == 16 ? v128.load(a, 80) : v128.load32_splat(a, 20);
      c50 = fma(x, b0, c50);
      c51 = fma(x, b1, c51);
    }
    a += rows * sizeof<Stored>();
    b += 32;
  }
  v128.store(out, c00);
  v128.store(out, c01, 16);
  out += outStride;
  v128.store(out, c10);
  v128.store(out, c11, 16);
  out += outStride;
  v128.store(out, c20);
  v128.store(out, c21, 16);
  out += outStride;
  v128.store(out, c30);
  v128.store(out, c31, 16);
  if (rows > 4) {
    out += outStride;
    v128.store(out, c40);
    v128.store(out, c41, 16);
  }
  if (rows > 5) {
    out += outStride;
    v128.store(out, c50);
    v128.store(out, c51, 16);
  }
}

// What is called is exported, so that it is not inlined.

export function tallOnce(
  scratch: usize,
  panel: usize,
  depth: i32,
  out: usize,
  outStride: usize,
  init: usize,
  initStride: usize,
): void {
  tile<f32>(TALL, scratch, panel, depth, out, outStride, init, initStride);
}

export function tallSpread(
  scratch: usize,
  panel: usize,
  depth: i32,
  out: usize,
  outStride: usize,
  init: usize,
  initStride: usize,
): void {
  tile<v128>(TALL, scratch, panel, depth, out, outStride, init, initStride);
}

export function lowOnce(
  scratch: usize,
  panel: usize,
  depth: i32,
  out: usize,
  outStride: usize,
  init: usize,
  initStride: usize,
): void {
  tile<f32>(4, scratch, panel, depth, out, outStride, init, initStride);
}

export function lowSpread(
  scratch: usize,
  panel: usize,
  depth: i32,
  out: usize,
  outStride: usize,
  init: usize,
  initStride: usize,
): void {
  tile<v128>(4, scratch, panel, depth, out, outStride, init, initStride);
}
