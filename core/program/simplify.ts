/**
 * Algebra on expressions before they become operations: constants are folded, repeated values stay unrepeated as long as
 * possible, scalars move together, transposes turn into flags of products. Equal expressions become one.
 */
import { Interner } from "./intern";
import {
  add,
  binary,
  broadcast,
  constant,
  expand,
  matmul,
  mul,
  neg,
  reduce,
  reshape,
  slice,
  sub,
  unary,
  type Expr,
  type Shape,
} from "./expression";
import { binaryNumbers, unaryNumbers } from "./numbers";
import { sizeOf, type BinaryFunction, type UnaryFunction } from "./program";
import { rewriter, topological } from "./traverse";

/**
 * Simplifies roots that share parts; shapes must be numbers (see `bind`).
 * @param gradients "wanted" keeps `stop`, for expressions still to be differentiated; "taken" drops it
 */
export function simplify(roots: Record<string, Expr>, gradients: "wanted" | "taken"): Record<string, Expr> {
  const interner = new Interner();
  const visit = rewriter((e: Expr): Expr => {
    const simpler = e.op === "stop" ? (gradients === "taken" ? e.x : undefined) : rule(e);
    return simpler === undefined ? interner.intern(e) : visit(simpler);
  });
  const simple = mapValues(roots, visit);
  return gradients === "taken" ? mapValues(simple, sumWhatIsThere(Object.values(simple))) : simple;
}

const mapValues = (roots: Record<string, Expr>, change: (e: Expr) => Expr): Record<string, Expr> =>
  Object.fromEntries(Object.entries(roots).map(([name, root]) => [name, change(root)]));

/** Scalars were moved out of sums; where the scaled summand is computed anyway, the sum is taken of that. */
function sumWhatIsThere(roots: Expr[]): (e: Expr) => Expr {
  const scaled = new Map<Expr, Expr[]>();
  for (const e of topological(roots))
    if (e.op === "binary" && e.f === "mul" && e.a.shape.length === 0 && e.b.shape.length > 0)
      scaled.set(e.b, [...(scaled.get(e.b) ?? []), e]);
  return rewriter((e) => {
    if (
      e.op !== "binary" ||
      e.f !== "mul" ||
      e.a.shape.length !== 0 ||
      e.b.op !== "reduce" ||
      e.b.f !== "sum"
    )
      return e;
    const { x, axis, keep } = e.b;
    const summand = scaled.get(x)?.find((product) => (product as typeof e).a === e.a);
    return summand === undefined ? e : reduce("sum", summand, axis, keep);
  });
}

type Rules = { [K in Expr["op"]]?: (e: Extract<Expr, { op: K }>) => Expr | undefined };

const rules: Rules = { unary: ofUnary, binary: ofBinary, reduce: ofReduce, matmul: ofMatmul, slice: ofSlice };
rules.expand = (e) => {
  const { x } = e;
  if (same(x.shape, e.shape)) return x;
  if (x.op === "constant") return constant(x.value, e.shape);
  if (x.op === "expand") return expand(x.x, e.shape);
  return scalarOf(x) === x ? undefined : expand(scalarOf(x), e.shape);
};
rules.reshape = (e) => {
  const { x } = e;
  if (same(x.shape, e.shape)) return x;
  if (x.op === "constant") return constant(x.value, e.shape);
  if (x.op === "reshape") return reshape(x.x, e.shape);
  if (x.op === "expand" && x.x.shape.length === 0) return expand(x.x, e.shape);
  return undefined;
};
rules.transpose = ({ x, shape }) => {
  if (x.op === "transpose") return x.x;
  if (x.op === "constant") return constant(x.value, shape);
  if (shape.at(-1) === 1 || shape.at(-2) === 1) return reshape(x, shape);
  if (x.op === "matmul" && flat(x.a) && flat(x.b)) return matmul(x.b, x.a, !x.transposeB, !x.transposeA);
  return undefined;
};

/** A simpler form of `e`, whose children are simple; undefined when no rule applies. */
const rule = (e: Expr): Expr | undefined => (rules[e.op] as ((e: Expr) => Expr | undefined) | undefined)?.(e);

const same = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((dim, i) => dim === b[i]);
const size = (shape: Shape): number => sizeOf(shape as number[]);
const flat = (e: Expr): boolean => e.shape.length === 2;
const expandTo = (x: Expr, shape: Shape): Expr => (same(x.shape, shape) ? x : expand(x, shape));

/** What is repeated to give x; x itself when nothing is. A constant is repeated from a scalar. */
const unrepeated = (x: Expr): Expr =>
  x.op === "expand" ? x.x : x.op === "constant" && x.shape.length > 0 ? constant(x.value) : scalarOf(x);

/** One value with axes of length 1, without them. */
const scalarOf = (x: Expr): Expr => (x.shape.length > 0 && size(x.shape) === 1 ? reshape(x, []) : x);

const inverses: Partial<Record<UnaryFunction, UnaryFunction>> = { neg: "neg", exp: "log", log: "exp" };

function ofUnary(e: Extract<Expr, { op: "unary" }>): Expr | undefined {
  const { f, x } = e;
  if (x.op === "constant") return constant(unaryNumbers[f](x.value), e.shape);
  if (x.op === "expand") return expand(unary(f, x.x), e.shape);
  if (x.op === "unary" && inverses[f] === x.f) return x.x;
  if (f !== "neg" || x.op !== "binary") return undefined;
  if (x.f === "sub") return sub(x.b, x.a);
  if (x.f === "mul" && (x.a.op === "constant" || size(x.a.shape) < size(x.shape))) return mul(neg(x.a), x.b);
  if (x.f === "mul" && size(x.b.shape) < size(x.shape)) return mul(x.a, neg(x.b));
  return undefined;
}

function ofBinary(e: Extract<Expr, { op: "binary" }>): Expr | undefined {
  const { f, shape } = e;
  const [a, b] = [unrepeated(e.a), unrepeated(e.b)];
  if (a.op === "constant" && b.op === "constant") return constant(binaryNumbers[f](a.value, b.value), shape);
  if (a !== e.a || b !== e.b) {
    const simple = binary(f, a, b);
    return same(simple.shape, shape) ? simple : expand(simple, shape);
  }
  return (
    neutral(f, a, b, shape) ??
    signs(f, a, b) ??
    constants(f, a, b) ??
    (f === "mul" ? (scalars(a, b) ?? scalars(b, a)) : undefined)
  );
}

/** Operations with 0, 1 and -1, and division by a constant. */
function neutral(f: BinaryFunction, a: Expr, b: Expr, shape: Shape): Expr | undefined {
  const [is, x] = a.op === "constant" ? [a.value, b] : b.op === "constant" ? [b.value, a] : [undefined, a];
  if (is === undefined) return undefined;
  const left = x === b;
  switch (f) {
    case "add":
      return is === 0 ? expandTo(x, shape) : undefined;
    case "sub":
      if (left) return is === 0 ? expandTo(neg(x), shape) : undefined;
      return is === 0 ? expandTo(x, shape) : add(-is, x);
    case "mul":
      if (is === 0) return constant(0, shape);
      return is === 1 ? expandTo(x, shape) : is === -1 ? expandTo(neg(x), shape) : undefined;
    case "div":
      return left ? undefined : mul(1 / is, x);
    default:
      return undefined;
  }
}

const negated = (e: Expr): Expr | undefined => (e.op === "unary" && e.f === "neg" ? e.x : undefined);

/** Signs move outward, where additions absorb them, except from a factor that is repeated. */
function signs(f: BinaryFunction, a: Expr, b: Expr): Expr | undefined {
  const large = f === "mul" || f === "div" ? size(broadcast(a.shape, b.shape)) : 0;
  const x = size(a.shape) >= large ? negated(a) : undefined;
  const y = size(b.shape) >= large ? negated(b) : undefined;
  if (f === "add") return y !== undefined ? sub(a, y) : x !== undefined ? sub(b, x) : undefined;
  if (f === "sub") return y !== undefined ? add(a, y) : undefined;
  if (f === "mul" || f === "div")
    return x !== undefined ? neg(binary(f, x, b)) : y !== undefined ? neg(binary(f, a, y)) : undefined;
  return undefined;
}

/** c (d x) is (c d) x and a (c x) is c (a x) for constants c and d, which stand first. */
function constants(f: BinaryFunction, a: Expr, b: Expr): Expr | undefined {
  if (f !== "mul" && f !== "add") return undefined;
  if (b.op === "constant") return binary(f, b, a);
  const [x, y] = [constantIn(f, a), constantIn(f, b)];
  if (a.op === "constant" && y !== undefined) return binary(f, binary(f, a, y.constant), y.rest);
  const whole = size(broadcast(a.shape, b.shape));
  if (a.op === "constant" || size(a.shape) !== whole || size(b.shape) !== whole) return undefined;
  if (y !== undefined) return binary(f, y.constant, binary(f, a, y.rest));
  return x === undefined ? undefined : binary(f, x.constant, binary(f, x.rest, b));
}

const constantIn = (f: BinaryFunction, e: Expr): { constant: Expr; rest: Expr } | undefined =>
  e.op === "binary" && e.f === f && e.a.op === "constant" ? { constant: e.a, rest: e.b } : undefined;

/** a (t x) with few values in a and t is (a t) x; with many in a and one in t, t (a x). */
function scalars(a: Expr, product: Expr): Expr | undefined {
  if (product.op !== "binary" || product.f !== "mul") return undefined;
  const whole = size(product.shape);
  const [t, x] = size(product.a.shape) < whole ? [product.a, product.b] : [product.b, product.a];
  if (size(t.shape) === whole || size(broadcast(a.shape, product.shape)) > whole) return undefined;
  if (size(a.shape) === whole) return whole > 1 && t.shape.length === 0 ? mul(t, mul(a, x)) : undefined;
  const together = size(broadcast(a.shape, t.shape));
  return together <= Math.max(size(a.shape), size(t.shape)) ? mul(mul(a, t), x) : undefined;
}

function ofReduce(e: Extract<Expr, { op: "reduce" }>): Expr | undefined {
  const { x, f, axis, keep, shape } = e;
  const length = x.shape[axis] as number;
  if (length === 1) return reshape(x, shape);
  if (f !== "sum") return undefined;
  if (x.op === "constant") return constant(x.value * length, shape);
  if (x.op === "unary" && x.f === "neg") return neg(reduce("sum", x.x, axis, keep));
  if (x.op === "binary" && x.f === "mul") {
    if (x.a.shape.length === 0) return mul(x.a, reduce("sum", x.b, axis, keep));
    if (x.b.shape.length === 0) return mul(x.b, reduce("sum", x.a, axis, keep));
  }
  if (x.op === "binary" && x.f === "add" && x.a.shape.length === 0)
    return add(mul(length, x.a), reduce("sum", x.b, axis, keep));
  if (x.op === "expand") {
    const inner = axis - x.shape.length + x.x.shape.length;
    if (inner < 0) return mul(length, expandTo(x.x, shape));
    if (x.x.shape[inner] === 1) {
      const without = x.x.shape.filter((_, i) => keep || i !== inner);
      return mul(length, expandTo(reshape(x.x, without), shape));
    }
  }
  return undefined;
}

function ofMatmul(e: Extract<Expr, { op: "matmul" }>): Expr | undefined {
  const { a, b } = e;
  if (a.op === "transpose" && flat(a)) return matmul(a.x, b, !e.transposeA, e.transposeB);
  if (b.op === "transpose" && flat(b)) return matmul(a, b.x, e.transposeA, !e.transposeB);
  return undefined;
}

function ofSlice(e: Extract<Expr, { op: "slice" }>): Expr | undefined {
  const { x, axis, start, length, shape } = e;
  if (same(x.shape, shape)) return x;
  if (x.op === "constant") return constant(x.value, shape);
  if (x.op === "slice" && x.axis === axis) return slice(x.x, axis, x.start + start, length);
  if (x.op !== "concat" || x.axis !== axis) return undefined;
  let from = 0;
  for (const part of x.parts) {
    const to = from + (part.shape[axis] as number);
    if (start >= from && start + length <= to) return slice(part, axis, start - from, length);
    from = to;
  }
  return undefined;
}
