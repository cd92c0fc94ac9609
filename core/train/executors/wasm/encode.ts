/**
 * Programs as the kernels read them: a table of 32-bit words, one entry an operation: kind, length in bytes, whether
 * the threads share it, and the kind's own words (described in kernels/). Addresses are in bytes.
 */
import { operandsOf } from "../../../program/operands";
import type { Activation, BufferId, BuiltIn, Program, Sliding } from "../../../program/program";
import { builtIn, positionsOf, sizeOf } from "../../../program/program";
import { encodeMap, FUNCTIONS } from "./encode-map";
import { collapse } from "./strides";

const KINDS = [
  "end",
  "barrier",
  "matmul",
  "map",
  "reduce",
  "gather",
  "scatterAdd",
  "copy",
  "adam",
  "triangular",
  "unfold",
  "fold",
] as const;
const ACTIVATIONS: readonly Activation[] = ["none", "relu", "sigmoid", "tanh", "softplus"];
const TRIANGLES = ["whitener", "lower"] as const;
const REDUCTIONS = ["sum", "max", "logSumExp"] as const;

/** What the numbers of a table mean, each list by the name of the kernels' own (kernels/index.ts). */
export const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  Kind: KINDS,
  Elementwise: FUNCTIONS,
  Reduction: REDUCTIONS,
  Triangle: TRIANGLES,
};

/** Below this much work (multiply-adds, or elements times instructions) an operation is not worth sharing. */
const WORTH_SHARING = 30_000;

/** Where a program's buffers lie. */
interface Addresses {
  (buffer: BufferId): number;
}

/** Bytes of memory an operation reads or writes, as [start, end). */
interface Range {
  start: number;
  end: number;
}

/**
 * The table of `program` for `threads` threads. Where an operation needs what an earlier one made (or overwrites what
 * it read) and the two are not both done by the first thread, all threads meet at a barrier between them.
 */
export function encode(program: Program, addressOf: Addresses, threads: number): Int32Array {
  const words: number[] = [];
  const push = (kind: (typeof KINDS)[number], shared: boolean, own: readonly number[]) => {
    words.push(KINDS.indexOf(kind), (own.length + 3) * 4, shared ? 1 : 0, ...own);
  };
  const rangeOf = (id: BufferId): Range => {
    const start = addressOf(id);
    return { start, end: start + 4 * sizeOf(bufferOf(program, id).shape) };
  };

  let pending: { shared: boolean; reads: Range[]; writes: Range[] }[] = [];
  for (const operation of builtIn(program)) {
    const shared = threads > 1 && isShared(operation);
    if (threads > 1) {
      const { reads, writes } = operandsOf(operation);
      const entry = { shared, reads: reads.map(rangeOf), writes: writes.map(rangeOf) };
      const waits = pending.some(
        (earlier) =>
          (shared || earlier.shared) &&
          (overlap(earlier.writes, entry.reads) ||
            overlap(earlier.writes, entry.writes) ||
            overlap(earlier.reads, entry.writes)),
      );
      if (waits) {
        push("barrier", true, []);
        pending = [];
      }
      pending.push(entry);
    }
    push(operation.kind, shared, wordsOf(operation, program, addressOf));
  }
  if (threads > 1) push("barrier", true, []);
  push("end", true, []);
  return Int32Array.from(words);
}

function bufferOf(program: Program, id: BufferId) {
  const buffer = program.buffers.find((candidate) => candidate.id === id);
  if (!buffer) throw new Error(`The program uses buffer ${id}, which it does not declare.`);
  return buffer;
}

function overlap(some: readonly Range[], others: readonly Range[]): boolean {
  return some.some((a) => others.some((b) => a.start < b.end && b.start < a.end));
}

function isShared(operation: BuiltIn): boolean {
  switch (operation.kind) {
    case "matmul":
      return operation.m * operation.n * operation.k >= 8 * WORTH_SHARING;
    case "map":
      return sizeOf(operation.shape) * (operation.body.length + 1) >= WORTH_SHARING;
    case "reduce":
      return (
        operation.outer * operation.inner > 1 &&
        operation.outer * operation.length * operation.inner >= WORTH_SHARING
      );
    case "gather":
      return operation.rows * operation.width >= WORTH_SHARING;
    case "adam":
      return operation.size >= WORTH_SHARING / 4;
    case "unfold":
    case "fold":
      return operation.rows > 1 && patchesOf(operation) >= WORTH_SHARING;
    case "scatterAdd":
    case "copy":
    case "triangular":
      return false;
  }
}

/** Values of all patches. */
function patchesOf({ rows, channels, window }: Sliding): number {
  return sizeOf([rows, channels, ...window.kernel, ...positionsOf(window)]);
}

function wordsOf(operation: BuiltIn, program: Program, addressOf: Addresses): number[] {
  switch (operation.kind) {
    case "matmul": {
      const { m, n, k } = operation;
      return [
        ...[addressOf(operation.a), addressOf(operation.b), addressOf(operation.out), m, n, k],
        ...(operation.transposeA ? [4, 4 * m] : [4 * k, 4]),
        ...(operation.transposeB ? [4 * k, 4] : [4, 4 * n]),
        operation.bias === undefined ? 0 : addressOf(operation.bias),
        ACTIVATIONS.indexOf(operation.activation),
      ];
    }
    case "map":
      return encodeMap(operation, addressOf);
    case "reduce":
      return [
        REDUCTIONS.indexOf(operation.f),
        addressOf(operation.input),
        addressOf(operation.out),
        operation.outer,
        operation.length,
        operation.inner,
      ];
    case "gather":
    case "scatterAdd": {
      const { rows, width } = operation;
      const bound =
        operation.kind === "scatterAdd"
          ? operation.outRows
          : sizeOf(bufferOf(program, operation.source).shape) / Math.max(1, width);
      return [
        addressOf(operation.source),
        addressOf(operation.index),
        addressOf(operation.out),
        rows,
        width,
        bound,
      ];
    }
    case "copy": {
      const out = addressOf(operation.out);
      const { shape, strides } = collapse(operation.shape, [operation.inputStrides, operation.outStrides]);
      return [
        addressOf(operation.input) + 4 * operation.inputOffset,
        out + 4 * operation.outOffset,
        operation.zero ? out : 0,
        operation.zero ? 4 * sizeOf(bufferOf(program, operation.out).shape) : 0,
        shape.length,
        ...shape.flatMap((length, axis) => [length, 4 * strides[0]![axis]!, 4 * strides[1]![axis]!]),
      ];
    }
    case "unfold":
    case "fold": {
      const { picture, kernel, stride, padding } = operation.window;
      return [
        ...[addressOf(operation.input), addressOf(operation.out), operation.rows, operation.channels],
        ...[...picture, ...kernel, ...stride, ...padding, ...positionsOf(operation.window)],
      ];
    }
    case "triangular":
      return [
        TRIANGLES.indexOf(operation.f),
        addressOf(operation.input),
        addressOf(operation.out),
        operation.size,
      ];
    case "adam": {
      const moments = new Float64Array([operation.beta1, operation.beta2, operation.epsilon]);
      return [
        ...[operation.parameter, operation.gradient, operation.m, operation.v].map(addressOf),
        ...[operation.rate, operation.step].map(addressOf),
        operation.size,
        ...new Int32Array(moments.buffer),
      ];
    }
  }
}
