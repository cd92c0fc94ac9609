/**
 * Typed tensor expressions: the one form in which a bound, a network or a loss is written. The backward pass, the
 * program of operations and the PyTorch text are all made from it.
 *
 * A leaf: imports nothing but the function names, inputs and windows of programs. Nodes are immutable and may be shared (a graph, not a
 * tree); the batch length is symbolic (`"N"`, and `"N(X and Y)"` for a part of the batch), so one expression serves
 * every batch.
 */
import { inputName, type ProgramInput } from "./inputs";
import {
  positionsOf,
  sizeOf,
  type Activation,
  type BinaryFunction,
  type TriangularFunction,
  type UnaryFunction,
  type Window,
} from "./program";

/** The rows of the batch, or of the part of it that is named. */
export type BatchDim = "N" | `N(${string})`;
/** Rows of parts of the batch, by their lengths' names. */
export type Parts = Readonly<Partial<Record<BatchDim, number>>>;
/** An axis' length. */
export type Dim = number | BatchDim;
export type Shape = readonly Dim[];

/**
 * How a parameter starts: U(+-1/sqrt(fanIn)), one value everywhere, or as the module of the user's own that it belongs to
 * says; a `fixed` one is not trained.
 */
export type Initial =
  { kind: "uniform"; fanIn: number } | { kind: "constant"; value: number } | { kind: "own"; fixed: boolean };

/** One layer of a network, as PyTorch has it; each takes a place in the numbering of an `nn.Sequential`. */
export type Layer =
  | { kind: "linear"; input: number; output: number }
  | { kind: "activation"; f: Exclude<Activation, "none"> }
  /** Over pictures [N, input, height, width], or rows that flatten them. */
  | { kind: "convolution"; window: Window; input: number; output: number }
  /** The transposed convolution, from the positions of the window to its picture. */
  | { kind: "transposedConvolution"; window: Window; input: number; output: number }
  /** Pictures to rows, and rows to pictures [N, channels, height, width]. */
  | { kind: "flatten" }
  | { kind: "unflatten"; channels: number; picture: readonly [number, number] }
  /** The mean of learned vectors of the words in a row of word numbers; the number `words` says that none stands there. */
  | { kind: "embeddingBag"; words: number; size: number };

/** A network: layers one after another, from rows [N, ...] to [N, output]. */
export interface NetworkShape {
  /** Prefix of its parameters' names, for example `encoder.Zx`. */
  name: string;
  layers: readonly Layer[];
  output: number;
  /** A module of the user's own that takes its place: its name in Python, and how many values of a row or words it reads. */
  module?: OwnModule;
}

export interface OwnModule {
  name: string;
  input: number;
}

/** Linear layers of these widths with an activation between them. */
export const perceptron = (widths: readonly number[], f: Exclude<Activation, "none"> = "relu"): Layer[] =>
  widths
    .slice(1)
    .flatMap((output, i): Layer[] => [
      ...(i > 0 ? [{ kind: "activation" as const, f }] : []),
      { kind: "linear", input: widths[i]!, output },
    ]);

interface Node {
  shape: Shape;
  /** A name for people: the export makes a local variable of it (`mean_Zx`). */
  label?: string;
}

export type Expr = Node &
  (
    | { op: "constant"; value: number }
    /** A number of rows itself, as a scalar. */
    | { op: "batch"; of: BatchDim }
    /** `name` is made from what it is. */
    | { op: "input"; is: ProgramInput; name: string; dtype: "float32" | "int32" }
    | { op: "parameter"; name: string; initial: Initial }
    /** A number that a person turns while training runs. */
    | { op: "knob"; name: string }
    | { op: "unary"; f: UnaryFunction; x: Expr }
    /** Elementwise with trailing-axis broadcasting, as in NumPy. */
    | { op: "binary"; f: BinaryFunction; a: Expr; b: Expr }
    /**
     * Product of two matrices; an operand of more axes is read as a matrix by flattening all axes but the last. The
     * result has a's leading axes, or two axes where `transposeA`.
     */
    | { op: "matmul"; a: Expr; b: Expr; transposeA: boolean; transposeB: boolean }
    | { op: "reduce"; f: "sum" | "max" | "logSumExp"; x: Expr; axis: number; keep: boolean }
    | { op: "concat"; parts: Expr[]; axis: number }
    | { op: "slice"; x: Expr; axis: number; start: number; length: number }
    /** The inverse of a slice: x from `start` on along `axis`, zero elsewhere. */
    | { op: "pad"; x: Expr; axis: number; start: number }
    /** Rows of `source` by an int32 index of shape [n]. */
    | { op: "gather"; source: Expr; index: Expr }
    /** Row index[i] is the sum of the rows i of `source`; the inverse of a gather. */
    | { op: "scatterAdd"; source: Expr; index: Expr }
    /** Patches [N, down, across, kernel * channels] of pictures [N, height, width, channels]; see `Operation`. */
    | { op: "unfold"; x: Expr; window: Window }
    /** The adjoint of unfold: from patches to pictures. */
    | { op: "fold"; x: Expr; window: Window }
    /** Exchanges the last two axes. */
    | { op: "transpose"; x: Expr }
    | { op: "reshape"; x: Expr }
    /** x repeated to a larger shape, by the rules of broadcasting. */
    | { op: "expand"; x: Expr }
    /** The diagonal of a square matrix. */
    | { op: "diagonal"; x: Expr }
    /** A lower triangular matrix from a square one (see `Operation`). */
    | { op: "triangular"; f: TriangularFunction; x: Expr }
    /** The nearest matrix with orthonormal rows or columns: U V^T, where x = U S V^T; expanded by the compiler. */
    | { op: "polar"; x: Expr }
    /** The identity matrix of a shape [n, n]. */
    | { op: "identity" }
    /** The same value, with no gradient. */
    | { op: "stop"; x: Expr }
    /** A network applied to the rows of x; expanded into simpler operations by the compiler. */
    | { op: "network"; network: NetworkShape; x: Expr }
    /** A module of the user's own, the network of this name, applied to the rows of x. It reads these parameters. */
    | { op: "foreign"; network: string; module: OwnModule; x: Expr; parameters: Expr[] }
    /** The gradients of the parameters `trained` (by their places) of `y`, then of its x if `ofInput`, given g of y: one after another, flat. */
    | { op: "foreignGradient"; y: Foreign; g: Expr; trained: number[]; ofInput: boolean }
  );

export type Foreign = Extract<Expr, { op: "foreign" }>;

/** Raised when shapes do not fit: a fault of the caller, never of a spec. */
export class ShapeError extends Error {}

const show = (shape: Shape): string => `[${shape.join(", ")}]`;

/** The shape two shapes broadcast to. @throws ShapeError when they do not fit. */
export function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  const result: Dim[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) throw new ShapeError(`${show(a)} and ${show(b)} do not broadcast`);
    result.push(x === 1 ? y : x);
  }
  return result;
}

export type Operand = Expr | number;

export const constant = (value: number, shape: Shape = []): Expr => ({ op: "constant", value, shape });
export const batchSize = (of: BatchDim = "N"): Expr => ({ op: "batch", of, shape: [] });
export const knob = (name: string): Expr => ({ op: "knob", name, shape: [] });
/** @param of what it is; a text names a stream */
export function input(of: ProgramInput | string, shape: Shape, dtype: "float32" | "int32" = "float32"): Expr {
  const is: ProgramInput = typeof of === "string" ? { kind: "stream", of } : of;
  return { op: "input", is, name: inputName(is), dtype, shape };
}
export const parameter = (name: string, shape: Shape, initial: Initial): Expr => ({
  op: "parameter",
  name,
  initial,
  shape,
});
export const labelled = (label: string, x: Expr): Expr => ({ ...x, label });

const lift = (x: Operand): Expr => (typeof x === "number" ? constant(x) : x);

export function unary(f: UnaryFunction, x: Operand): Expr {
  const operand = lift(x);
  return { op: "unary", f, x: operand, shape: operand.shape };
}
export function binary(f: BinaryFunction, a: Operand, b: Operand): Expr {
  const left = lift(a);
  const right = lift(b);
  return { op: "binary", f, a: left, b: right, shape: broadcast(left.shape, right.shape) };
}

export const add = (a: Operand, b: Operand): Expr => binary("add", a, b);
export const sub = (a: Operand, b: Operand): Expr => binary("sub", a, b);
export const mul = (a: Operand, b: Operand): Expr => binary("mul", a, b);
export const div = (a: Operand, b: Operand): Expr => binary("div", a, b);
export const neg = (x: Operand): Expr => unary("neg", x);
export const exp = (x: Operand): Expr => unary("exp", x);
export const log = (x: Operand): Expr => unary("log", x);
export const sqrt = (x: Operand): Expr => unary("sqrt", x);
export const square = (x: Operand): Expr => unary("square", x);
export const abs = (x: Operand): Expr => unary("abs", x);
export const sigmoid = (x: Operand): Expr => unary("sigmoid", x);
export const softplus = (x: Operand): Expr => unary("softplus", x);

function axisOf(x: Expr, axis: number): number {
  const positive = axis < 0 ? axis + x.shape.length : axis;
  if (positive < 0 || positive >= x.shape.length) throw new ShapeError(`no axis ${axis} in ${show(x.shape)}`);
  return positive;
}

export function reduce(f: "sum" | "max" | "logSumExp", x: Expr, axis: number, keep = false): Expr {
  const at = axisOf(x, axis);
  const shape = keep
    ? x.shape.map((length, i) => (i === at ? 1 : length))
    : x.shape.filter((_, i) => i !== at);
  return { op: "reduce", f, x, axis: at, keep, shape };
}

/** Sum over one axis, or over all of them. */
export function sum(x: Expr, axis?: number, keep = false): Expr {
  if (axis !== undefined) return reduce("sum", x, axis, keep);
  return x.shape.length === 0 ? x : sum(reduce("sum", x, -1));
}

/** The length of an axis as a scalar. */
export const lengthOf = (dim: Dim): Expr => (typeof dim === "string" ? batchSize(dim) : constant(dim));

/** Mean over one axis, or over all of them. */
export function mean(x: Expr, axis?: number, keep = false): Expr {
  if (axis !== undefined) return div(reduce("sum", x, axis, keep), lengthOf(x.shape[axisOf(x, axis)]!));
  return x.shape.length === 0 ? x : mean(mean(x, -1));
}

export const logSumExp = (x: Expr, axis: number, keep = false): Expr => reduce("logSumExp", x, axis, keep);

/** log of the mean of exp over one axis: logSumExp - log(length). */
export const logMeanExp = (x: Expr, axis: number, keep = false): Expr =>
  sub(logSumExp(x, axis, keep), log(lengthOf(x.shape[axisOf(x, axis)]!)));

/** Rows of a shape of three or more axes read as a matrix; undefined for fewer or where the batch is not bound yet. */
function flatRows(shape: Shape): number | undefined {
  const lead = shape.slice(0, -1);
  if (lead.length < 2 || lead.some((dim) => typeof dim === "string")) return undefined;
  return lead.reduce<number>((rows, dim) => rows * (dim as number), 1);
}

export function matmul(a: Expr, b: Expr, transposeA = false, transposeB = false): Expr {
  const rowsB = b.shape.length === 2 ? b.shape[0] : flatRows(b.shape);
  const columnsB = b.shape[b.shape.length - 1];
  if (a.shape.length < 2 || rowsB === undefined || columnsB === undefined)
    throw new ShapeError(`a product of ${show(a.shape)} and ${show(b.shape)}`);
  const lead = transposeA ? [a.shape[a.shape.length - 1]!] : a.shape.slice(0, -1);
  const out = transposeB ? rowsB : columnsB;
  if (!transposeA && b.shape.length === 2) {
    const inner = transposeB ? columnsB : rowsB;
    if (a.shape[a.shape.length - 1] !== inner)
      throw new ShapeError(
        `a product of ${show(a.shape)} and ${show(b.shape)}${transposeB ? " transposed" : ""}`,
      );
  }
  return { op: "matmul", a, b, transposeA, transposeB, shape: [...lead, out] };
}

export function concat(parts: Expr[], axis = -1): Expr {
  const first = parts[0];
  if (first === undefined) throw new ShapeError("nothing to join");
  if (parts.length === 1) return first;
  const at = axisOf(first, axis);
  let length = 0;
  for (const part of parts) {
    const dim = part.shape[at];
    if (typeof dim !== "number")
      throw new ShapeError(`cannot join along the batch axis of ${show(part.shape)}`);
    length += dim;
  }
  return { op: "concat", parts, axis: at, shape: first.shape.map((dim, i) => (i === at ? length : dim)) };
}

export function slice(x: Expr, axis: number, start: number, length: number): Expr {
  const at = axisOf(x, axis);
  return {
    op: "slice",
    x,
    axis: at,
    start,
    length,
    shape: x.shape.map((dim, i) => (i === at ? length : dim)),
  };
}

/** x from `start` on along `axis`, and zero elsewhere, in the larger `shape`. */
export const pad = (x: Expr, axis: number, start: number, shape: Shape): Expr => ({
  op: "pad",
  x,
  axis: axisOf(x, axis),
  start,
  shape,
});

export const gather = (source: Expr, index: Expr): Expr => ({
  op: "gather",
  source,
  index,
  shape: [index.shape[0]!, ...source.shape.slice(1)],
});
/** Sums the rows of `source` into `rows` rows, row i into row index[i]. */
export const scatterAdd = (source: Expr, index: Expr, rows: Dim): Expr => ({
  op: "scatterAdd",
  source,
  index,
  shape: [rows, ...source.shape.slice(1)],
});
/** The patches of x [N, height, width, channels] under a window, each a row. */
export const unfold = (x: Expr, window: Window): Expr => ({
  op: "unfold",
  x,
  window,
  shape: [x.shape[0]!, ...positionsOf(window), window.kernel[0] * window.kernel[1] * (x.shape[3] as number)],
});
/** Pictures [N, height, width, channels] that sum their patches x. */
export const fold = (x: Expr, window: Window): Expr => ({
  op: "fold",
  x,
  window,
  shape: [x.shape[0]!, ...window.picture, (x.shape[3] as number) / (window.kernel[0] * window.kernel[1])],
});
export const transpose = (x: Expr): Expr => ({
  op: "transpose",
  x,
  shape: [...x.shape.slice(0, -2), x.shape[x.shape.length - 1]!, x.shape[x.shape.length - 2]!],
});
export const reshape = (x: Expr, shape: Shape): Expr => ({ op: "reshape", x, shape });
/** x repeated to `shape`. */
export const expand = (x: Expr, shape: Shape): Expr => ({ op: "expand", x, shape });
export const diagonal = (x: Expr): Expr => ({ op: "diagonal", x, shape: [x.shape[0]!] });
export const identity = (length: Dim): Expr => ({ op: "identity", shape: [length, length] });
/** L^-1, where the symmetric positive definite x = L L^T: W x W^T is the identity for this W. */
export const whitener = (x: Expr): Expr => ({ op: "triangular", f: "whitener", x, shape: x.shape });
/** x at and below the diagonal, with the diagonal halved. */
export const lower = (x: Expr): Expr => ({ op: "triangular", f: "lower", x, shape: x.shape });
/** U V^T of the singular value decomposition x = U S V^T, for singular values of at most 1. */
export const polar = (x: Expr): Expr => ({ op: "polar", x, shape: x.shape });
export const stop = (x: Expr): Expr => ({ op: "stop", x, shape: x.shape });
export const network = (shape: NetworkShape, x: Expr): Expr => ({
  op: "network",
  network: shape,
  x,
  shape: [...x.shape.slice(0, -1), shape.output],
});
export const foreign = (
  { name, output, module }: NetworkShape & { module: OwnModule },
  x: Expr,
  parameters: Expr[],
): Foreign => ({
  op: "foreign",
  network: name,
  module,
  x,
  parameters,
  shape: [...x.shape.slice(0, -1), output],
});
/** See `Expr`; shapes must be numbers. */
export function foreignGradient(y: Foreign, g: Expr, trained: number[], ofInput: boolean): Expr {
  const of = [...trained.map((i) => y.parameters[i]!), ...(ofInput ? [y.x] : [])];
  const size = of.reduce((sum, { shape }) => sum + sizeOf(shape as number[]), 0);
  return { op: "foreignGradient", y, g, trained, ofInput, shape: [size] };
}
