/** A design with narrower codes, trained: whether it keeps and discards what the design does. */
import { isTrained, type Outcome, type Trained } from "../job";
import { movementOf } from "../stress/movement";
import { scoreOf, type Watched } from "../stress/watched";
import { designCost, type DesignCost } from "./design";
import type { Variant } from "../stress/statements";
import type { Widths } from "./codes";

/** A probe may change by so much, in accuracy or R². */
export const TOLERANCE = 0.05;

interface ComparedFactor {
  factor: string;
  measure: "accuracy" | "R²";
  expects: "kept" | "forgotten";
  /** What a probe reads of it in the best code; means over trainings. */
  before: number;
  after: number;
  /** Interval of after - before; all intervals together hold with 95 %. */
  low: number;
  high: number;
  verdict: "same" | "worse" | "not certain";
}

export interface Narrower {
  widths: Widths;
  /** The worst of its factors. */
  verdict: ComparedFactor["verdict"] | "not trained";
  /** Why it was not trained. */
  reason?: string;
  cost?: DesignCost;
  factors: ComparedFactor[];
}

/** @param timed a few steps of it by PyTorch, some times @param compared how many intervals the study may have in all */
export function narrowerOf(
  widths: Widths,
  { derived }: Variant,
  { outcomes, timed }: { outcomes: readonly Outcome[]; timed: readonly Outcome[] },
  base: readonly Trained[],
  watched: readonly Watched[],
  { compared, watts }: { compared: number; watts: number },
): Narrower {
  const refused = outcomes.find((one) => !isTrained(one));
  if (refused && !isTrained(refused))
    return { widths, verdict: "not trained", reason: refused.refused, factors: [] };
  const trained = outcomes.filter(isTrained);
  const factors = watched.map((one) => comparedOf(one, base, trained, compared));
  const verdicts = factors.map(({ verdict }) => verdict);
  return {
    widths,
    verdict: (["worse", "not certain"] as const).find((one) => verdicts.includes(one)) ?? "same",
    cost: designCost(derived, trained, timed, watts),
    factors,
  };
}

function comparedOf(
  watched: Watched,
  base: readonly Trained[],
  trained: readonly Trained[],
  compared: number,
): ComparedFactor {
  const { factor, measure, expects, codes, chance } = watched;
  const scores = (all: readonly Trained[]): number[] =>
    all.map((one) => scoreOf(one, factor, codes, chance) ?? chance);
  const { before, after, low, high } = movementOf(watched, scores(base), scores(trained), compared);
  const [worst, best] = expects === "kept" ? [low, high] : [-high, -low];
  const verdict = worst > -TOLERANCE ? "same" : best < -TOLERANCE ? "worse" : "not certain";
  return { factor, measure, expects, before, after, low, high, verdict };
}
