/**
 * Which expressions get memory of their own. Elementwise expressions are computed inside the map that uses them;
 * products take their bias and activation along.
 */
import type { Expr } from "../expression";
import { sizeOf, type Activation } from "../program";
import { children, topological } from "../traverse";

type Matmul = Extract<Expr, { op: "matmul" }>;

/** A product with what follows it in the same operation. */
export interface Epilogue {
  product: Matmul;
  bias?: Expr;
  activation: Activation;
}

const activations = new Set<string>(["relu", "sigmoid", "tanh", "softplus"]);

/** Cost of a scalar function inside a map, in additions, where it is not 1. */
const costs: Record<string, number> = { div: 3, reciprocal: 3, sqrt: 3 };
for (const f of ["exp", "log", "sigmoid", "tanh", "softplus", "logGamma"]) costs[f] = 20;

/** A value used several times is computed again in each map when that costs no more than this and few reads. */
const COST_OF_REPEATING = 3;
const READS_OF_REPEATING = 2;

const size = (e: Expr): number => sizeOf(e.shape as number[]);
const elementwise = (e: Expr): e is Extract<Expr, { op: "unary" | "binary" }> =>
  e.op === "unary" || e.op === "binary";

export class Fusion {
  private readonly users = new Map<Expr, Expr[]>();
  private readonly roots: Set<Expr>;
  private readonly decided = new Map<Expr, boolean>();

  constructor(roots: Expr[]) {
    this.roots = new Set(roots);
    for (const e of topological(roots))
      for (const child of new Set(children(e))) {
        const list = this.users.get(child);
        if (list === undefined) this.users.set(child, [e]);
        else list.push(e);
      }
  }

  /** Gives an expression memory of its own after all. */
  materialise(e: Expr): void {
    this.decided.set(e, false);
  }

  /** Is `e` computed inside the maps that use it? */
  inlined(e: Expr): boolean {
    const known = this.decided.get(e);
    if (known !== undefined) return known;
    const result = this.decide(e);
    this.decided.set(e, result);
    return result;
  }

  private decide(e: Expr): boolean {
    if (!elementwise(e) || this.roots.has(e) || this.epilogue(e) !== undefined) return false;
    const users = this.users.get(e) ?? [];
    if (!users.every((user) => elementwise(user) && size(user) === size(e))) return false;
    return users.length === 1 || this.cheap(e);
  }

  /** Is computing `e` again as good as reading it? */
  private cheap(e: Expr): boolean {
    const reads = new Set<Expr>();
    let cost = 0;
    const visit = (part: Expr): void => {
      if (part.op === "constant") return;
      if (part !== e && !this.inlined(part)) {
        if (size(part) === size(e)) reads.add(part);
        return;
      }
      if (elementwise(part)) cost += costs[part.f] ?? 1;
      for (const child of children(part)) visit(child);
    };
    visit(e);
    return cost <= COST_OF_REPEATING && reads.size <= READS_OF_REPEATING;
  }

  /** The product that ends in `e`, when nothing else sees what lies between. */
  epilogue(e: Expr): Epilogue | undefined {
    const activated = e.op === "unary" && activations.has(e.f) && this.only(e.x) ? e.x : undefined;
    const sum = activated ?? e;
    const activation = activated === undefined ? "none" : (e as { f: Activation }).f;
    if (sum.op === "matmul") return { product: sum, activation };
    if (sum.op !== "binary" || sum.f !== "add") return undefined;
    for (const [product, bias] of [
      [sum.a, sum.b],
      [sum.b, sum.a],
    ] as const) {
      const width = product.shape.at(-1);
      if (product.op !== "matmul" || !this.only(product) || size(product) !== size(sum)) continue;
      const one = size(bias) === 1 || bias.shape.at(-1) === width;
      if (size(bias) === width && one && product.shape.length === sum.shape.length)
        return { product, bias, activation };
    }
    return undefined;
  }

  /** Has `e` one use, and is it no root? */
  private only(e: Expr): boolean {
    return !this.roots.has(e) && this.users.get(e)?.length === 1;
  }
}
