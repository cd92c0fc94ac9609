/**
 * out = activation(op(a) op(b) + bias), in blocks that stay in the caches (Goto and van de Geijn 2008).
 *
 * Both operands are packed with the summed axis outermost, so that the innermost loop reads memory in order: a block of
 * the right one in panels of 8 columns, for the second cache, and one panel of 6 (or fewer) rows of the left one at a
 * time, which stays in the first while all of the block passes by. Panels that reach past the edge hold repeated or
 * neighbouring numbers; their sums are never stored.
 */
import { sigmoid, softplus, tanh } from "./functions";
import { PACKED_A, PACKED_B, PACKED_B_FLOATS, TILE, ZEROS } from "./layout";
import { packB, packOnce, packSpread } from "./pack";
import { lowOnce, lowSpread, TALL, tallOnce, tallSpread } from "./tile";

/** Longest stretch of the summed axis handled at once: a panel of each operand then stays in a 32 KiB cache. */
const DEPTH: i32 = 208;

/** From this many columns on, numbers of the left panel are read often enough to be worth storing four times each. */
const WIDE: i32 = 96;

/** Rows of the next panel when `left` rows are left: TALL, or 4 where that wastes fewer (128 = 20 x 6 + 2 x 4). */
// @ts-ignore: decorator
@inline
function panelRows(left: i32): i32 {
  return left > 8 || left == 5 || left == TALL ? TALL : 4;
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
  const spread = columnEnd - columnStart >= WIDE;
  const tile = scratch + TILE;
  const stretches = (k + DEPTH - 1) / DEPTH;
  const stretch = ((k + stretches - 1) / stretches + 3) & ~3;
  const columnsAtOnce = (PACKED_B_FLOATS / stretch) & ~15;

  for (let p = 0; p < k; p += stretch) {
    const depth = min(stretch, k - p);
    const panelBytes = <usize>depth << 5;
    const last = p + depth >= k;
    for (let start = columnStart; start < columnEnd; start += columnsAtOnce) {
      const end = min(start + columnsAtOnce, columnEnd);
      let panel = PACKED_B;
      for (let column = start; column < end; column += 16) {
        const from = b + <usize>column * columnStrideB + <usize>p * depthStrideB;
        const columns = min(16, end - column);
        packB(scratch + panel, panelBytes, from, columnStrideB, depthStrideB, columns, depth);
        panel += 2 * panelBytes;
      }
      let height = 0;
      for (let row = rowStart; row < rowEnd; row += height) {
        height = panelRows(rowEnd - row);
        const rows = min(height, rowEnd - row);
        const from = a + <usize>row * rowStrideA + <usize>p * depthStrideA;
        if (spread) packSpread(scratch + PACKED_A, from, rowStrideA, depthStrideA, height, rows, depth);
        else packOnce(scratch + PACKED_A, from, rowStrideA, depthStrideA, height, rows, depth);
        panel = PACKED_B;
        for (let column = start; column < end; column += 8) {
          const columns = min(8, end - column);
          const place = out + <usize>row * outStride + (<usize>column << 2);
          const whole = rows == height && columns == 8;
          const target = whole ? place : tile;
          const targetStride = whole ? outStride : 32;
          let init = ZEROS;
          let initStride: usize = 0;
          if (p > 0) {
            if (!whole) copyTile(tile, 32, place, outStride, rows, columns);
            init = target;
            initStride = targetStride;
          } else if (bias != 0) init = bias + (<usize>column << 2);
          if (height == TALL) {
            if (spread) tallSpread(scratch, panel, depth, target, targetStride, init, initStride);
            else tallOnce(scratch, panel, depth, target, targetStride, init, initStride);
          } else if (spread) lowSpread(scratch, panel, depth, target, targetStride, init, initStride);
          else lowOnce(scratch, panel, depth, target, targetStride, init, initStride);
          if (last && activation != 0) activate(target, targetStride, height, activation);
          if (!whole) copyTile(place, outStride, tile, 32, rows, columns);
          panel += panelBytes;
        }
      }
    }
  }
}
