/** What rules find in a kept training, look by look. */
import { analyse } from "../../../core/theory/analyse";
import { findingsOf } from "../../../core/train/findings/index";
import { kinds, type Planted } from "./failure";
import type { Run } from "./runs";

/** A finding, and when it was first raised, as a share of the training. */
export interface Raised {
  code: string;
  about?: string;
  progress: number;
}

/** Findings of the looks of a training, each once. */
export function raisedIn(text: string, { looks }: Pick<Run, "looks">): Raised[] {
  const { derived } = analyse(text).specs[0]!;
  const first = new Map<string, Raised>();
  for (const look of looks)
    for (const { code, about } of findingsOf({ ...look, terms: derived!.terms, spec: derived!.spec })) {
      const key = `${code} ${about ?? ""}`;
      if (!first.has(key))
        first.set(key, { code, ...(about === undefined ? {} : { about }), progress: look.progress });
    }
  return [...first.values()];
}

/** By what a planted failure is caught, and when: the first of what its kind asks for; undefined where it is missed. */
export function caughtIn({ kind, text }: Planted, seed: number, run: Run): Raised | undefined {
  const written = text(seed);
  // Before the first look: what the text, the data and steps that are not finite show.
  const before = [
    ...analyse(written).diagnostics.map(({ code }) => code),
    ...run.ofData.map(({ code }) => code),
    ...run.ofSteps,
  ].map((code): Raised => ({ code, progress: 0 }));
  const asked: readonly string[] = kinds[kind];
  return [...before, ...raisedIn(written, run)]
    .filter(({ code }) => asked.includes(code))
    .sort((a, b) => a.progress - b.progress)[0];
}
