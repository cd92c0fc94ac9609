import { RandomStream } from "../../random";

/** Of a random direction, the share of its length that has to be left beside the directions that it avoids. */
const LEAST_LEFT = 0.1;

/**
 * A random direction of `width` values, of this length.
 * @param avoided directions to which it is orthogonal, unless they leave hardly any other
 */
export function directionOf(
  width: number,
  length: number,
  seed: number,
  name: string,
  avoided: readonly Float64Array[] = [],
): Float64Array {
  const draws = new RandomStream(seed, name, 0);
  const drawn = new Float64Array(width).map(() => draws.normal());
  const done: Float64Array[] = [];
  for (const one of avoided) {
    const own = less(one, done);
    const size = Math.hypot(...own);
    if (size > 1e-6 * Math.hypot(...one)) done.push(own.map((value) => value / size));
  }
  const left = less(drawn, done);
  const chosen = Math.hypot(...left) >= LEAST_LEFT * Math.hypot(...drawn) ? left : drawn;
  const size = Math.hypot(...chosen);
  return chosen.map((value) => (length * value) / size);
}

/** A direction less what it has of these orthonormal ones. */
function less(direction: Float64Array, others: readonly Float64Array[]): Float64Array {
  const rest = direction.slice();
  for (const other of others) {
    const product = rest.reduce((sum, value, at) => sum + value * other[at]!, 0);
    for (let at = 0; at < rest.length; at++) rest[at]! -= product * other[at]!;
  }
  return rest;
}
