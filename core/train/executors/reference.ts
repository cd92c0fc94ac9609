/** Programs carried out by plain loops in float64: slow, simple, and what the fast executors are tested against. */
import { binaryNumbers, unaryNumbers } from "../../program/numbers";
import { triangularNumbers } from "../../program/triangular";
import { placesUnder } from "../../program/window";
import { builtIn, sizeOf, type BuiltIn, type Operation, type Program } from "../../program/program";
import type { Executor, Session, Values } from "../executor";
import { Names, shared } from "./names";

type Numbers = Float64Array | Int32Array;
type Of<K extends Operation["kind"]> = Extract<Operation, { kind: K }>;

/** @returns an executor in float64 on one thread; temporaries do not share memory */
export function createReferenceExecutor(): Executor {
  return {
    name: "reference",
    description: "reference, plain loops in float64, 1 thread",
    open: (programs) => Promise.resolve(new ReferenceSession(programs)),
    close: () => {},
  };
}

class ReferenceSession implements Session {
  private readonly names: Names;
  private readonly arrays = new Map<string, Numbers[]>();

  constructor(programs: Record<string, Program>) {
    this.names = new Names(programs);
    const common = new Map<string, Numbers>();
    for (const [name, program] of Object.entries(programs)) {
      const arrays = program.buffers.map((spec) => {
        const kept = shared(spec) ? common.get(spec.name!) : undefined;
        if (kept !== undefined) return kept;
        const size = sizeOf(spec.shape);
        const fresh =
          spec.dtype === "int32" ? new Int32Array(size) : new Float64Array(size).fill(spec.value ?? 0);
        if (shared(spec)) common.set(spec.name!, fresh);
        return fresh;
      });
      this.arrays.set(name, arrays);
    }
  }

  write(program: string, name: string, values: ArrayLike<number>): void {
    const spec = this.names.toWrite(program, name, values.length);
    this.arrays.get(program)![spec.id]!.set(values);
  }

  run(program: string): Promise<void> {
    for (const operation of builtIn(this.names.program(program)))
      carryOut(operation, this.arrays.get(program)!);
    return Promise.resolve();
  }

  read(program: string, name: string): Promise<Values> {
    const spec = this.names.toRead(program, name);
    return Promise.resolve(this.arrays.get(program)![spec.id]!.slice());
  }

  dispose(): void {
    this.arrays.clear();
  }
}

/** One operation over the arrays of all buffers. */
export function carryOut(operation: BuiltIn, arrays: Numbers[]): void {
  switch (operation.kind) {
    case "matmul":
      return matmul(operation, arrays);
    case "map":
      return map(operation, arrays);
    case "reduce":
      return reduce(operation, arrays);
    case "gather":
      return gather(operation, arrays);
    case "scatterAdd":
      return scatterAdd(operation, arrays);
    case "copy":
      return copy(operation, arrays);
    case "unfold":
      return slide(operation, arrays, (picture, patches, place, tap) => (patches[tap] = picture[place]!));
    case "fold":
      return slide(operation, arrays, (picture, patches, place, tap) => (picture[place]! += patches[tap]!));
    case "triangular":
      return triangular(operation, arrays);
    case "adam":
      return adam(operation, arrays);
  }
}

/** Columns of a product that are summed side by side, of two rows: one sum alone would wait for each of its own additions. */
const PANEL = 4;

function matmul(operation: Of<"matmul">, arrays: Numbers[]): void {
  const { m, n, k, transposeA, transposeB, activation } = operation;
  const a = arrays[operation.a]!;
  const [nextRow, next] = transposeA ? [1, m] : [k, 1];
  const panels = panelsOf(arrays[operation.b]!, k, n, transposeB);
  const bias = operation.bias === undefined ? undefined : arrays[operation.bias]!;
  const out = arrays[operation.out]!;
  const activate = activation === "none" ? (x: number): number => x : unaryNumbers[activation];
  const sums = new Float64Array(2 * PANEL);
  for (let row = 0; row < m; row += 2) {
    const rows = Math.min(2, m - row);
    const below = rows === 2 ? nextRow : 0;
    for (let column = 0; column < n; column += PANEL) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      let [t0, t1, t2, t3] = [0, 0, 0, 0];
      let from = row * nextRow;
      for (let at = column * k; at < (column + PANEL) * k; at += PANEL, from += next) {
        const x = a[from]!;
        const y = a[from + below]!;
        s0 += x * panels[at]!;
        s1 += x * panels[at + 1]!;
        s2 += x * panels[at + 2]!;
        s3 += x * panels[at + 3]!;
        t0 += y * panels[at]!;
        t1 += y * panels[at + 1]!;
        t2 += y * panels[at + 2]!;
        t3 += y * panels[at + 3]!;
      }
      sums.set([s0, s1, s2, s3, t0, t1, t2, t3]);
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < PANEL && column + j < n; j++)
          out[(row + i) * n + column + j] = activate(sums[i * PANEL + j]! + (bias?.[column + j] ?? 0));
    }
  }
}

/** op(b)[k, n] as [n / PANEL, k, PANEL], filled up with zeros. */
function panelsOf(b: Numbers, k: number, n: number, transposed: boolean): Float64Array {
  const panels = new Float64Array(Math.ceil(n / PANEL) * PANEL * k);
  for (let column = 0; column < n; column++) {
    const start = (column - (column % PANEL)) * k + (column % PANEL);
    for (let i = 0; i < k; i++) panels[start + i * PANEL] = b[transposed ? column * k + i : i * n + column]!;
  }
  return panels;
}

/** Where the elements of `shape` lie under the strides, in row-major order. */
function positionsOf(shape: number[], strides: number[]): Int32Array {
  let positions = Int32Array.of(0);
  for (const [axis, length] of shape.entries()) {
    const inner = new Int32Array(positions.length * length);
    for (let i = 0; i < positions.length; i++)
      for (let at = 0; at < length; at++) inner[i * length + at] = positions[i]! + at * strides[axis]!;
    positions = inner;
  }
  return positions;
}

/** One instruction after the other, each over all elements. */
function map(operation: Of<"map">, arrays: Numbers[]): void {
  const { shape, body, result } = operation;
  const size = sizeOf(shape);
  const registers = operation.inputs.map(({ buffer, strides }) => {
    const [source, positions] = [arrays[buffer]!, positionsOf(shape, strides)];
    const values = new Float64Array(size);
    for (let i = 0; i < size; i++) values[i] = source[positions[i]!]!;
    return values;
  });
  for (const step of body) {
    const out = (registers[step.out] ??= new Float64Array(size));
    if (step.f === "constant") out.fill(step.value);
    else if ("b" in step) {
      const [a, b, f] = [registers[step.a]!, registers[step.b]!, binaryNumbers[step.f]];
      for (let i = 0; i < size; i++) out[i] = f(a[i]!, b[i]!);
    } else {
      const [a, f] = [registers[step.a]!, unaryNumbers[step.f]];
      for (let i = 0; i < size; i++) out[i] = f(a[i]!);
    }
  }
  arrays[operation.out]!.set(registers[result]!);
}

function reduce(operation: Of<"reduce">, arrays: Numbers[]): void {
  const { f, outer, length, inner } = operation;
  const input = arrays[operation.input]!;
  const out = arrays[operation.out]!;
  const values = new Float64Array(length);
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      for (let j = 0; j < length; j++) values[j] = input[(o * length + j) * inner + i]!;
      out[o * inner + i] = reductions[f](values);
    }
}

const reductions: Record<Of<"reduce">["f"], (values: Float64Array) => number> = {
  sum: (values) => values.reduce((sum, x) => sum + x, 0),
  max: (values) => values.reduce((a, b) => Math.max(a, b), -Infinity),
  logSumExp(values) {
    const largest = reductions.max(values);
    return largest + Math.log(values.reduce((sum, x) => sum + Math.exp(x - largest), 0));
  },
};

function gather(operation: Of<"gather">, arrays: Numbers[]): void {
  const { rows, width } = operation;
  const source = arrays[operation.source]!;
  const index = arrays[operation.index]!;
  const out = arrays[operation.out]!;
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < width; i++) out[row * width + i] = source[index[row]! * width + i]!;
}

function scatterAdd(operation: Of<"scatterAdd">, arrays: Numbers[]): void {
  const { rows, width } = operation;
  const source = arrays[operation.source]!;
  const index = arrays[operation.index]!;
  const out = arrays[operation.out]!;
  out.fill(0);
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < width; i++) out[index[row]! * width + i]! += source[row * width + i]!;
}

function copy(operation: Of<"copy">, arrays: Numbers[]): void {
  const { shape, inputOffset, inputStrides, outOffset, outStrides } = operation;
  const input = arrays[operation.input]!;
  const out = arrays[operation.out]!;
  if (operation.zero) out.fill(0);
  const [from, to] = [positionsOf(shape, inputStrides), positionsOf(shape, outStrides)];
  for (let i = 0; i < from.length; i++) out[outOffset + to[i]!] = input[inputOffset + from[i]!]!;
}

/** Calls `visit` for every value of a picture under every tap that it lies under. */
function slide(
  { kind, rows, channels, window, input, out }: Of<"unfold" | "fold">,
  arrays: Numbers[],
  visit: (picture: Numbers, patches: Numbers, place: number, tap: number) => void,
): void {
  arrays[out]!.fill(0);
  const [picture, patches] =
    kind === "unfold" ? [arrays[input]!, arrays[out]!] : [arrays[out]!, arrays[input]!];
  const places = placesUnder(window);
  const size = window.picture[0] * window.picture[1];
  for (let row = 0; row < rows; row++)
    for (const [tap, place] of places.entries())
      for (let c = 0; c < channels && place >= 0; c++)
        visit(
          picture,
          patches,
          (row * size + place) * channels + c,
          (row * places.length + tap) * channels + c,
        );
}

function triangular({ f, input, out, size }: Of<"triangular">, arrays: Numbers[]): void {
  arrays[out]!.set(triangularNumbers[f](arrays[input]!, size));
}

function adam(operation: Of<"adam">, arrays: Numbers[]): void {
  const { size, beta1, beta2, epsilon } = operation;
  const parameter = arrays[operation.parameter]!;
  const gradient = arrays[operation.gradient]!;
  const m = arrays[operation.m]!;
  const v = arrays[operation.v]!;
  const rate = arrays[operation.rate]![0]!;
  const step = arrays[operation.step]![0]!;
  const [correctionM, correctionV] = [1 - beta1 ** step, 1 - beta2 ** step];
  for (let i = 0; i < size; i++) {
    const g = gradient[i]!;
    m[i] = beta1 * m[i]! + (1 - beta1) * g;
    v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
    parameter[i]! -= (rate * (m[i]! / correctionM)) / (Math.sqrt(v[i]! / correctionV) + epsilon);
  }
}
