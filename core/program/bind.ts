/** From an expression over any batch to one over a batch of a given length, with networks written out. */
import { constant, type BatchDim, type Dim, type Expr, type Shape } from "./expression";
import { expandNetwork } from "./networks";
import { applyOwn, isBuilt, type OwnParameters } from "./own";
import { expandPolar } from "./polar";
import { rewriter } from "./traverse";

/**
 * Replaces the lengths of the batch and of its parts everywhere by numbers, and networks by their products.
 * @param length rows of the batch or of a part, at least 1
 * @param own modules of the user's own that take the place of their networks
 */
export function bind(
  roots: Record<string, Expr>,
  length: (dim: BatchDim) => number | undefined,
  own: OwnParameters = new Map(),
): Record<string, Expr> {
  const rows = (dim: BatchDim): number => {
    const count = length(dim);
    if (count === undefined || !Number.isInteger(count) || count < 1)
      throw new RangeError(`a batch must have at least one row, not ${count} (${dim})`);
    return count;
  };
  const fix = (shape: Shape): Dim[] => shape.map((dim) => (typeof dim === "string" ? rows(dim) : dim));
  const rewrite = rewriter((e) => {
    if (e.op === "batch") return constant(rows(e.of));
    if (e.op === "polar") return expandPolar(e.x);
    if (e.op === "network" && isBuilt(e.network, own))
      return applyOwn(e.network, own.get(e.network.name)!, e.x);
    if (e.op === "network") return expandNetwork(e.network, e.x);
    return e.shape.some((dim) => typeof dim === "string") ? { ...e, shape: fix(e.shape) } : e;
  });
  return Object.fromEntries(Object.entries(roots).map(([name, root]) => [name, rewrite(root)]));
}
