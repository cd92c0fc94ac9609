/**
 * The program: a loss, its gradient and its update compiled to one flat list of operations over arrays.
 *
 * A program draws nothing and decides nothing: batches, noise and permutations are inputs, shapes are static, and an
 * executor only carries the list out in order. All arrays are row-major; `float32` unless said otherwise. No operation
 * but Adam writes a buffer that it reads.
 */

import type { ProgramInput } from "./inputs";

export type BufferId = number;

/**
 * What a buffer is for.
 * - `input`: written from outside before each run (batches, noise, permutations, knobs).
 * - `parameter`: a trained weight. `state`: the optimiser's memory (moments, step count). Both live as long as the
 *   session and are shared, by name, between its programs.
 * - `output`: read from outside after a run. `temporary`: scratch; two of them may share memory (`offset`).
 * - `constant`: filled once with `value`.
 */
export type BufferRole = "input" | "parameter" | "state" | "output" | "temporary" | "constant";

export interface BufferSpec {
  id: BufferId;
  role: BufferRole;
  /** Name seen from outside; always set for input, parameter, state and output. */
  name?: string;
  /** For `input`: what it is. */
  input?: ProgramInput;
  shape: number[];
  dtype: "float32" | "int32";
  /** For `constant`: the value that fills it. */
  value?: number;
  /** For `temporary`: position in the shared scratch area, in elements (multiples of 4). */
  offset?: number;
}

export type Activation = "none" | "relu" | "sigmoid" | "tanh" | "softplus";

/** Scalar functions of one argument that a fused map may apply. */
export type UnaryFunction =
  | "neg"
  | "exp"
  | "log"
  | "sqrt"
  | "square"
  | "abs"
  | "reciprocal"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "softplus"
  /** 1 where x > 0, else 0. */
  | "step"
  | "sign"
  /** log Gamma(x), x > 0. */
  | "logGamma";

export type BinaryFunction = "add" | "sub" | "mul" | "div" | "max" | "min";

/** The operations that every executor carries out. */
export type BuiltIn = Exclude<Operation, { kind: "foreign" | "foreignGradient" }>;

export type TriangularFunction = "whitener" | "lower";

/**
 * One instruction of a fused map: `registers[out] = f(registers[a], registers[b])`, elementwise.
 * The first registers hold the map's inputs in order and are never written; the others are used again once their value
 * is dead. The result is the register named by `Operation.result`.
 */
export type Instruction =
  | { f: UnaryFunction; a: number; out: number }
  | { f: BinaryFunction; a: number; b: number; out: number }
  | { f: "constant"; value: number; out: number };

/** How a map reads one operand: element strides along each axis of the map's shape, 0 where it is broadcast. */
export interface MapInput {
  buffer: BufferId;
  strides: number[];
}

export type Operation =
  /**
   * out[m, n] = activation(op(a)[m, k] op(b)[k, n] + bias[n]). Operands are matrices: all axes but the last are
   * flattened. `transposeA`: a is stored [k, m]; `transposeB`: b is stored [n, k].
   */
  | {
      kind: "matmul";
      a: BufferId;
      b: BufferId;
      out: BufferId;
      m: number;
      n: number;
      k: number;
      transposeA: boolean;
      transposeB: boolean;
      bias?: BufferId;
      activation: Activation;
    }
  /** A fused elementwise expression over `shape`, with broadcasting by strides. At most 4 axes, 16 registers. */
  | {
      kind: "map";
      inputs: MapInput[];
      out: BufferId;
      shape: number[];
      body: Instruction[];
      result: number;
      registers: number;
    }
  /**
   * Reduces the middle axis of [outer, length, inner] to out[outer, inner].
   * `logSumExp` is stable (shifted by the maximum).
   */
  | {
      kind: "reduce";
      f: "sum" | "max" | "logSumExp";
      input: BufferId;
      out: BufferId;
      outer: number;
      length: number;
      inner: number;
    }
  /** out[i, :] = source[index[i], :]; index is int32 [rows]. */
  | { kind: "gather"; source: BufferId; index: BufferId; out: BufferId; rows: number; width: number }
  /** out = 0 then out[index[i], :] += source[i, :]; out has `outRows` rows. */
  | {
      kind: "scatterAdd";
      source: BufferId;
      index: BufferId;
      out: BufferId;
      rows: number;
      width: number;
      outRows: number;
    }
  /**
   * Strided copy: for every index of `shape`, out[outOffset + i.outStrides] = input[inputOffset + i.inputStrides].
   * Concatenation, slices, transposes and padding (after `zero`) are copies.
   */
  | {
      kind: "copy";
      input: BufferId;
      out: BufferId;
      shape: number[];
      inputOffset: number;
      inputStrides: number[];
      outOffset: number;
      outStrides: number[];
      /** Set every element of `out` to 0 first. */
      zero: boolean;
    }
  /**
   * The patches under a window, channels last: out[n, p, q, i, j, c] = input[n, sy p - py + i, sx q - px + j, c], 0 outside
   * the picture, for strides s and paddings p.
   */
  | ({ kind: "unfold" } & Sliding)
  /** The adjoint of unfold: each place of the picture is the sum of what patches hold for it. */
  | ({ kind: "fold" } & Sliding)
  /**
   * A lower triangular matrix from a square one, both [size, size].
   * `whitener`: L^-1, where input = L L^T is symmetric and L is lower triangular; NaN where it is not positive definite.
   * `lower`: the input at and below the diagonal, the diagonal halved; zero above.
   */
  | { kind: "triangular"; f: TriangularFunction; input: BufferId; out: BufferId; size: number }
  /**
   * Adam (Kingma and Ba 2015, algorithm 1, with bias correction), in place:
   * m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; p -= rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon).
   * `rate` and `step` are scalar float32 inputs; `step` is t, counted from 1 by whoever writes the inputs.
   */
  | {
      kind: "adam";
      parameter: BufferId;
      gradient: BufferId;
      m: BufferId;
      v: BufferId;
      rate: BufferId;
      step: BufferId;
      size: number;
      beta1: number;
      beta2: number;
      epsilon: number;
    }
  /**
   * The module `module`(`size`, `outputs`) of the user's own, which is the network of this name, applied to `rows` of
   * `width` values each; it reads its parameters. Only PyTorch carries it out, and its gradient.
   */
  | ({
      kind: "foreign";
      input: BufferId;
      out: BufferId;
      module: string;
      size: number;
      outputs: number;
    } & OwnRows)
  /**
   * The gradients of `trained` parameters, then of the input if `ofInput`, one after another: of the run of the module
   * that filled `of`, where `gradient` is that of its output.
   */
  | ({
      kind: "foreignGradient";
      of: BufferId;
      input: BufferId;
      gradient: BufferId;
      out: BufferId;
      trained: BufferId[];
      ofInput: boolean;
    } & OwnRows);

interface OwnRows {
  network: string;
  parameters: BufferId[];
  rows: number;
  width: number;
}

/** A window that slides over a picture; each pair is by height and width. */
export interface Window {
  picture: readonly [number, number];
  kernel: readonly [number, number];
  stride: readonly [number, number];
  /** Places before the picture and after it, which hold 0. */
  padding: readonly [number, number];
}

/** How many positions a window has, by height and width. */
export function positionsOf({ picture, kernel, stride, padding }: Window): [number, number] {
  const along = (axis: 0 | 1): number =>
    Math.floor((picture[axis] + 2 * padding[axis] - kernel[axis]) / stride[axis]) + 1;
  return [along(0), along(1)];
}

export interface Sliding {
  input: BufferId;
  out: BufferId;
  rows: number;
  channels: number;
  window: Window;
}

export interface Program {
  buffers: BufferSpec[];
  operations: Operation[];
  /** Elements of scratch that the temporaries share. */
  scratch: number;
}

/**
 * The operations of a program, for an executor that has no Python.
 * @throws Error where one is a module of the user's own
 */
export function builtIn({ operations }: Program): BuiltIn[] {
  const own = operations.find((operation) => operation.kind === "foreign");
  if (own !== undefined)
    throw new Error(`\`${own.module}\` is your own module, which only PyTorch can train`);
  return operations as BuiltIn[];
}

/** Number of elements of a shape; 1 for a scalar, whose shape is []. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
