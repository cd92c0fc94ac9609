/** How it is known that a training has gone wrong: from probes, test rows, other trainings or the way the data were made. */
import type { Measured } from "../../../core/train/evaluation";
import type { ProbeResult } from "../../trainer/train";

/** What a training has come to, apart from what was found on the way. */
export interface Outcome {
  /** Probes of draws of the codes, on the test rows. */
  probes: readonly ProbeResult[];
  /** Values on test rows and on training rows at the end, and on test rows before the first step. */
  test: Measured;
  train: Measured;
  untrained: Measured;
  /** Terms on single batches of test rows at the end. */
  batches: Readonly<Record<string, readonly number[]>>;
  /** Whether it was given up. */
  failed: boolean;
}

/** Says whether the failure is there. `other` trains another text on the same data. */
export type Oracle = (
  outcome: Outcome,
  other: (text: (seed: number) => string) => Promise<Outcome>,
) => boolean | Promise<boolean>;

/** By the way the data or the text were made. */
export const byConstruction: Oracle = () => true;

/** Share of what a factor has to tell above chance, from draws of a code; 0 is chance, 1 is all. */
export function share({ probes }: Outcome, code: string, factor: string): number {
  const found = probes.find((probe) => probe.code === code && probe.factor === factor);
  if (found === undefined) throw new Error(`no probe of ${factor} from ${code}`);
  return (found.value - found.chance) / (1 - found.chance);
}

/** Share up to which a code carries nothing of a factor, and from which it keeps it (as in docs/catalogue.md). */
export const NOTHING = 0.1;
export const KEPT = 0.35;

/** Draws of the code carry nothing of any of these factors; of any at all where none is named. */
export const carriesNothing =
  (code: string, factors?: readonly string[]): Oracle =>
  (outcome) => {
    const own = outcome.probes.filter((probe) => probe.code === code);
    const asked = factors ?? own.map(({ factor }) => factor);
    return own.length > 0 && asked.every((factor) => share(outcome, code, factor) < NOTHING);
  };

export const carries =
  (code: string, factors: readonly string[]): Oracle =>
  (outcome) =>
    factors.every((factor) => share(outcome, code, factor) >= KEPT);

/** Both of two. */
export const and =
  (...oracles: readonly Oracle[]): Oracle =>
  async (outcome, other) =>
    (await Promise.all(oracles.map((oracle) => oracle(outcome, other)))).every(Boolean);

/** The same of another text. */
export const otherwise =
  (text: (seed: number) => string, oracle: Oracle): Oracle =>
  async (_, other) =>
    oracle(await other(text), other);

/** The value of the one term of this id. */
export function termOf({ terms }: Measured, id: string): number {
  const value = terms[id];
  if (value === undefined) throw new Error(`no term ${id} among ${Object.keys(terms).join(", ")}`);
  return value;
}
