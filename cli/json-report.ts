/** What `preview --json` prints of a run; docs/manual/measurements.md lists its fields. */
import { heldOutOf, type RunState } from "../core/train/run-state";

/** @param seconds from the first step to the last */
export function reportJson(run: RunState, seconds: number): Record<string, unknown> {
  const {
    summary,
    phase,
    progress,
    rates,
    measurements,
    verdicts,
    confusions,
    leftBehind,
    sentence,
    findings,
  } = run;
  const [step, heldOut] = [progress?.step ?? 0, heldOutOf(run)];
  const { step: chosen, because } = run.checkpoint ?? { step };
  return {
    summary,
    phase,
    step,
    checkpoint: { step: chosen, ...(because !== undefined && { because }) },
    seconds,
    heldOut,
    rates,
    measurements,
    verdicts,
    confusions,
    leftBehind: leftBehind.map(
      ({ share, accuracyByCodes, accuracyByStreams, low, high, apart, samples, ...of }) => ({
        target: of.target,
        ...(of.target === null && { stream: of.stream }),
        share,
        accuracyByCodes,
        accuracyByStreams,
        low,
        high,
        apart,
        samples,
      }),
    ),
    sentence,
    findings,
  };
}
