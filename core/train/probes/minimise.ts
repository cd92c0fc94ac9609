/** Writes the gradient at `x` into `gradient` and returns the value. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

const MEMORY = 8;
const ITERATIONS = 200;

/**
 * Minimises a smooth convex function from `start` by limited-memory BFGS (Nocedal and Wright 2006, algorithm 7.5) with
 * backtracking. `precondition` applies an approximate inverse Hessian in place. Stops when no entry of the gradient is
 * above `tolerance`, or when no step descends.
 */
export function minimise(
  start: Float64Array,
  objective: Objective,
  precondition: (vector: Float64Array) => void,
  tolerance: number,
): Float64Array {
  const size = start.length;
  let x = start;
  let gradient = new Float64Array(size);
  let value = objective(x, gradient);
  const history: { step: Float64Array; change: Float64Array; rho: number; scale: number }[] = [];
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    if (gradient.every((entry) => Math.abs(entry) <= tolerance)) break;
    const direction = gradient.slice();
    const weights: number[] = [];
    for (const { step, change, rho } of history.toReversed()) {
      const weight = rho * dot(step, direction);
      weights.push(weight);
      addScaled(direction, -weight, change);
    }
    precondition(direction);
    const scale = history.at(-1)?.scale ?? 1;
    for (let i = 0; i < size; i++) direction[i]! *= scale;
    for (const { step, change, rho } of history) {
      addScaled(direction, weights.pop()! - rho * dot(change, direction), step);
    }
    const slope = -dot(gradient, direction);
    const nextGradient = new Float64Array(size);
    let length = 1;
    let next = x;
    let nextValue = Infinity;
    for (; length > 1e-6; length /= 2) {
      next = x.slice();
      addScaled(next, -length, direction);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    if (!(nextValue < value)) break;
    const step = next.map((entry, i) => entry - x[i]!);
    const change = nextGradient.map((entry, i) => entry - gradient[i]!);
    const curvature = dot(step, change);
    if (curvature > 0) {
      const conditioned = change.slice();
      precondition(conditioned);
      const scale = curvature / dot(change, conditioned);
      history.push({ step, change, rho: 1 / curvature, scale });
    }
    if (history.length > MEMORY) history.shift();
    [x, gradient, value] = [next, nextGradient, nextValue];
  }
  return x;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, scale: number, source: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i]! += scale * source[i]!;
}
