/**
 * How a branch of a sweep begins. The branch that begins where the weights favour what is kept must begin with codes that carry
 * something: zero information may be a minimum there too, and an unlucky initialisation ends in it. Then it begins anew.
 */
import { evaluate, knobValues } from "../../theory/terms/scalar";
import type { DerivedLoss } from "../../theory/derivation/loss";
import { isTrained, type KnobValues, type Outcome } from "../job";
import { LEAST, rateOfTerms, within } from "./branches";
import type { Direction, SweepOptions, SweptKnob } from "./options";

/** One way to begin a branch. */
export interface Start {
  /** Values of the first knob at which it is trained before those of the branch, the first of them with fresh weights. */
  before: number[];
  /** Seed of the training, from which the weights are drawn. */
  seed: number;
}

/** A branch whose codes carried nothing from its first start. */
export interface Restarted {
  seed: number;
  direction: Direction;
  /** Values of the other knobs. */
  beside: KnobValues;
  /** Starts in all, the first among them. */
  starts: number;
  /** The start with codes that carry something; absent where none of them has any. */
  by?: Start;
}

/** Further initialisations, and what lies between their seeds: more than seeds of a sweep. */
const OTHERS = 2;
const APART = 1000;

/** So many times the branch's first value is trained before it counts, where the branch comes from far. */
const SETTLING = 3;

/** The direction that begins where what is kept has the larger weight over what is compressed; undefined where both ends have the same. */
export function openDirection(
  { terms, spec }: DerivedLoss,
  { name, values }: SweptKnob,
  beside: KnobValues,
): Direction | undefined {
  const written = knobValues(spec.knobs);
  const weightsOf = (side: "keep" | "compress", at: number): number =>
    terms
      .filter(({ term }) => term.side === side)
      .reduce(
        (sum, { effectiveWeight }) =>
          sum + Math.abs(evaluate(effectiveWeight, { ...written, ...beside, [name]: at })),
        0,
      );
  const [low, high] = [values[0]!, values.at(-1)!].map(
    (at) => weightsOf("keep", at) / weightsOf("compress", at),
  ) as [number, number];
  if (high > low) return "down";
  return low > high ? "up" : undefined;
}

/** The ways to begin a branch, in the order in which they are tried. */
export function startsOf(
  { spec: { knobs } }: DerivedLoss,
  { knobs: [swept] }: Pick<SweepOptions, "knobs">,
  { seed, direction, open }: { seed: number; direction: Direction; open: Direction | undefined },
): Start[] {
  const { name, values } = swept!;
  const { from, to } = knobs.find((knob) => knob.name === name)!;
  const [end, outermost] = direction === "up" ? [values[0]!, from] : [values.at(-1)!, to];
  // The first value is trained twice as long, since it begins with fresh weights.
  const plain: Start = { before: [end], seed };
  if (direction !== open) return [plain];
  const others = Array.from({ length: OTHERS }, (_, i) => ({ ...plain, seed: seed + APART * (i + 1) }));
  if (outermost === end) return [plain, ...others];
  // Last, since a branch that comes from far takes longer to reach its minima.
  const before = [outermost, ...Array.from({ length: SETTLING }, () => end)];
  return [plain, ...others, ...[plain, ...others].map((start) => ({ ...start, before }))];
}

/** Whether the codes carry nothing, by all compressed terms; false where no term measures it. */
export function carriesNothing(outcome: Outcome): boolean {
  if (!isTrained(outcome) || !outcome.terms.some(({ side }) => side === "compress")) return false;
  return Math.abs(rateOfTerms(outcome.heldOut.terms, outcome.terms)) < LEAST;
}

/** Whether no start of this point's branch carries anything while another of the seeds has one that does. */
export function isStuck(
  point: { knobs: KnobValues; seed: number; direction: Direction },
  restarted: readonly Restarted[],
  seeds: number,
): boolean {
  const empty = restarted.filter(
    ({ direction, beside, by }) =>
      by === undefined && direction === point.direction && within(point.knobs, beside),
  );
  return empty.length < seeds && empty.some(({ seed }) => seed === point.seed);
}
