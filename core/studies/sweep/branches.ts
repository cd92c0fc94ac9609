/** The points of a sweep as branches: for each direction of turning, its values in the order of the knob. */
import type { KnobValues, Trained } from "../job";
import type { Direction, SweptKnob } from "./options";

/** What one training of a sweep gave. */
export interface SweepPoint {
  knobs: KnobValues;
  seed: number;
  direction: Direction;
  /** The loss, and the value of each term in nats by its id; on test rows. */
  total: number;
  terms: Record<string, number>;
  measurements: Trained["measurements"];
  /** Whether its branch carries nothing from any start while that of another seed does: it is shown, and not read. */
  stuck?: true;
}

/** Mean over seeds at one value of the first knob. */
export interface BranchPoint {
  at: number;
  /** Nats that are compressed, over all compressed terms; and the sum of the kept terms. */
  rate: number;
  kept: number;
  /** The loss on test rows. */
  loss: number;
  /** Standard errors of rate and loss over seeds; 0 of a single one. */
  rateError: number;
  lossError: number;
}

interface Branch {
  direction: Direction;
  points: BranchPoint[];
}

/** Nats that are as good as none. */
export const LEAST = 0.05;

type Sides = readonly { id: string; side: "compress" | "keep" }[];

export const rateOf = ({ terms }: SweepPoint, sides: Sides): number => rateOfTerms(terms, sides);
export const rateOfTerms = (terms: SweepPoint["terms"], sides: Sides): number =>
  sumOf(terms, sides, "compress");
export const keptOf = ({ terms }: SweepPoint, sides: Sides): number => sumOf(terms, sides, "keep");

const sumOf = (terms: SweepPoint["terms"], sides: Sides, side: "compress" | "keep"): number =>
  sides.filter((term) => term.side === side).reduce((sum, { id }) => sum + (terms[id] ?? 0), 0);

/** Whether knobs have these values, among others. */
export const within = (knobs: KnobValues, values: KnobValues): boolean =>
  Object.entries(values).every(([name, value]) => knobs[name] === value);

/** @param points those of one value of the second knob, or all where there is none */
export function branchesOf(points: readonly SweepPoint[], knob: SweptKnob, sides: Sides): Branch[] {
  return (["up", "down"] as const).map((direction) => ({
    direction,
    points: knob.values.flatMap((at) => {
      const here = points.filter((point) => point.direction === direction && point.knobs[knob.name] === at);
      if (here.length === 0) return [];
      const rate = spread(here.map((point) => rateOf(point, sides)));
      const loss = spread(here.map(({ total }) => total));
      const kept = spread(here.map((point) => keptOf(point, sides))).mean;
      return [{ at, rate: rate.mean, kept, loss: loss.mean, rateError: rate.error, lossError: loss.error }];
    }),
  }));
}

function spread(values: readonly number[]): { mean: number; error: number } {
  const n = values.length;
  const mean = values.reduce((sum, each) => sum + each, 0) / n;
  const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(1, n - 1);
  return { mean, error: Math.sqrt(variance / n) };
}

/** At each value of the knob, the direction with the lower loss: the other has ended in a worse minimum, or needs more steps. */
export function bestOf(branches: readonly Branch[], { values }: SweptKnob): BranchPoint[] {
  return values.flatMap((at) => {
    const here = branches.flatMap(({ points }) => points.find((point) => point.at === at) ?? []);
    return here.length === 0 ? [] : [here.reduce((a, b) => (b.loss < a.loss ? b : a))];
  });
}

/** The value between two of a knob, on its own scale. */
export const between = (a: number, b: number, { log }: Pick<SweptKnob, "log">, share = 0.5): number =>
  log ? a * (b / a) ** share : a + (b - a) * share;
