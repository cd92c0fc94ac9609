/** Programs carried out by plain loops in float64: slow, simple, and what the fast executors are tested against. */
import { binaryNumbers, unaryNumbers } from "../../program/numbers";
import { triangularNumbers } from "../../program/triangular";
import { sizeOf, type Operation, type Program } from "../../program/program";
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
    const { operations } = this.names.program(program);
    for (const operation of operations) carryOut(operation, this.arrays.get(program)!);
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

function carryOut(operation: Operation, arrays: Numbers[]): void {
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
    case "triangular":
      return triangular(operation, arrays);
    case "adam":
      return adam(operation, arrays);
  }
}

function matmul(operation: Of<"matmul">, arrays: Numbers[]): void {
  const { m, n, k, transposeA, transposeB, activation } = operation;
  const a = arrays[operation.a]!;
  const b = arrays[operation.b]!;
  const bias = operation.bias === undefined ? undefined : arrays[operation.bias]!;
  const out = arrays[operation.out]!;
  const activate = activation === "none" ? (x: number): number => x : unaryNumbers[activation];
  for (let row = 0; row < m; row++)
    for (let column = 0; column < n; column++) {
      let total = bias?.[column] ?? 0;
      for (let i = 0; i < k; i++)
        total +=
          a[transposeA ? i * m + row : row * k + i]! * b[transposeB ? column * k + i : i * n + column]!;
      out[row * n + column] = activate(total);
    }
}

/** Calls `visit` for every index of `shape`, in row-major order, with the positions that the strides lead to. */
function walk(shape: number[], strides: number[][], visit: (positions: number[]) => void): void {
  const size = sizeOf(shape);
  const positions = strides.map(() => 0);
  for (let i = 0; i < size; i++) {
    let rest = i;
    positions.fill(0);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const at = rest % shape[axis]!;
      rest = (rest - at) / shape[axis]!;
      for (const [j, array] of strides.entries()) positions[j]! += at * array[axis]!;
    }
    visit(positions);
  }
}

function map(operation: Of<"map">, arrays: Numbers[]): void {
  const { inputs, shape, body, result } = operation;
  const out = arrays[operation.out]!;
  const sources = inputs.map((input) => arrays[input.buffer]!);
  const registers = new Float64Array(operation.registers);
  let at = 0;
  walk(
    shape,
    inputs.map((input) => input.strides),
    (positions) => {
      for (const [i, source] of sources.entries()) registers[i] = source[positions[i]!]!;
      for (const step of body) {
        if (step.f === "constant") registers[step.out] = step.value;
        else if ("b" in step)
          registers[step.out] = binaryNumbers[step.f](registers[step.a]!, registers[step.b]!);
        else registers[step.out] = unaryNumbers[step.f](registers[step.a]!);
      }
      out[at++] = registers[result]!;
    },
  );
}

function reduce(operation: Of<"reduce">, arrays: Numbers[]): void {
  const { f, outer, length, inner } = operation;
  const input = arrays[operation.input]!;
  const out = arrays[operation.out]!;
  for (let o = 0; o < outer; o++)
    for (let i = 0; i < inner; i++) {
      const values = Array.from({ length }, (_, j) => input[(o * length + j) * inner + i]!);
      const largest = values.reduce((a, b) => Math.max(a, b), -Infinity);
      const total = (term: (x: number) => number): number => values.reduce((sum, x) => sum + term(x), 0);
      if (f === "max") out[o * inner + i] = largest;
      else if (f === "sum") out[o * inner + i] = total((x) => x);
      else out[o * inner + i] = largest + Math.log(total((x) => Math.exp(x - largest)));
    }
}

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
  walk(shape, [inputStrides, outStrides], ([from, to]) => {
    out[outOffset + to!] = input[inputOffset + from!]!;
  });
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
  for (let i = 0; i < size; i++) {
    const g = gradient[i]!;
    m[i] = beta1 * m[i]! + (1 - beta1) * g;
    v[i] = beta2 * v[i]! + (1 - beta2) * g * g;
    const scale = Math.sqrt(v[i]! / (1 - beta2 ** step)) + epsilon;
    parameter[i]! -= (rate * (m[i]! / (1 - beta1 ** step))) / scale;
  }
}
