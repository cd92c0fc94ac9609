/** Both operands of a matrix product, copied into the order in which its innermost loop reads them. */
import { TALL } from "./tile";

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

/**
 * Packs a panel of `height` rows of op(a), each number four times: to[p * height + i] = from[i, p] in vectors. `rows` (at
 * least 1) of them exist; the rest repeat the last. Strides are in bytes.
 */
export function packSpread(
  to: usize,
  from: usize,
  rowStride: usize,
  depthStride: usize,
  height: i32,
  rows: i32,
  depth: i32,
): void {
  const step = <usize>height << 4;
  const end = <usize>depth * depthStride;
  // From the last pair on, since of an odd number of rows its second is where the next step's first belongs.
  for (let i = (height - 1) & ~1; i >= 0; i -= 2) {
    const p0 = from + <usize>min(i, rows - 1) * rowStride;
    const p1 = from + <usize>min(i + 1, rows - 1) * rowStride;
    let target = to + (<usize>i << 4);
    for (let offset: usize = 0; offset < end; offset += depthStride) {
      v128.store(target, v128.load32_splat(p0 + offset));
      v128.store(target, v128.load32_splat(p1 + offset), 16);
      target += step;
    }
  }
}

/**
 * The same with each number once: to[p * height + i] = from[i, p]. Where rows lie across memory, those beyond `rows` are
 * neighbouring numbers, up to 20 bytes past the last.
 */
export function packOnce(
  to: usize,
  from: usize,
  rowStride: usize,
  depthStride: usize,
  height: i32,
  rows: i32,
  depth: i32,
): void {
  const step = <usize>height << 2;
  if (depthStride == 4) {
    packFour(to, step, from, rowStride, rows, depth);
    if (height == TALL) packRest(to + 16, step, from + 4 * rowStride, rowStride, rows - 4, depth);
    return;
  }
  for (let p = depth; p > 0; p--) {
    v128.store(to, v128.load(from));
    if (height == TALL) {
      if (TALL == 6) store<u64>(to, load<u64>(from, 16), 16);
      else store<u32>(to, load<u32>(from, 16), 16);
    }
    from += depthStride;
    to += step;
  }
}

/**
 * Packs up to 16 columns of op(b), a cache line of a row, into two panels of 8, the second `panelBytes` after the first: 32
 * bytes for each step of the summed axis. Columns beyond hold some other numbers.
 */
export function packB(
  to: usize,
  panelBytes: usize,
  from: usize,
  columnStride: usize,
  depthStride: usize,
  columns: i32,
  depth: i32,
): void {
  if (columnStride != 4) {
    for (let column = 0; column < columns; column += 4) {
      const target = to + (column < 8 ? 0 : panelBytes) + ((<usize>column & 4) << 2);
      packFour(target, 32, from + <usize>column * columnStride, columnStride, columns - column, depth);
    }
    return;
  }
  let second = columns > 8 ? to + panelBytes : to;
  for (let p = depth; p > 0; p--) {
    v128.store(second, v128.load(from, 32));
    v128.store(second, v128.load(from, 48), 16);
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    second += 32;
    to += 32;
    from += depthStride;
  }
}
