/** Measured: nested parts of the data there are, and the need read off the learning curve. */
import { hundredths, whole } from "../../language/number-text";
import type { Next } from "../study";
import { answered, type CurvePoint, type SamplesAnswer } from "./answer";
import {
  changeOf,
  pointOf,
  pointsOf,
  reachedAt,
  reachedBySeed,
  type Runs,
  type Score,
  type Sized,
} from "./curve";
import { dataJobs, STEP, type Protocol } from "./plan";
import { fallenFrom, FLAT } from "./trend";

const FEWEST = 32;
/** The smallest part of the data that is tried. */
const SMALLEST = 64;
/** Twice the steps may change the score by this much, relative to it. */
export const STEADY = 0.05;
/** So many seeds are trained with twice the steps. */
export const LONGER = 2;

/** @param rows all training samples there are */
export function measuredNext(
  protocol: Protocol,
  runs: Runs,
  score: Score,
  rows: number,
  level: number,
): Next<SamplesAnswer> {
  const points: Sized[] = [];
  for (let size = rows; size >= Math.max(FEWEST, rows / SMALLEST); size = Math.round(size / STEP)) {
    const trained = runs.of(dataJobs(protocol, size));
    // The top two are needed in any case.
    if (trained === undefined && size === rows) runs.of(dataJobs(protocol, Math.round(rows / STEP)));
    if (trained === undefined) return { ask: runs.missing };
    const point = pointOf("data", size, trained, score);
    if (point === undefined) break;
    points.unshift(point);
    if (points.length > 1 && point.score < level * points.at(-1)!.score) break;
  }
  const end = points.at(-1);
  if (end === undefined || points.length < 2)
    return { answer: notCovered(score.of, level, runs, "Too few samples to make parts of.") };
  const longer = runs.of(dataJobs(protocol, rows, protocol.seeds.slice(0, LONGER), 2));
  if (longer === undefined) return { ask: runs.missing };
  const change = changeOf(end.each, pointOf("data", rows, longer, score)?.each ?? end.each);
  const curve = pointsOf(points);
  const common = { level, of: score.of, curve, seconds: runs.seconds };
  const fallen = fallenFrom(points);
  if (fallen !== undefined) {
    const reason = fallenText(fallen, end);
    return { answer: answered({ ...common, answer: "not covered", reason }) };
  }
  const need = reachedAt(points, level * end.score)!;
  const steady = Math.abs(change) <= STEADY;
  const limitedBy = steady ? ("data" as const) : ("steps" as const);
  const steps = steady ? "" : ` ${stepsText(change)}`;
  const before = points.at(-2)!;
  if (end.score <= 0 || end.score - before.score > FLAT * end.score) {
    const rises = `The score still rises at ${whole(rows)} samples, the most there are: from ${before.score.toFixed(2)} to ${end.score.toFixed(2)}.`;
    const low = Math.round(end.score <= 0 ? rows : need);
    return {
      answer: answered({ ...common, answer: "at least", low, limitedBy, reason: `${rises}${steps}` }),
    };
  }
  const first = points[0]!;
  if (first.score >= level * end.score) {
    const reason = `Already ${whole(first.rows)} samples, the fewest that were tried, reach it.${steps}`;
    return {
      answer: answered({
        ...common,
        answer: "at most",
        need: first.rows,
        high: first.rows,
        limitedBy,
        reason,
      }),
    };
  }
  const each = reachedBySeed(points, level);
  return {
    answer: answered({
      ...{ ...common, answer: "measured", limitedBy },
      need: Math.round(need),
      low: Math.round(Math.min(need, ...each)),
      high: Math.round(Math.max(need, ...each)),
      reason: `Read off the learning curve of ${whole(rows)} samples, every training with the same steps; the ends are those of the seeds.${steps}`,
    }),
  };
}

export const stepsText = (change: number): string =>
  `Twice the steps ${change > 0 ? "raise" : "lower"} the score ${change > 1 ? `to ${(1 + change).toFixed(1)} times what it was` : `by ${Math.round(100 * Math.abs(change))} %`}: ${change > 0 ? "double the steps" : "the training is not stable; check its rate and its steps"} before more samples are collected.`;

export const fallenText = (from: CurvePoint, to: CurvePoint): string =>
  `The score falls from ${hundredths(from.score)} at ${whole(from.rows)} samples to ${hundredths(to.score)} at ${whole(to.rows)}: check the steps and the learning rate before more samples are collected.`;

export const notCovered = (of: string, level: number, runs: Runs, reason: string): SamplesAnswer =>
  answered({ answer: "not covered", level, of, reason, seconds: runs.seconds });
