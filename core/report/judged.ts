import { whole } from "../language/number-text";
import type { RunState } from "../train/run-state";

/** The samples that values are of: `40 test samples, 10 of which lack a stream or a factor`, whose values they are not of. */
export function judgedText({ summary, phase }: Pick<RunState, "summary" | "phase">): string {
  const { samples, lacking } = summary!;
  const split = phase === "finished" ? "test" : "validation";
  const text = `${whole(samples[split])} ${split} samples`;
  return lacking?.[split] ? `${text}, ${whole(lacking[split])} of which lack a stream or a factor` : text;
}

/** Whether a run has taken steps; one that judges weights that it was given has not. */
export const hasTrained = ({ curves }: RunState): boolean => curves.total.steps.length > 0;
