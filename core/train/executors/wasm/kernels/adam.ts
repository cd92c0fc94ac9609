/** One step of Adam (Kingma and Ba 2015, algorithm 1) with bias correction. */
import { TILE } from "./layout";
import { fma } from "./simd";

/** beta^t for t = 0, 1, 2, ... */
function power(beta: f64, t: i32): f64 {
  let result: f64 = 1;
  for (; t > 0; t >>= 1) {
    if (t & 1) result *= beta;
    beta *= beta;
  }
  return result;
}

/** Words: parameter, gradient, m, v, rate, step, size, then 8-byte aligned beta1, beta2, epsilon as float64. */
export function adam(words: usize, thread: i32, threads: i32, scratch: usize): void {
  const parameter = <usize>load<u32>(words);
  const gradient = <usize>load<u32>(words, 4);
  const first = <usize>load<u32>(words, 8);
  const second = <usize>load<u32>(words, 12);
  const rate = <f64>load<f32>(load<u32>(words, 16));
  const step = <i32>load<f32>(load<u32>(words, 20));
  const vectors = (load<i32>(words, 24) + 3) >> 2;
  const beta1 = load<f64>(words, 28);
  const beta2 = load<f64>(words, 36);

  // By way of memory: engines would else move this arithmetic into the loop.
  const at = scratch + TILE;
  store<f32>(at, <f32>beta1);
  store<f32>(at, <f32>beta2, 4);
  store<f32>(at, <f32>(1 - beta1), 8);
  store<f32>(at, <f32>(1 - beta2), 12);
  store<f32>(at, <f32>(rate / (1 - power(beta1, step))), 16);
  store<f32>(at, <f32>(1 / (1 - power(beta2, step))), 20);
  store<f32>(at, <f32>load<f64>(words, 44), 24);
  store<f32>(at, 1e-30, 28);
  const keep1 = v128.load32_splat(at);
  const keep2 = v128.load32_splat(at, 4);
  const take1 = v128.load32_splat(at, 8);
  const take2 = v128.load32_splat(at, 12);
  const scale = v128.load32_splat(at, 16);
  const correction = v128.load32_splat(at, 20);
  const epsilon = v128.load32_splat(at, 24);
  const nothing = v128.load32_splat(at, 28);

  const end = <usize>((vectors * (thread + 1)) / threads) << 4;
  for (let i = <usize>((vectors * thread) / threads) << 4; i < end; i += 16) {
    const g = v128.load(gradient + i);
    // Where gradients end, m would decay to denormal numbers and stay there, which processors handle slowly.
    const decayed = fma(take1, g, f32x4.mul(keep1, v128.load(first + i)));
    const m = v128.andnot(decayed, f32x4.lt(f32x4.abs(decayed), nothing));
    const v = fma(take2, f32x4.mul(g, g), f32x4.mul(keep2, v128.load(second + i)));
    v128.store(first + i, m);
    v128.store(second + i, v);
    const size = f32x4.add(f32x4.sqrt(f32x4.mul(v, correction)), epsilon);
    v128.store(parameter + i, f32x4.sub(v128.load(parameter + i), f32x4.div(f32x4.mul(scale, m), size)));
  }
}
