import { RandomStream } from "../random";
import type { GaussianPair, SharingView } from "./population";

/** A row of two views, and the standard normal numbers that both share. */
interface DrawnRow {
  x: Float64Array;
  y: Float64Array;
  shared: Float64Array;
}

/**
 * Rows of a pair whose views show the same numbers, each with noise of its own, so that the shown ones have the correlations
 * of the pair.
 * @returns the row of a number within a part of the data; parts are independent, and `noise` goes on with the row's draws
 */
export function drawnRows(
  { x, y, rhos }: GaussianPair,
  seed: number,
): ((part: number, number: number) => DrawnRow) & { noise: () => number } {
  const draws = [0, 1, 2].map((part) => new RandomStream(seed, `rows of a twin ${part}`, 0));
  let current = draws[0]!;
  const viewOf = ({ factor, shared }: SharingView, common: Float64Array): Float64Array => {
    const d = Math.sqrt(factor.length);
    const inner = Float64Array.from({ length: d }, () => current.normal());
    rhos.forEach((rho, k) => {
      const direction = shared.subarray(k * d, (k + 1) * d);
      let along = 0;
      for (let i = 0; i < d; i++) along += direction[i]! * inner[i]!;
      // What is drawn along the direction stays as the noise of this view.
      const change = Math.sqrt(rho) * common[k]! + (Math.sqrt(1 - rho) - 1) * along;
      for (let i = 0; i < d; i++) inner[i]! += change * direction[i]!;
    });
    const out = new Float64Array(d);
    for (let i = 0; i < d; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += factor[i * d + j]! * inner[j]!;
      out[i] = sum;
    }
    return out;
  };
  const row = (part: number, number: number): DrawnRow => {
    current = draws[part]!;
    current.rewind(number);
    const shared = Float64Array.from(rhos, () => current.normal());
    return { x: viewOf(x, shared), y: viewOf(y, shared), shared };
  };
  return Object.assign(row, { noise: () => current.normal() });
}
