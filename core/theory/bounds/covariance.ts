/** Covariances of a batch, over N. */
import { batchSize, div, matmul, mean, sub, whitener, type Expr } from "../../program/expression";

/** x [N, k] less its mean over the batch. */
export const centred = (x: Expr): Expr => sub(x, mean(x, 0, true));

/** Covariance of x [N, a] and y [N, b]: [a, b]. */
export const covariance = (x: Expr, y: Expr): Expr =>
  div(matmul(centred(x), centred(y), true, false), batchSize());

/**
 * Cross-covariance of x [N, a] and y [N, b], each whitened by the inverse of its Cholesky factor: [a, b]. Its singular
 * values are the canonical correlations.
 */
export const whitenedCross = (x: Expr, y: Expr): Expr =>
  matmul(matmul(whitener(covariance(x, x)), covariance(x, y)), whitener(covariance(y, y)), false, true);
