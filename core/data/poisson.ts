import type { RandomStream } from "../random";

/** A Poisson number by Knuth's product of uniforms: made for means of some tens at most. */
export function poisson(mean: number, draws: RandomStream): number {
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = draws.uniform(); product > least; product *= draws.uniform()) count++;
  return count;
}
