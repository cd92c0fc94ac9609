/**
 * Elementwise functions on four floats, within a few units in the last place. NaN in gives NaN out: clamps are
 * `pmin(x, limit)` and `pmax(x, limit)` in this order, which keep a NaN of the first argument.
 */
import { fma, fnma } from "./simd";

// Constants lie in memory: engines would build one that is written in the code anew in every round of a loop.
const SHARED = memory.data<f32>([1.0, 12582912.0, 1.44269504, 0.693359375, -2.1219444e-4, 90.0, -110.0]);
const EXP = memory.data<f32>([1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 0.5]);
const LOG = memory.data<f32>([
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
  -2.4999993993e-1, 3.3333331174e-1, 1.17549435e-38, 33554432.0, 25.0, 0.5, Infinity, NaN,
]);
const TANH = memory.data<f32>([
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1, 0.625,
]);

// @ts-ignore: decorator
@inline
function constant(table: usize, index: usize): v128 {
  return v128.load32_splat(table + 4 * index);
}

/** exp(x): x = n ln 2 + r, a polynomial of degree 6 in r (Cephes, `expf`), times 2^n in two factors. */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const one = constant(SHARED, 0);
  const rounding = constant(SHARED, 1);
  const clamped = f32x4.pmax(f32x4.pmin(x, constant(SHARED, 5)), constant(SHARED, 6));
  const shifted = fma(clamped, constant(SHARED, 2), rounding);
  const n = f32x4.sub(shifted, rounding);
  let r = fnma(n, constant(SHARED, 3), clamped);
  r = fnma(n, constant(SHARED, 4), r);
  let p = fma(constant(EXP, 0), r, constant(EXP, 1));
  p = fma(p, r, constant(EXP, 2));
  p = fma(p, r, constant(EXP, 3));
  p = fma(p, r, constant(EXP, 4));
  p = fma(p, r, constant(EXP, 5));
  p = f32x4.add(fma(f32x4.mul(r, r), p, r), one);
  // 2^n as two factors, since 2^128 and 2^-127 are beyond the normal numbers. The bits of 1 hold the exponent's bias.
  const power = i32x4.sub(shifted, rounding);
  const half = i32x4.shr_s(power, 1);
  const first = i32x4.add(i32x4.shl(half, 23), one);
  const second = i32x4.add(i32x4.shl(i32x4.sub(power, half), 23), one);
  return f32x4.mul(f32x4.mul(p, first), second);
}

/** log(x): x = 2^e m with m in [sqrt 1/2, sqrt 2), a polynomial of degree 8 in m - 1 (Cephes, `logf`). */
// @ts-ignore: decorator
@inline
export function log(x: v128): v128 {
  const small = f32x4.lt(x, constant(LOG, 9));
  const scaled = v128.bitselect(f32x4.mul(x, constant(LOG, 10)), x, small);
  // Exponent and mantissa such that the mantissa starts at sqrt(1/2), whose bits are 0x3f3504f3.
  const bits = i32x4.sub(scaled, i32x4.splat(0x3f3504f3));
  let e = f32x4.convert_i32x4_s(i32x4.shr_s(bits, 23));
  e = f32x4.sub(e, v128.and(small, constant(LOG, 11)));
  const m = i32x4.add(v128.and(bits, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const r = f32x4.sub(m, constant(SHARED, 0));
  const z = f32x4.mul(r, r);
  let p = fma(constant(LOG, 0), r, constant(LOG, 1));
  p = fma(p, r, constant(LOG, 2));
  p = fma(p, r, constant(LOG, 3));
  p = fma(p, r, constant(LOG, 4));
  p = fma(p, r, constant(LOG, 5));
  p = fma(p, r, constant(LOG, 6));
  p = fma(p, r, constant(LOG, 7));
  p = fma(p, r, constant(LOG, 8));
  let y = f32x4.mul(f32x4.mul(p, r), z);
  y = fma(e, constant(SHARED, 4), y);
  y = fnma(z, constant(LOG, 12), y);
  y = f32x4.add(r, y);
  y = fma(e, constant(SHARED, 3), y);
  const zero = f32x4.splat(0.0);
  const infinity = constant(LOG, 13);
  y = v128.bitselect(infinity, y, f32x4.eq(x, infinity));
  y = v128.bitselect(f32x4.neg(infinity), y, f32x4.eq(x, zero));
  // Negative and NaN arguments, the only ones that are not >= 0.
  return v128.bitselect(y, constant(LOG, 14), f32x4.ge(x, zero));
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: v128): v128 {
  const one = constant(SHARED, 0);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}

/** tanh(x): an odd polynomial below 0.625 (Cephes, `tanhf`), 1 - 2 / (exp(2 |x|) + 1) above. */
// @ts-ignore: decorator
@inline
export function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const one = constant(SHARED, 0);
  const large = f32x4.sub(one, f32x4.div(f32x4.add(one, one), f32x4.add(exp(f32x4.add(size, size)), one)));
  const z = f32x4.mul(x, x);
  let p = fma(constant(TANH, 0), z, constant(TANH, 1));
  p = fma(p, z, constant(TANH, 2));
  p = fma(p, z, constant(TANH, 3));
  p = fma(p, z, constant(TANH, 4));
  const small = fma(f32x4.mul(p, z), x, x);
  const signed = v128.or(large, v128.and(x, i32x4.splat(0x80000000)));
  // Written so that a NaN takes the polynomial, which keeps it.
  return v128.bitselect(signed, small, f32x4.ge(size, constant(TANH, 5)));
}

/** log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)); log1p by Kahan's correction log(w) u / (w - 1), w = 1 + u. */
// @ts-ignore: decorator
@inline
export function softplus(x: v128): v128 {
  const one = constant(SHARED, 0);
  const u = exp(f32x4.neg(f32x4.abs(x)));
  const w = f32x4.add(one, u);
  const corrected = f32x4.mul(log(w), f32x4.div(u, f32x4.sub(w, one)));
  const log1p = v128.bitselect(u, corrected, f32x4.eq(w, one));
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0.0)), log1p);
}

/** -1, 0 or 1; NaN stays NaN. */
// @ts-ignore: decorator
@inline
export function sign(x: v128): v128 {
  const one = v128.or(v128.and(x, i32x4.splat(0x80000000)), f32x4.splat(1.0));
  return v128.bitselect(one, x, v128.or(f32x4.gt(x, f32x4.splat(0.0)), f32x4.lt(x, f32x4.splat(0.0))));
}

/** log in double precision for finite x > 0: exponent, and 2 atanh((m - 1) / (m + 1)) for the mantissa. */
function log64(x: f64): f64 {
  const bits = reinterpret<i64>(x) - 0x3fe6a09e667f3bcd;
  const e = <f64>(bits >> 52);
  const m = reinterpret<f64>((bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd);
  const s = (m - 1.0) / (m + 1.0);
  const z = s * s;
  let p = 1.0 / 17.0;
  p = p * z + 1.0 / 15.0;
  p = p * z + 1.0 / 13.0;
  p = p * z + 1.0 / 11.0;
  p = p * z + 1.0 / 9.0;
  p = p * z + 1.0 / 7.0;
  p = p * z + 1.0 / 5.0;
  p = p * z + 1.0 / 3.0;
  return e * 0.6931471805599453 + 2.0 * (s + s * z * p);
}

/** log Gamma(x) for x > 0: Stirling's series above 8, reached by Gamma(x + 1) = x Gamma(x). */
export function logGamma(value: f32): f32 {
  if (!(value > 0) || value == Infinity) return value == 0 ? Infinity : value < 0 ? NaN : value;
  let x = <f64>value;
  let product = 1.0;
  while (x < 8.0) {
    product *= x;
    x += 1.0;
  }
  const z = 1.0 / (x * x);
  let series = -1.0 / 1680.0;
  series = series * z + 1.0 / 1260.0;
  series = series * z - 1.0 / 360.0;
  series = series * z + 1.0 / 12.0;
  return <f32>((x - 0.5) * log64(x) - x + 0.9189385332046727 + series / x - log64(product));
}
