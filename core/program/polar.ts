/** The polar factor of a matrix written out as products. */
import { matmul, mul, sub, type Expr } from "./expression";

/** Enough for singular values from 0.001 to 1: each step multiplies a small one by 3/2, and the last ones square the error. */
const STEPS = 24;

/**
 * U V^T of x = U S V^T, by the iteration X <- X (3 - X^T X) / 2 (Newton and Schulz; Higham 2008, "Functions of Matrices",
 * section 8.3), which takes every singular value between 0 and the root of 3 to 1.
 */
export function expandPolar(x: Expr): Expr {
  const wide = (x.shape[0] as number) < (x.shape[1] as number);
  let factor = x;
  for (let step = 0; step < STEPS; step++) {
    const square = matmul(factor, factor, !wide, wide);
    const product = wide ? matmul(square, factor) : matmul(factor, square);
    factor = sub(mul(1.5, factor), mul(0.5, product));
  }
  return factor;
}
