/** Learning curves that no rule continues: those that fall, those that bend upward, and those at their end. */
import { median } from "../../gaussian/simulation";
import type { Sized } from "./curve";

/** A fall, and a bend, that counts: a share of the largest score. */
const COUNTS = 0.1;
/** A gain from one size to the next that counts as none, relative to the score; so small over so many steps is flat. */
export const FLAT = 0.05;
export const FLAT_STEPS = 2;
/** A score, in accuracy, R² or nats, that is more than noise about 0: nothing falls from less. */
const LEAST = 0.05;

/**
 * The point from which the score falls to the last one: by more than a tenth of it, at every seed, and from a score that is one.
 * @param points with ascending samples
 */
export function fallenFrom(points: readonly Sized[]): Sized | undefined {
  const end = points.at(-1);
  if (end === undefined) return undefined;
  const best = points.reduce((most, one) => (one.score > most.score ? one : most));
  const falls = best.score > LEAST && best.score - end.score > COUNTS * best.score && end.high < best.low;
  return falls ? best : undefined;
}

/**
 * Whether the score still bends upward at the last of these points, each of which has as many times the samples of the one
 * before: it gains more by the last step than by the one before, by more than a tenth of it and at most of the seeds.
 */
export function isBending(points: readonly Sized[]): boolean {
  const [first, middle, last] = points.slice(-3);
  if (last === undefined || middle === undefined || first === undefined) return false;
  const seeds = Math.min(first.each.length, middle.each.length, last.each.length);
  const bends = Array.from(
    { length: seeds },
    (_, seed) => last.each[seed]! - 2 * middle.each[seed]! + first.each[seed]!,
  );
  const least = COUNTS * Math.abs(last.score);
  return median(bends) > least && bends.filter((bend) => bend > 0).length > seeds / 2;
}

/** Whether the score gains as good as nothing by each of its last steps. */
export function isFlat(points: readonly Sized[]): boolean {
  const last = points.slice(-FLAT_STEPS - 1);
  const end = last.at(-1);
  if (end === undefined || last.length <= FLAT_STEPS || end.score <= LEAST) return false;
  return last.every((one, i) => Math.abs(end.score - one.score) <= (last.length - 1 - i) * FLAT * end.score);
}
