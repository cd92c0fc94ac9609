/** Scalar functions in WGSL. */
import type { BinaryFunction, UnaryFunction } from "../../../program/program";

export const unary: Record<UnaryFunction, (x: string) => string> = {
  neg: (x) => `-${x}`,
  exp: (x) => `exp(${x})`,
  log: (x) => `log(${x})`,
  sqrt: (x) => `sqrt(${x})`,
  square: (x) => `${x} * ${x}`,
  abs: (x) => `abs(${x})`,
  reciprocal: (x) => `1.0 / ${x}`,
  sigmoid: (x) => `1.0 / (1.0 + exp(-${x}))`,
  // Beyond these, some drivers divide infinity by infinity.
  tanh: (x) => `tanh(clamp(${x}, -15.0, 15.0))`,
  relu: (x) => `select(${x}, 0.0, ${x} < 0.0)`,
  softplus: (x) => `softplus(${x})`,
  step: (x) => `select(0.0, 1.0, ${x} > 0.0)`,
  sign: (x) => `sign(${x})`,
  logGamma: (x) => `logGamma(${x})`,
};

export const binary: Record<BinaryFunction, (a: string, b: string) => string> = {
  add: (a, b) => `${a} + ${b}`,
  sub: (a, b) => `${a} - ${b}`,
  mul: (a, b) => `${a} * ${b}`,
  div: (a, b) => `${a} / ${b}`,
  max: (a, b) => `max(${a}, ${b})`,
  min: (a, b) => `min(${a}, ${b})`,
};

const LARGEST = 3.4028234e38;

/** Infinities as the largest numbers: WGSL has no way to write them, and drivers may assume that there are none. */
const finite = (value: number): number => Math.fround(Math.max(-LARGEST, Math.min(LARGEST, value)));

/** A number as WGSL writes it, infinities as the largest numbers. */
export function literal(value: number): string {
  const text = String(finite(value));
  return `f32(${/[.e]/.test(text) ? text : `${text}.0`})`;
}

/** The bits of a number that a shader reads as `bitcast<f32>(number(i))`, infinities as the largest numbers. */
export const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(finite(value)).buffer)[0]!;

/**
 * log(1 + e^x), by a series where e^-|x| is small beside 1; log Gamma(x) for x > 0 by eight steps of the recurrence and
 * Stirling's series (Abramowitz and Stegun 1964, 6.1.41).
 */
export const FUNCTIONS = `
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e / 3.0)), e < 0.01);
}
fn logGamma(x: f32) -> f32 {
  let below = log(x * (x + 1.0) * (x + 2.0) * (x + 3.0)) + log((x + 4.0) * (x + 5.0) * (x + 6.0) * (x + 7.0));
  let y = x + 8.0;
  let inverse = 1.0 / (y * y);
  let series = (1.0 / 12.0 + inverse * (-1.0 / 360.0 + inverse / 1260.0)) / y;
  return (y - 0.5) * log(y) - y + 0.9189385332 + series - below;
}
`;
