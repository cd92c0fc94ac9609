import { binary, div, sqrt, square, sum, type Expr } from "../../program/expression";

/** Keeps a vector at the origin from being divided by zero; far below any norm that training meets. */
const SMALLEST_SQUARED_NORM = 1e-24;

/** The length of each row, [N, 1]. */
export const norm = (x: Expr): Expr => sqrt(binary("max", sum(square(x), -1, true), SMALLEST_SQUARED_NORM));

/** Each row divided by its length. */
export const unit = (x: Expr): Expr => div(x, norm(x));
