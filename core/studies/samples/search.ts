/** Where a design's learning curve reaches a level, with as few trainings as it takes. */
import type { Sized } from "./curve";

/**
 * The curve at the largest size, at that in place `first`, and by halving at those about the level of the largest.
 * @param sizes ascending numbers of samples
 * @param at the point of a size; undefined while trainings are missing
 * @returns ascending points; undefined while some are missing
 */
export function searchedCurve(
  sizes: readonly number[],
  first: number,
  level: number,
  at: (rows: number) => Sized | undefined,
): Sized[] | undefined {
  const points = new Map<number, Sized>();
  const known = (place: number): Sized | undefined => {
    const point = at(sizes[place]!);
    if (point !== undefined) points.set(place, point);
    return point;
  };
  const last = sizes.length - 1;
  const end = known(last);
  const start = known(first);
  if (end === undefined || start === undefined) return undefined;
  let [low, high] = start.score >= level * end.score ? [-1, first] : [first, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const point = known(middle);
    if (point === undefined) return undefined;
    if (point.score >= level * end.score) high = middle;
    else low = middle;
  }
  return [...points].sort(([a], [b]) => a - b).map(([, point]) => point);
}
