/** Numbers kept where a float32 can compute with them. */
import { add, binary, stop, sub, type Expr } from "../../program/expression";

/**
 * Log-variances beyond these overflow sooner or later: exp(88) is the largest power that a float32 has, and squares and sums
 * come on top. Variances from 1e-13 to 5e8 leave every healthy code as it is, bit for bit.
 */
const LOWEST_LOG_VARIANCE = -30;
const HIGHEST_LOG_VARIANCE = 20;

/**
 * x where it is within a range, else the nearer end. The gradient is that of x on both sides of an end, so that what has
 * left the range is still drawn back; inside, values and gradients are those of x.
 */
export const bounded = (x: Expr, low: number, high: number): Expr =>
  add(stop(binary("min", binary("max", x, low), high)), sub(x, stop(x)));

export const boundedLogVariance = (x: Expr): Expr => bounded(x, LOWEST_LOG_VARIANCE, HIGHEST_LOG_VARIANCE);
