/** What expressions mean, element by element: written from their definition, with nothing shared with the compiler. */
import type { Expr } from "../../core/program/expression";
import type { Data } from "./evaluate";

type Index = number[];

const scalar: Record<string, (...x: number[]) => number> = {
  add: (a, b) => a! + b!,
  sub: (a, b) => a! - b!,
  mul: (a, b) => a! * b!,
  div: (a, b) => a! / b!,
  max: Math.max,
  min: Math.min,
  neg: (x) => -x!,
  exp: (x) => Math.exp(x!),
  log: (x) => Math.log(x!),
  sqrt: (x) => Math.sqrt(x!),
  square: (x) => x! ** 2,
  abs: (x) => Math.abs(x!),
  reciprocal: (x) => 1 / x!,
  sigmoid: (x) => 1 / (1 + Math.exp(-x!)),
  tanh: (x) => Math.tanh(x!),
  softplus: (x) => Math.log(1 + Math.exp(x!)),
};

const replaced = (index: Index, axis: number, value: number): Index =>
  index.map((i, at) => (at === axis ? value : i));

function indices(shape: readonly number[]): Index[] {
  return shape.reduce<Index[]>(
    (all, length) => all.flatMap((index) => Array.from({ length }, (_, i) => [...index, i])),
    [[]],
  );
}

/** The dense row-major values of `root`. */
export function meaning(root: Expr, data: Data): number[] {
  const known = new Map<Expr, Map<string, number>>();
  const at = (x: Expr, index: Index): number => {
    const values = known.get(x) ?? new Map<string, number>();
    known.set(x, values);
    const key = index.join();
    if (!values.has(key)) values.set(key, element(x, index));
    return values.get(key)!;
  };
  const flat = (shape: readonly number[], index: Index): number =>
    index.reduce((position, i, axis) => position * shape[axis]! + i, 0);
  const broadcastAt = (x: Expr, index: Index): number => {
    const own = index.slice(index.length - x.shape.length);
    return at(
      x,
      own.map((i, axis) => (x.shape[axis] === 1 ? 0 : i)),
    );
  };
  const element = (x: Expr, index: Index): number => {
    const shape = x.shape as number[];
    switch (x.op) {
      case "constant":
        return x.value;
      case "input":
      case "parameter":
        return data[x.name]![flat(shape, index)]!;
      case "unary":
        return scalar[x.f]!(at(x.x, index));
      case "binary":
        return scalar[x.f]!(broadcastAt(x.a, index), broadcastAt(x.b, index));
      case "expand":
        return broadcastAt(x.x, index);
      case "stop":
        return at(x.x, index);
      case "matmul": {
        const inner = x.transposeA ? x.a.shape[0]! : x.a.shape.at(-1)!;
        let total = 0;
        for (let i = 0; i < (inner as number); i++) {
          const [row, column] = index as [number, number];
          total +=
            at(x.a, x.transposeA ? [i, row] : [row, i]) * at(x.b, x.transposeB ? [column, i] : [i, column]);
        }
        return total;
      }
      case "reduce": {
        const length = x.x.shape[x.axis] as number;
        const rest = x.keep ? index.filter((_, axis) => axis !== x.axis) : index;
        const parts = Array.from({ length }, (_, i) =>
          at(x.x, [...rest.slice(0, x.axis), i, ...rest.slice(x.axis)]),
        );
        if (x.f === "max") return Math.max(...parts);
        if (x.f === "sum") return parts.reduce((a, b) => a + b, 0);
        return Math.log(parts.reduce((a, b) => a + Math.exp(b), 0));
      }
      case "concat": {
        let i = index[x.axis]!;
        for (const part of x.parts) {
          if (i < (part.shape[x.axis] as number)) return at(part, replaced(index, x.axis, i));
          i -= part.shape[x.axis] as number;
        }
        throw new Error("past the end");
      }
      case "slice":
        return at(x.x, replaced(index, x.axis, index[x.axis]! + x.start));
      case "pad": {
        const i = index[x.axis]! - x.start;
        return i < 0 || i >= (x.x.shape[x.axis] as number) ? 0 : at(x.x, replaced(index, x.axis, i));
      }
      case "gather":
        return at(x.source, [at(x.index, [index[0]!]), ...index.slice(1)]);
      case "transpose":
        return at(x.x, [...index.slice(0, -2), index.at(-1)!, index.at(-2)!]);
      case "reshape": {
        let position = flat(shape, index);
        const own: Index = [];
        for (const length of [...(x.x.shape as number[])].reverse()) {
          own.unshift(position % length);
          position = Math.floor(position / length);
        }
        return at(x.x, own);
      }
      case "unfold": {
        const [n, p, q, inner] = index as [number, number, number, number];
        const { picture, kernel, stride, padding } = x.window;
        const channels = x.x.shape[3] as number;
        const tap = Math.floor(inner / channels);
        const row = p * stride[0] - padding[0] + Math.floor(tap / kernel[1]);
        const column = q * stride[1] - padding[1] + (tap % kernel[1]);
        const inside = row >= 0 && column >= 0 && row < picture[0] && column < picture[1];
        return inside ? at(x.x, [n, row, column, inner % channels]) : 0;
      }
      case "diagonal":
        return at(x.x, [index[0]!, index[0]!]);
      default:
        throw new Error(`no meaning for ${x.op}`);
    }
  };
  return indices(root.shape as number[]).map((index) => at(root, index));
}
