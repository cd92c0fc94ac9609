/** Small vector helpers. `fma` is a fused multiply-add where the build has it. */

// @ts-ignore: decorator
@inline
export function fma(x: v128, y: v128, z: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(x, y, z) : f32x4.add(f32x4.mul(x, y), z);
}

/** z - x y. */
// @ts-ignore: decorator
@inline
export function fnma(x: v128, y: v128, z: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_nmadd(x, y, z) : f32x4.sub(z, f32x4.mul(x, y));
}

// @ts-ignore: decorator
@inline
export function sumLanes(x: v128): f64 {
  return (
    <f64>f32x4.extract_lane(x, 0) +
    <f64>f32x4.extract_lane(x, 1) +
    (<f64>f32x4.extract_lane(x, 2) + <f64>f32x4.extract_lane(x, 3))
  );
}

// @ts-ignore: decorator
@inline
export function maxLanes(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

/** The first `count` (0 to 4) floats at `from`; the other lanes hold `fill`. */
export function loadPart(from: usize, count: i32, fill: f32): v128 {
  let x = f32x4.splat(fill);
  if (count > 0) x = f32x4.replace_lane(x, 0, load<f32>(from));
  if (count > 1) x = f32x4.replace_lane(x, 1, load<f32>(from, 4));
  if (count > 2) x = f32x4.replace_lane(x, 2, load<f32>(from, 8));
  if (count > 3) x = f32x4.replace_lane(x, 3, load<f32>(from, 12));
  return x;
}

/** Stores the first `count` (0 to 4) lanes. */
export function storePart(to: usize, x: v128, count: i32): void {
  if (count > 0) store<f32>(to, f32x4.extract_lane(x, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(x, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(x, 2), 8);
  if (count > 3) store<f32>(to, f32x4.extract_lane(x, 3), 12);
}
