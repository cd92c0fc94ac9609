/** Covariances of a batch, over N. */
import {
  add,
  batchSize,
  diagonal,
  div,
  identity,
  matmul,
  mean,
  mul,
  reshape,
  square,
  sub,
  unary,
  whitener,
  type Expr,
} from "../../program/expression";
import { widthOf } from "../critics/critic";

/** x [N, k] less its mean over the batch. */
export const centred = (x: Expr): Expr => sub(x, mean(x, 0, true));

/** Covariance of x [N, a] and y [N, b]: [a, b]. */
const covariance = (x: Expr, y: Expr): Expr => div(matmul(centred(x), centred(y), true, false), batchSize());

/** A coordinate that varies by less than this share of its size varies by the rounding of a float32 alone. */
const CONSTANT = 1e-12;

/** The covariance of x [N, k] with a variance of 1 for coordinates that are constant: they correlate with nothing. */
function variances(x: Expr): Expr {
  const own = covariance(x, x);
  const varies = unary("step", sub(diagonal(own), mul(CONSTANT, mean(square(x), 0))));
  const width = widthOf(x);
  return add(own, mul(identity(width), reshape(sub(1, varies), [1, width])));
}

/**
 * Cross-covariance of x [N, a] and y [N, b], each whitened by the inverse of its Cholesky factor: [a, b]. Its singular
 * values are the canonical correlations. Of codes whose coordinates determine each other there is none: NaN.
 */
export const whitenedCross = (x: Expr, y: Expr): Expr =>
  matmul(matmul(whitener(variances(x)), covariance(x, y)), whitener(variances(y)), false, true);
