/** The scalar functions of programs, in float64. */
import type { BinaryFunction, UnaryFunction } from "./program";

/** log Gamma(x) for x > 0: the recurrence up to 8 or more, then Stirling's series (Abramowitz and Stegun 1964, 6.1.41). */
export function logGamma(x: number): number {
  let product = 1;
  let y = x;
  for (; y < 8; y++) product *= y;
  const i = 1 / (y * y);
  const series =
    1 / 12 + i * (-1 / 360 + i * (1 / 1260 + i * (-1 / 1680 + i * (1 / 1188 - (i * 691) / 360360))));
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + series / y - Math.log(product);
}

export const unaryNumbers: Record<UnaryFunction, (x: number) => number> = {
  neg: (x) => -x,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  square: (x) => x * x,
  abs: Math.abs,
  reciprocal: (x) => 1 / x,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
  relu: (x) => (x > 0 ? x : 0),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  step: (x) => (x > 0 ? 1 : 0),
  sign: Math.sign,
  logGamma,
};

export const binaryNumbers: Record<BinaryFunction, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  max: Math.max,
  min: Math.min,
};
