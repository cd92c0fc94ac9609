/**
 * How far a change moves a score, against the spread that trainings of the same design have between seeds. Intervals are those
 * of a difference of two means of few trainings (Student's t, one variance for both), widened by Bonferroni's correction for
 * all that is compared in the study, so that all of them hold together with 95 %.
 */
import { studentQuantile } from "../student";
import { mean, type Watched } from "./watched";

/** Probability that any interval of a study misses. */
const RISK = 0.05;
/** No spread is taken to be smaller: a probe on test samples has its own. */
const LEAST_SPREAD = 0.01;
/** Share of what is kept above chance whose loss counts as broken. */
const BROKEN = 1 / 3;

export interface Movement {
  watched: Watched;
  before: number;
  after: number;
  /** Of after - before. */
  low: number;
  high: number;
  /** The share of what was kept that is lost; of a factor to be forgotten, the share that comes back. */
  lost: number;
  /** Surely more than a third of what could be kept is lost. */
  broken: boolean;
  /** Surely less is. */
  holds: boolean;
}

/** @param compared how many intervals the study has in all @param most what could be kept at most after the change */
export function movementOf(
  watched: Watched,
  before: readonly number[],
  after: readonly number[],
  compared: number,
  most = 1,
): Movement {
  const [from, to] = [mean(before), mean(after)];
  const squares = (values: readonly number[], middle: number): number =>
    values.reduce((sum, one) => sum + (one - middle) ** 2, 0);
  const freedom = before.length + after.length - 2;
  const spread = Math.max(LEAST_SPREAD, Math.sqrt((squares(before, from) + squares(after, to)) / freedom));
  const half =
    studentQuantile(RISK / compared, freedom) * spread * Math.sqrt(1 / before.length + 1 / after.length);
  const [low, high] = [to - from - half, to - from + half];
  const { chance } = watched;
  if (watched.expects === "forgotten") {
    const room = 1 - from;
    const lost = room > 0 ? (to - from) / room : 0;
    const [broken, holds] = [low > BROKEN * room, high < BROKEN * room];
    return { watched, before: from, after: to, low, high, lost, broken, holds };
  }
  // What no code could keep is not lost by this design.
  const reference = Math.min(from, most);
  const kept = reference - chance;
  const lost = kept > 0 ? (reference - to) / kept : 0;
  const least = reference - BROKEN * kept;
  const [broken, holds] = [kept > 0 && from + high < least, from + low > least];
  return { watched, before: from, after: to, low, high, lost, broken, holds };
}
