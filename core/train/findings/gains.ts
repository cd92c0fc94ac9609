/** What a term reads above nothing, with its uncertainty. */
import type { DerivedTerm } from "../../theory/derivation/loss";
import type { Observed } from "./rule";

interface Gain {
  /** Nats above what the term is without any code: on held-out rows, and over the last steps of training. */
  held: number;
  trained: number | undefined;
  /** Half of the 95 % interval of the held-out value. */
  error: number;
  /** The share of what can be kept at most, where that is known. */
  share: number | undefined;
}

/** Undefined where it is not known what the term is without any code. */
export function gainOf(observed: Observed, { term: { id } }: DerivedTerm): Gain | undefined {
  const level = observed.levels[id];
  const value = observed.now.terms[id];
  if (level === undefined || value === undefined) return undefined;
  const held = value - level.nothing;
  const mean = observed.training.means[id];
  return {
    held,
    trained: mean === undefined ? undefined : mean - level.nothing,
    error: errorOf(observed, id),
    share: level.all === undefined ? undefined : held / (level.all - level.nothing),
  };
}

/** Half of the 95 % interval of a term's mean over held-out batches; batches of training, of which there are more, show it too. 0 where neither does. */
export function errorOf({ now, training }: Observed, id: string): number {
  const deviation = Math.max(now.spread?.deviations[id] ?? 0, training.deviations[id] ?? 0);
  return (1.96 * deviation) / Math.sqrt(now.spread?.batches ?? 1);
}

/** `0.31 ± 0.04`; the value alone where a single batch says nothing of its uncertainty. */
export const measuredText = (value: number, error: number): string =>
  error < 0.005 ? value.toFixed(2) : `${value.toFixed(2)} ± ${error.toFixed(2)}`;
