/** Derivatives of the scalar functions. Each is written with the function's own value where that saves work. */
import { add, binary, constant, div, log, mul, neg, square, sub, unary, type Expr } from "./expression";
import type { BinaryFunction, UnaryFunction } from "./program";

/** The gradient that reaches x through y = f(x), given the gradient g of y. */
type UnaryRule = (g: Expr, x: Expr, y: Expr) => Expr;
/** The gradients that reach a and b through y = f(a, b). */
type BinaryRule = { a: (g: Expr, y: Expr, a: Expr, b: Expr) => Expr; b: BinaryRule["a"] };

const none: UnaryRule = (g) => mul(g, 0);

export const unaryRules: Record<UnaryFunction, UnaryRule> = {
  neg: (g) => neg(g),
  exp: (g, _, y) => mul(g, y),
  log: (g, x) => div(g, x),
  sqrt: (g, _, y) => div(mul(0.5, g), y),
  square: (g, x) => mul(mul(2, g), x),
  abs: (g, x) => mul(g, unary("sign", x)),
  reciprocal: (g, _, y) => neg(mul(g, square(y))),
  sigmoid: (g, _, y) => mul(g, mul(y, sub(1, y))),
  tanh: (g, _, y) => mul(g, sub(1, square(y))),
  relu: (g, _, y) => mul(g, unary("step", y)),
  softplus: (g, x) => mul(g, unary("sigmoid", x)),
  step: none,
  sign: none,
  logGamma: (g, x) => mul(g, digamma(x)),
};

/** 1 where a > b, else 0. */
const above = (a: Expr, b: Expr): Expr => unary("step", sub(a, b));
const below = (a: Expr, b: Expr): Expr => sub(1, above(a, b));

export const binaryRules: Record<BinaryFunction, BinaryRule> = {
  add: { a: (g) => g, b: (g) => g },
  sub: { a: (g) => g, b: (g) => neg(g) },
  mul: { a: (g, _, __, b) => mul(g, b), b: (g, _, a) => mul(g, a) },
  div: { a: (g, _, __, b) => div(g, b), b: (g, y, _, b) => neg(div(mul(g, y), b)) },
  max: { a: (g, _, a, b) => mul(g, above(a, b)), b: (g, _, a, b) => mul(g, below(a, b)) },
  min: { a: (g, _, a, b) => mul(g, below(a, b)), b: (g, _, a, b) => mul(g, above(a, b)) },
};

/**
 * The derivative of log Gamma for x > 0, within 1e-12: the recurrence digamma(x) = digamma(x + 1) - 1/x up to x + 8, then the
 * asymptotic series (Abramowitz and Stegun 1964, 6.3.5 and 6.3.18).
 */
function digamma(x: Expr): Expr {
  let poles: Expr = unary("reciprocal", x);
  for (let k = 1; k < 8; k++) poles = add(poles, unary("reciprocal", add(x, k)));
  const y = add(x, 8);
  const inverse = unary("reciprocal", square(y));
  // -B_2n / 2n, from n = 6 down to 1, by Horner's rule in 1 / y^2.
  const series = [691 / 32760, -1 / 132, 1 / 240, -1 / 252, 1 / 120, -1 / 12];
  const tail = series.reduce<Expr>((sum, c) => mul(inverse, add(c, sum)), constant(0));
  return sub(add(sub(log(y), binary("div", 0.5, y)), tail), poles);
}
