/**
 * Reverse-mode differentiation of expressions (the chain rule from the loss down, one rule an operation). The result is
 * again expressions, so the backward pass is simplified, fused and carried out like the forward one.
 */
import { binaryRules, unaryRules } from "./derivatives";
import {
  add,
  concat,
  constant,
  div,
  exp,
  expand,
  fold,
  foreignGradient,
  gather,
  identity,
  lower,
  matmul,
  mul,
  neg,
  pad,
  reshape,
  scatterAdd,
  slice,
  sub,
  sum,
  transpose,
  unary,
  unfold,
  type Expr,
  type Shape,
} from "./expression";
import { sizeOf } from "./program";
import { children, topological } from "./traverse";

/** The gradient of each child of `y`, in the order of `children`, given the gradient g of `y`, which has y's shape. */
type Rule<K extends Expr["op"]> = (y: Extract<Expr, { op: K }>, g: Expr) => (Expr | undefined)[];

const leaf = (): [] => [];

const rules: { [K in Expr["op"]]: Rule<K> } = {
  constant: leaf,
  batch: leaf,
  input: leaf,
  parameter: leaf,
  knob: leaf,
  identity: leaf,
  unary: (y, g) => [unaryRules[y.f](g, y.x, y)],
  binary: (y, g) => {
    const rule = binaryRules[y.f];
    return [sumTo(rule.a(g, y, y.a, y.b), y.a.shape), sumTo(rule.b(g, y, y.a, y.b), y.b.shape)];
  },
  matmul: (y, g) => {
    const a = y.transposeA ? matmul(y.b, g, y.transposeB, true) : matmul(g, y.b, false, !y.transposeB);
    const b = y.transposeB ? matmul(g, y.a, true, y.transposeA) : matmul(y.a, g, !y.transposeA, false);
    return [reshape(a, y.a.shape), reshape(b, y.b.shape)];
  },
  reduce: (y, g) => {
    const kept = y.x.shape.map((dim, axis) => (axis === y.axis ? 1 : dim));
    const keep = (e: Expr): Expr => reshape(e, kept);
    if (y.f === "sum") return [expand(keep(g), y.x.shape)];
    if (y.f === "logSumExp") return [mul(keep(g), exp(sub(y.x, keep(y))))];
    // Ties share the gradient of a maximum.
    const largest = sub(1, unary("step", sub(keep(y), y.x)));
    return [mul(largest, div(keep(g), sum(largest, y.axis, true)))];
  },
  concat: (y, g) => {
    let start = 0;
    return y.parts.map((part) => {
      const length = part.shape[y.axis] as number;
      start += length;
      return slice(g, y.axis, start - length, length);
    });
  },
  slice: (y, g) => [pad(g, y.axis, y.start, y.x.shape)],
  pad: (y, g) => [slice(g, y.axis, y.start, y.x.shape[y.axis] as number)],
  gather: (y, g) => [scatterAdd(g, y.index, y.source.shape[0]!), undefined],
  scatterAdd: (y, g) => [gather(g, y.index), undefined],
  unfold: (y, g) => [fold(g, y.window)],
  fold: (y, g) => [unfold(g, y.window)],
  transpose: (_, g) => [transpose(g)],
  reshape: (y, g) => [reshape(g, y.x.shape)],
  expand: (y, g) => [sumTo(g, y.x.shape)],
  diagonal: (y, g) => [mul(reshape(g, [y.shape[0]!, 1]), identity(y.shape[0]!))],
  triangular: (y, g) => {
    if (y.f === "lower") return [lower(g)];
    // From dW = -lower(W dx W^T) W (Murray 2016, "Differentiation of the Cholesky decomposition"), x being symmetric.
    return [neg(matmul(y, matmul(lower(matmul(g, y, false, true)), y), true))];
  },
  polar: () => {
    throw new Error("a polar factor must be written out (bind) before it is differentiated");
  },
  stop: () => [undefined],
  network: () => {
    throw new Error("a network must be written out (bind) before it is differentiated");
  },
  foreign: (y, g) => {
    const trained = y.parameters.flatMap((e, i) => (isTrained(e) ? [i] : []));
    const ofInput = topological([y.x]).some((e) => e.op === "parameter");
    if (trained.length === 0 && !ofInput) return [];
    const all = foreignGradient(y, g, trained, ofInput);
    let end = 0;
    const next = ({ shape }: Expr): Expr => {
      const size = sizeOf(shape as number[]);
      end += size;
      return reshape(slice(all, 0, end - size, size), shape);
    };
    const parts = y.parameters.map((e) => (isTrained(e) ? next(e) : undefined));
    return [ofInput ? next(y.x) : undefined, ...parts];
  },
  foreignGradient: () => {
    throw new Error("a gradient of a user's own module has no gradient");
  },
};

/** What a module of the user's own remembers beside its weights, or keeps as it is, has no gradient. */
const isTrained = (e: Expr): boolean =>
  e.op === "parameter" && !(e.initial.kind === "own" && e.initial.fixed);

/** Sums g over the axes along which `shape` was broadcast to g's. */
function sumTo(g: Expr, shape: Shape): Expr {
  let result = g;
  while (result.shape.length > shape.length) result = sum(result, 0);
  for (const [axis, dim] of shape.entries())
    if (dim === 1 && result.shape[axis] !== 1) result = sum(result, axis, true);
  return result;
}

/**
 * The sum of what reached one expression. Gradients of slices along one axis that do not overlap are joined, which
 * costs one copy of each, instead of padded and added.
 */
function total(contributions: Expr[], shape: Shape): Expr {
  const rest: Expr[] = [];
  const slices: { axis: number; start: number; parts: Expr[] }[] = [];
  for (const g of contributions) {
    if (g.op !== "pad" || (slices[0] !== undefined && slices[0].axis !== g.axis)) {
      rest.push(g);
      continue;
    }
    const same = slices.find((s) => s.start === g.start && s.parts[0]!.shape[g.axis] === g.x.shape[g.axis]);
    if (same === undefined) slices.push({ axis: g.axis, start: g.start, parts: [g.x] });
    else same.parts.push(g.x);
  }
  const gap = (axis: number, length: number): Expr =>
    constant(
      0,
      shape.map((dim, i) => (i === axis ? length : dim)),
    );
  const joined: Expr[] = [];
  let end = 0;
  slices.sort((a, b) => a.start - b.start);
  for (const { axis, start, parts } of slices) {
    const part = parts.reduce((a, b) => add(a, b));
    if (slices.length === 1 || start < end) {
      rest.push(pad(part, axis, start, shape));
      continue;
    }
    if (start > end) joined.push(gap(axis, start - end));
    joined.push(part);
    end = start + (part.shape[axis] as number);
  }
  if (joined.length > 0) {
    const { axis } = slices[0]!;
    const left = (shape[axis] as number) - end;
    rest.push(concat(left > 0 ? [...joined, gap(axis, left)] : joined, axis));
  }
  return rest.reduce((a, b) => add(a, b));
}

/**
 * The gradient of a scalar with respect to each parameter that it depends on other than through `stop`, by name, in the
 * order in which a backward pass finds them (last layer first).
 * @throws Error when `loss` is not a scalar or holds networks that are not written out
 */
export function gradients(loss: Expr): Map<string, Expr> {
  if (loss.shape.length !== 0)
    throw new Error(`a loss must be a scalar, not of shape [${loss.shape.join(", ")}]`);
  const order = topological([loss]);
  const depends = new Set<Expr>();
  for (const e of order)
    if (e.op === "parameter" || (e.op !== "stop" && children(e).some((child) => depends.has(child))))
      depends.add(e);

  const reached = new Map<Expr, Expr[]>([[loss, [constant(1)]]]);
  const found = new Map<string, Expr[]>();
  for (const e of order.reverse()) {
    const contributions = reached.get(e);
    if (contributions === undefined || !depends.has(e)) continue;
    const g = total(contributions, e.shape);
    if (e.op === "parameter") found.set(e.name, [...(found.get(e.name) ?? []), g]);
    const parts = (rules[e.op] as Rule<Expr["op"]>)(e as never, g);
    for (const [i, child] of children(e).entries()) {
      const part = parts[i];
      if (part === undefined || !depends.has(child)) continue;
      const list = reached.get(child);
      if (list === undefined) reached.set(child, [part]);
      else list.push(part);
    }
  }
  return new Map([...found].map(([name, list]) => [name, list.reduce((a, b) => add(a, b))]));
}
