/** From an expression over any batch to one over a batch of a given length, with networks written out. */
import { constant, type Dim, type Expr, type Shape } from "./expression";
import { expandNetwork } from "./networks";
import { expandPolar } from "./polar";
import { rewriter } from "./traverse";

/**
 * Replaces the batch's length everywhere by `batch`, and networks by their products.
 * @param batch rows of the batch, at least 1
 */
export function bind(roots: Record<string, Expr>, batch: number): Record<string, Expr> {
  if (!Number.isInteger(batch) || batch < 1)
    throw new RangeError(`a batch must have at least one row, not ${batch}`);
  const fix = (shape: Shape): Dim[] => shape.map((dim) => (dim === "N" ? batch : dim));
  const rewrite = rewriter((e) => {
    if (e.op === "batch") return constant(batch);
    if (e.op === "polar") return expandPolar(e.x);
    if (e.op === "network") return expandNetwork(e.network, e.x);
    return e.shape.includes("N") ? { ...e, shape: fix(e.shape) } : e;
  });
  return Object.fromEntries(Object.entries(roots).map(([name, root]) => [name, rewrite(root)]));
}
