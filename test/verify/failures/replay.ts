/** What rules find in a kept training, look by look. */
import { analyse } from "../../../core/theory/analyse";
import { findingsOf } from "../../../core/train/findings/index";
import { kinds, type Planted } from "./failure";
import type { Run } from "./runs";

/** When each finding was first raised, as a share of the training. */
export type Raised = ReadonlyMap<string, number>;

/** Findings of the looks of a training. */
export function raisedIn(text: string, { looks }: Pick<Run, "looks">): Raised {
  const { derived } = analyse(text).specs[0]!;
  const first = new Map<string, number>();
  for (const look of looks)
    for (const { code } of findingsOf({ ...look, terms: derived!.terms, spec: derived!.spec }))
      if (!first.has(code)) first.set(code, look.progress);
  return first;
}

/** By what a planted failure is caught, and when: the first of what its kind asks for; undefined where it is missed. */
export function caughtIn(
  { kind, text }: Planted,
  seed: number,
  run: Run,
): { code: string; progress: number } | undefined {
  const written = text(seed);
  const raised = raisedIn(written, run);
  // Before the first look: what the text, the data and steps that are not finite show.
  const before = new Set([
    ...analyse(written).diagnostics.map(({ code }) => code),
    ...run.ofData.map(({ code }) => code),
    ...run.ofSteps,
  ]);
  const found = kinds[kind].flatMap((code): { code: string; progress: number }[] =>
    before.has(code)
      ? [{ code, progress: 0 }]
      : raised.has(code)
        ? [{ code, progress: raised.get(code)! }]
        : [],
  );
  return found.sort((a, b) => a.progress - b.progress)[0];
}
