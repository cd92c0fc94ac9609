/**
 * Codes of which a preview does not settle what a longer or wider run keeps: most factors are read of them, and each so little that
 * their order is mostly noise. docs/prediction.md says how often that is so, and that it is right.
 */
import type { MeasuredValue } from "./protocol";

/** Shares of the way from chance to 1 between which a factor is barely read: more than noise, and dropped. */
const LEAST = 0.01;
const MOST = 0.1;
/** A code is named from more than this share of its factors on, and from this many. */
const SHARE = 0.5;
const FEWEST = 3;

type Probed = Pick<MeasuredValue, "code" | "factor" | "value" | "chance">;

/** @param probes of draws, by linear probes: R² of numbers, accuracies of labels */
export function barelyRead(probes: readonly Probed[]): { code: string; factors: string[] }[] {
  return [...new Set(probes.map(({ code }) => code!))].flatMap((code) => {
    const own = probes.filter((probe) => probe.code === code);
    const barely = own.filter(({ value, chance = 0 }) => {
      const share = (value - chance) / (1 - chance);
      return share >= LEAST && share < MOST;
    });
    if (barely.length < FEWEST || barely.length <= SHARE * own.length) return [];
    return [{ code, factors: barely.map(({ factor }) => factor!) }];
  });
}

/** The same of a run's measurements, a sentence a code. */
export const barelyReadTexts = (measured: readonly MeasuredValue[]): string[] =>
  barelyRead(measured.filter(({ id }) => id === "r2" || id === "accuracy")).map(
    ({ code, factors }) =>
      `${code} carries very little of ${factors.join(", ")} (${100 * LEAST} to ${100 * MOST} % of the way from chance to 1). A wider or longer run may keep some of them, or none: this preview does not predict which.`,
  );
