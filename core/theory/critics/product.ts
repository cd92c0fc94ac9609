import { div, matmul, mul, sum, type Expr } from "../../program/expression";
import { widthOf, type Critic } from "./critic";

/** Keeps scores of codes of unit spread of order one as they widen. */
const scale = (x: Expr): number => Math.sqrt(widthOf(x));

const multiplied = (codes: readonly Expr[]): Expr => codes.reduce((product, code) => mul(product, code));

/** The scores of codes row by row, [N]. */
export const productOfRows = (codes: readonly Expr[]): Expr =>
  div(sum(multiplied(codes), -1), scale(codes[0]!));

/** The scores of every row of one code with every row of the others: [N, N]. */
export const productOfPairs = (code: Expr, others: readonly Expr[]): Expr =>
  div(matmul(code, multiplied(others), false, true), scale(code));

export const product: Critic = {
  name: "product",
  doc: "The sum over coordinates of the product of all codes, divided by the square root of their width. For two codes it is `dot`.",
  citation: "Saporta et al. 2024, Symile",
  temperature: 1,
  equalWidths: true,
  pairs: ({ first, second }) => productOfPairs(first, [second]),
  rows: ({ first, second }) => productOfRows([first, second]),
};
