/** How long a step of the exported design takes here: short trainings by PyTorch, which carries out the same program. */
import { median } from "../../gaussian/simulation";
import { isTrained, type Job, type Outcome } from "../job";

export interface ExportedTime {
  /** Of a step, on one thread where PyTorch works on the processor; null where it is not known. */
  millisecondsPerStep: number | null;
  /** Which PyTorch, on what. */
  by: string | null;
  /** Why it is not known, with what to do. */
  reason: string | null;
}

/** Trainings that are timed, and their steps at most. */
const TIMES = 3;
const TIMED = 100;

/** A few steps of some of these trainings, by PyTorch. @param steps of a training */
export const timedJobs = (jobs: readonly Job[], steps: number): Job[] =>
  jobs.slice(0, TIMES).map((job) => ({
    ...job,
    overrides: { ...job.overrides, steps: Math.min(steps, TIMED) },
    executor: "torch",
  }));

/** The median of what was timed. @param outcomes at least one */
export function exportedTime(outcomes: readonly Outcome[]): ExportedTime {
  const timed = outcomes.filter(isTrained);
  if (timed.length === 0) {
    const [reason = null] = outcomes.flatMap((one) => (isTrained(one) ? [] : [one.refused]));
    return { millisecondsPerStep: null, by: null, reason };
  }
  return {
    millisecondsPerStep: median(timed.map((one) => one.millisecondsPerStep)),
    by: timed[0]!.executor ?? null,
    reason: null,
  };
}
