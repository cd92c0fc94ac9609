/**
 * The run before: what a reset, an edit to another program or a closed panel took away. One is kept for each spec, so that
 * it can be had back.
 */
import type { RunIdentity } from "./protocol";
import type { RunState } from "./run-state";

export interface PreviousRun {
  /** As it was shown. */
  state: RunState;
  /** Its weights, for `restore`. */
  snapshot: Uint8Array;
  /** When it was taken away, in milliseconds since 1970. */
  at: number;
}

/** What a page says of it. */
export interface PreviousSummary {
  spec: string;
  step: number;
  at: number;
  identity: RunIdentity;
}

/** Bytes of weights past which a run is not kept. */
export const LARGEST_SNAPSHOT = 64 << 20;
/** A run of fewer steps than this share of those of the kept one does not take its place. */
const FEW = 0.1;

export const stepOf = ({ progress }: RunState): number => progress?.step ?? 0;

/** Undefined where nothing was opened, so that there was no run. */
export function summaryOf({ state, at }: PreviousRun): PreviousSummary | undefined {
  const { summary } = state;
  return summary && { spec: summary.name, step: stepOf(state), at, identity: summary.identity };
}

/**
 * Whether a run that is given up takes the place of the kept one. Typing a term gives several up within seconds: none of
 * these pushes out the long one before them.
 */
export const takesPlace = (next: PreviousRun, kept: PreviousRun | undefined): boolean =>
  next.snapshot.length <= LARGEST_SNAPSHOT &&
  (kept === undefined || stepOf(next.state) >= FEW * stepOf(kept.state));

/** What the run before has other than the present one, so that it cannot be taken up; undefined where it can. */
export function unlike(previous: RunIdentity, present: RunIdentity): "program" | "data" | undefined {
  if (previous.program !== present.program) return "program";
  return previous.data === present.data ? undefined : "data";
}
