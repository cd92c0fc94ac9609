import type { Preparation } from "./prepare";
import type { Snapshot } from "./snapshot";

/** What a training of another text hands on: nothing when another seed is asked for, and of the knobs those left alone. */
export function handedOn(state: Snapshot, old: Preparation, next: Preparation): Snapshot | undefined {
  if (old.spec.training.seed !== next.spec.training.seed) return undefined;
  const declared = (preparation: Preparation, name: string): number | undefined =>
    preparation.spec.knobs.find((knob) => knob.name === name)?.value;
  const knobs = Object.entries(state.knobs).filter(([name]) => declared(old, name) === declared(next, name));
  // Whether a finding holds of other weights is seen at the next look.
  return { ...state, knobs: Object.fromEntries(knobs), findings: [] };
}
