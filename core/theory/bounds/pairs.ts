/** Scores of all pairs of a batch, [N, N]: the diagonal holds the true pairs, the rest stands for independent ones. */
import { batchSize, div, identity, log, logSumExp, mul, sub, sum, type Expr } from "../../program/expression";

/** Beside it no score counts: exp and softplus of what remains are zero. */
const GONE = 1e9;

/** The scores with the true pairs taken out of every exp, softplus and maximum. */
export const untrue = (scores: Expr): Expr => sub(scores, mul(GONE, identity("N")));

/** N - 1. */
export const others = (): Expr => sub(batchSize(), 1);

/** Log of the mean of exp over the N (N - 1) pairs that are not true. */
export const logMeanExpOfOthers = (scores: Expr): Expr =>
  sub(logSumExp(logSumExp(untrue(scores), 1), 0), log(mul(batchSize(), others())));

/** Mean over the N (N - 1) pairs that are not true; `values` [N, N] must be zero at the true ones. */
export const meanOfOthers = (values: Expr): Expr => div(sum(values), mul(batchSize(), others()));
