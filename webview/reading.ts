/** How the panel reads values: what side a bound says, and when a coordinate carries nothing. */
import type { TermSummary } from "../core/train/protocol";

/** How a value stands to the information it is about: a sign, and in words. */
export const RELATION: Record<TermSummary["boundSide"], { sign: string; words: string }> = {
  upper: { sign: "≤", words: "an upper bound" },
  lower: { sign: "≥", words: "a lower bound" },
  exact: { sign: "≈", words: "exact for Gaussian codes, else no bound" },
  estimate: { sign: "≈", words: "an estimate, no bound" },
  proxy: { sign: "∼", words: "a training signal: its value is not information" },
};

/** Up to this many nats a coordinate carries nothing: it has collapsed to the prior. */
export const UNUSED_NATS = 0.01;

/** How many coordinates carry something. */
export const usedOf = (rates: readonly number[]): number => rates.filter((rate) => rate > UNUSED_NATS).length;

/** The same in words, after a rate; nothing where the rate is of the code as a whole, as that of a categorical one. */
export const usedText = (rates: readonly number[], size: number): string =>
  rates.length === size ? `, ${usedOf(rates)} of ${size} used` : "";
