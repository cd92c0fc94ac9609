/** Walking and rebuilding graphs of expressions. */
import type { Expr, Foreign } from "./expression";

/** The expressions that `e` is made of, in a fixed order. */
export function children(e: Expr): Expr[] {
  switch (e.op) {
    case "binary":
    case "matmul":
      return [e.a, e.b];
    case "concat":
      return e.parts;
    case "gather":
    case "scatterAdd":
      return [e.source, e.index];
    case "foreign":
      return [e.x, ...e.parameters];
    case "foreignGradient":
      return [e.y, e.g];
    case "constant":
    case "batch":
    case "input":
    case "parameter":
    case "knob":
    case "identity":
      return [];
    default:
      return [e.x];
  }
}

/** `e` with other children, in the order of `children`; `e` itself when they are the same. */
export function withChildren(e: Expr, parts: Expr[]): Expr {
  const old = children(e);
  if (parts.every((part, i) => part === old[i])) return e;
  switch (e.op) {
    case "binary":
    case "matmul":
      return { ...e, a: parts[0]!, b: parts[1]! };
    case "concat":
      return { ...e, parts };
    case "gather":
    case "scatterAdd":
      return { ...e, source: parts[0]!, index: parts[1]! };
    case "foreign":
      return { ...e, x: parts[0]!, parameters: parts.slice(1) };
    case "foreignGradient":
      return { ...e, y: parts[0] as Foreign, g: parts[1]! };
    default:
      return { ...e, x: parts[0]! } as Expr;
  }
}

/**
 * Every expression that the roots are made of, each once, children before parents.
 * @param without expressions to leave out, with what only they are made of
 */
export function topological(roots: Iterable<Expr>, without: ReadonlySet<Expr> = new Set()): Expr[] {
  const order: Expr[] = [];
  const seen = new Set<Expr>(without);
  const visit = (e: Expr): void => {
    if (seen.has(e)) return;
    seen.add(e);
    for (const child of children(e)) visit(child);
    order.push(e);
  };
  for (const root of roots) visit(root);
  return order;
}

/** Rewrites a graph from its leaves up; `change` sees each expression once, with its children already rewritten. */
export function rewriter(change: (e: Expr) => Expr): (root: Expr) => Expr {
  const done = new Map<Expr, Expr>();
  const visit = (e: Expr): Expr => {
    const known = done.get(e);
    if (known !== undefined) return known;
    const result = change(withChildren(e, children(e).map(visit)));
    done.set(e, result);
    return result;
  };
  return visit;
}
