/**
 * out = activation(op(a) op(b) + bias), in blocks that stay in the caches (Goto and van de Geijn 2008).
 *
 * Both operands are packed: the left into panels of 6 (or fewer) rows, the right into panels of 16 columns, with the
 * summed axis outermost, so that the inner loop reads memory in order. The inner loop keeps a tile of 6 x 8 sums
 * in registers: 12 sums, 2 vectors of b and 1 broadcast of a are the 15 vector registers that engines hand out on x86.
 * Panels that reach past the edge hold repeated or neighbouring numbers; their sums are never stored.
 */
import { fma } from "./simd";
import { sigmoid, softplus, tanh } from "./functions";
import { PACKED_A, PACKED_A_FLOATS, PACKED_B, TILE, ZEROS } from "./layout";

/** Longest stretch of the summed axis handled at once: two panels of b then stay in a 32 KiB cache. */
const DEPTH: i32 = 352;

/** Rows of a tall panel. Without fused multiply-add each product needs a register of its own, which leaves 5 rows. */
const TALL: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 5;

/** Sums of TALL rows by 8 columns, from `init` on. Strides are in bytes. Exported so that it is not inlined. */
export function tall(
  depth: i32,
  a: usize,
  b: usize,
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
  init += initStride;
  let c40 = v128.load(init);
  let c41 = v128.load(init, 16);
  if (TALL == 6) init += initStride;
  let c50 = v128.load(init);
  let c51 = v128.load(init, 16);
  while (depth > 0) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = fma(x, b0, c00);
    c01 = fma(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = fma(x, b0, c10);
    c11 = fma(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = fma(x, b0, c20);
    c21 = fma(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = fma(x, b0, c30);
    c31 = fma(x, b1, c31);
    x = v128.load32_splat(a, 16);
    c40 = fma(x, b0, c40);
    c41 = fma(x, b1, c41);
    if (TALL == 6) {
      x = v128.load32_splat(a, 20);
      c50 = fma(x, b0, c50);
      c51 = fma(x, b1, c51);
    }
    a += 4 * TALL;
    b += 64;
    depth--;
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
  out += outStride;
  v128.store(out, c40);
  v128.store(out, c41, 16);
  if (TALL == 6) {
    out += outStride;
    v128.store(out, c50);
    v128.store(out, c51, 16);
  }
}

/** The same for 4 rows. */
export function low(
  depth: i32,
  a: usize,
  b: usize,
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
  while (depth > 0) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = fma(x, b0, c00);
    c01 = fma(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = fma(x, b0, c10);
    c11 = fma(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = fma(x, b0, c20);
    c21 = fma(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = fma(x, b0, c30);
    c31 = fma(x, b1, c31);
    a += 16;
    b += 64;
    depth--;
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
}

/** Rows of the next panel when `left` rows are left: TALL, or 4 where that wastes fewer (128 = 20 x 6 + 2 x 4). */
// @ts-ignore: decorator
@inline
function panelRows(left: i32): i32 {
  return left > 8 || left == 5 || left == TALL ? TALL : 4;
}

/**
 * Packs a panel that is stored along the summed axis: to[p * lanes + i] = from[i * stride + p * 4], for four values
 * of i. `rows` (at least 1) of them exist; the rest repeat the last.
 */
// @ts-ignore: decorator
@inline
function packFour(to: usize, toStride: usize, from: usize, stride: usize, rows: i32, depth: i32): void {
  let p0 = from;
  let p1 = p0 + (rows > 1 ? stride : 0);
  let p2 = p1 + (rows > 2 ? stride : 0);
  let p3 = p2 + (rows > 3 ? stride : 0);
  let left = depth;
  for (; left >= 4; left -= 4) {
    const r0 = v128.load(p0);
    const r1 = v128.load(p1);
    const r2 = v128.load(p2);
    const r3 = v128.load(p3);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(to + toStride, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
    v128.store(to + 2 * toStride, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
    v128.store(to + 3 * toStride, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    p0 += 16;
    p1 += 16;
    p2 += 16;
    p3 += 16;
    to += 4 * toStride;
  }
  for (; left > 0; left--) {
    store<f32>(to, load<f32>(p0));
    store<f32>(to, load<f32>(p1), 4);
    store<f32>(to, load<f32>(p2), 8);
    store<f32>(to, load<f32>(p3), 12);
    p0 += 4;
    p1 += 4;
    p2 += 4;
    p3 += 4;
    to += toStride;
  }
}

/** The rows of a tall panel after its fourth, stored along the summed axis. */
// @ts-ignore: decorator
@inline
function packRest(to: usize, toStride: usize, from: usize, stride: usize, rows: i32, depth: i32): void {
  let p0 = from;
  let p1 = p0 + (rows > 1 ? stride : 0);
  let left = depth;
  for (; left >= 4; left -= 4) {
    const r0 = v128.load(p0);
    const r1 = v128.load(p1);
    const low = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    if (TALL == 6) {
      v128.store64_lane(to, low, 0);
      v128.store64_lane(to + toStride, low, 1);
      v128.store64_lane(to + 2 * toStride, high, 0);
      v128.store64_lane(to + 3 * toStride, high, 1);
    } else {
      v128.store32_lane(to, r0, 0);
      v128.store32_lane(to + toStride, r0, 1);
      v128.store32_lane(to + 2 * toStride, r0, 2);
      v128.store32_lane(to + 3 * toStride, r0, 3);
    }
    p0 += 16;
    p1 += 16;
    to += 4 * toStride;
  }
  for (; left > 0; left--) {
    store<f32>(to, load<f32>(p0));
    if (TALL == 6) store<f32>(to, load<f32>(p1), 4);
    p0 += 4;
    p1 += 4;
    to += toStride;
  }
}

/** Packs rows of op(a) into panels of TALL or 4. */
function packA(
  to: usize,
  from: usize,
  rowStride: usize,
  depthStride: usize,
  rows: i32,
  depth: i32,
): void {
  let row = 0;
  while (row < rows) {
    const left = rows - row;
    const height = panelRows(left);
    const bytes = <usize>height << 2;
    const start = from + <usize>row * rowStride;
    if (depthStride == 4) {
      packFour(to, bytes, start, rowStride, left, depth);
      if (height == TALL) packRest(to + 16, bytes, start + 4 * rowStride, rowStride, left - 4, depth);
    } else {
      let source = start;
      let target = to;
      for (let p = depth; p > 0; p--) {
        v128.store(target, v128.load(source));
        if (height == TALL) {
          if (TALL == 6) store<u64>(target, load<u64>(source, 16), 16);
          else store<u32>(target, load<u32>(source, 16), 16);
        }
        source += depthStride;
        target += bytes;
      }
    }
    to += <usize>depth * bytes;
    row += height;
  }
}

/** Packs up to 16 columns of op(b), 64 bytes for each step of the summed axis. */
function packB(
  to: usize,
  from: usize,
  columnStride: usize,
  depthStride: usize,
  columns: i32,
  depth: i32,
): void {
  if (columnStride != 4) {
    for (let column = 0; column < columns; column += 4) {
      packFour(to + (<usize>column << 2), 64, from + <usize>column * columnStride, columnStride, columns - column, depth);
    }
    return;
  }
  for (let p = depth; p > 0; p--) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    to += 64;
    from += depthStride;
  }
}

/** Applies an activation (numbers as in encode.ts) to rows of 8 floats. */
function activate(at: usize, stride: usize, rows: i32, activation: i32): void {
  for (; rows > 0; rows--) {
    for (let half: usize = 0; half < 32; half += 16) {
      const x = v128.load(at + half);
      let y = x;
      if (activation == 1) y = f32x4.pmax(x, f32x4.splat(0));
      else if (activation == 2) y = sigmoid(x);
      else if (activation == 3) y = tanh(x);
      else y = softplus(x);
      v128.store(at + half, y);
    }
    at += stride;
  }
}

/** Copies `rows` by `columns` floats between strided places. */
function copyTile(to: usize, toStride: usize, from: usize, fromStride: usize, rows: i32, columns: i32): void {
  for (; rows > 0; rows--) {
    for (let i: usize = 0; i < <usize>columns << 2; i += 4) store<f32>(to + i, load<f32>(from + i));
    to += toStride;
    from += fromStride;
  }
}

/**
 * Words: a, b, out, m, n, k, row and depth stride of a, column and depth stride of b (bytes), bias or 0, activation.
 * Threads share the columns or, where there are fewer of them, the rows; each sum is made by one thread in one order.
 */
export function matmul(words: usize, thread: i32, threads: i32, scratch: usize): void {
  const a = <usize>load<u32>(words);
  const b = <usize>load<u32>(words, 4);
  const out = <usize>load<u32>(words, 8);
  const m = load<i32>(words, 12);
  const n = load<i32>(words, 16);
  const k = load<i32>(words, 20);
  const rowStrideA = <usize>load<u32>(words, 24);
  const depthStrideA = <usize>load<u32>(words, 28);
  const columnStrideB = <usize>load<u32>(words, 32);
  const depthStrideB = <usize>load<u32>(words, 36);
  const bias = <usize>load<u32>(words, 40);
  const activation = load<i32>(words, 44);

  let rowStart = 0;
  let rowEnd = m;
  let columnStart = 0;
  let columnEnd = n;
  if (threads > 1) {
    if (n >= m) {
      const panels = (n + 15) >> 4;
      columnStart = min(n, ((panels * thread) / threads) << 4);
      columnEnd = min(n, ((panels * (thread + 1)) / threads) << 4);
    } else {
      const pairs = (m + 1) >> 1;
      rowStart = min(m, ((pairs * thread) / threads) << 1);
      rowEnd = min(m, ((pairs * (thread + 1)) / threads) << 1);
    }
  }

  const outStride = <usize>n << 2;
  const packedA = scratch + PACKED_A;
  const packedB = scratch + PACKED_B;
  const tile = scratch + TILE;
  const stretches = (k + DEPTH - 1) / DEPTH;
  const stretch = ((k + stretches - 1) / stretches + 3) & ~3;
  const rowsAtOnce = (PACKED_A_FLOATS / stretch / 60) * 60;

  for (let p = 0; p < k; p += stretch) {
    const depth = min(stretch, k - p);
    const last = p + depth >= k;
    for (let row = rowStart; row < rowEnd; row += rowsAtOnce) {
      const rows = min(rowsAtOnce, rowEnd - row);
      packA(packedA, a + <usize>row * rowStrideA + <usize>p * depthStrideA, rowStrideA, depthStrideA, rows, depth);
      for (let column = columnStart; column < columnEnd; column += 16) {
        const columns = min(16, columnEnd - column);
        packB(
          packedB,
          b + <usize>column * columnStrideB + <usize>p * depthStrideB,
          columnStrideB,
          depthStrideB,
          columns,
          depth,
        );
        let panel = packedA;
        let done = 0;
        while (done < rows) {
          const height = panelRows(rows - done);
          const valid = min(height, rows - done);
          for (let side = 0; side < columns; side += 8) {
            const width = min(8, columns - side);
            const place = out + <usize>(row + done) * outStride + (<usize>(column + side) << 2);
            const whole = valid == height && width == 8;
            const target = whole ? place : tile;
            const targetStride = whole ? outStride : 32;
            let init = ZEROS;
            let initStride: usize = 0;
            if (p > 0) {
              if (!whole) copyTile(tile, 32, place, outStride, valid, width);
              init = target;
              initStride = targetStride;
            } else if (bias != 0) init = bias + (<usize>(column + side) << 2);
            const right = packedB + (<usize>side << 2);
            if (height == TALL) tall(depth, panel, right, target, targetStride, init, initStride);
            else low(depth, panel, right, target, targetStride, init, initStride);
            if (last && activation != 0) activate(target, targetStride, height, activation);
            if (!whole) copyTile(place, outStride, tile, 32, valid, width);
          }
          panel += <usize>(depth * height) << 2;
          done += height;
        }
      }
    }
  }
}
