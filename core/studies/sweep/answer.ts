/** The answer of a sweep: its points, and what they and theory show. */
import { isTrained, type KnobValues, type Outcome, type Trained } from "../job";
import type { Subject } from "../study";
import { bestOf, branchesOf, within, type SweepPoint } from "./branches";
import { elbowOf, type Elbow } from "./elbow";
import { hysteresisOf, jumpsOf, type Hysteresis, type Jump } from "./jumps";
import { fittedOnsets, type Onset } from "./onsets";
import type { SweptKnob } from "./options";
import type { SweepJob } from "./plan";
import { isStuck, type Restarted } from "./starts";
import { betaAt, bisected, type Theory } from "./theory";

/** What theory says, at values of the knob. */
interface SweptTheory {
  source: string;
  thresholds: { at: number; text: string; what: Theory["thresholds"][number]["what"] }[];
  /** The exact curve for Gaussian data, along the knob. */
  curve: { at: number; rate: number; kept: number }[];
}

export interface SweepAnswer {
  spec: string;
  knobs: SweptKnob[];
  terms: Trained["terms"];
  points: SweepPoint[];
  elbow: Elbow | null;
  jumps: Jump[];
  hysteresis: Hysteresis | undefined;
  theory: SweptTheory | undefined;
  /** Where directions were measured to turn on, beside theory's onsets within the sweep. */
  onsets: (Onset & { at: number })[];
  /** Branches that began anew, since their codes carried nothing where they should. */
  restarted: Restarted[];
  /** Trainings that could not be done, with the reason. */
  refused: { knobs: KnobValues; seed: number; reason: string }[];
}

/** Points of the exact curve. */
const CURVE = 120;

/** @param ended each job of the sweep with what it gave, beside the branches that began anew */
export function sweepAnswer(
  { derived }: Subject,
  knobs: SweptKnob[],
  { ended, restarted }: { ended: readonly (SweepJob & { outcome: Outcome })[]; restarted: Restarted[] },
  known: Theory | undefined,
): SweepAnswer {
  const points: SweepPoint[] = [];
  const refused: SweepAnswer["refused"] = [];
  let terms: Trained["terms"] = [];
  const seeds = new Set(ended.map(({ seed }) => seed)).size;
  for (const { knobs: at, seed, direction, outcome } of ended) {
    if (isTrained(outcome)) {
      const { total, terms: values } = outcome.heldOut;
      points.push({
        ...{ knobs: at, seed, direction },
        ...{ total, terms: values, measurements: outcome.measurements },
        ...(isStuck({ knobs: at, seed, direction }, restarted, seeds) && { stuck: true as const }),
      });
      ({ terms } = outcome);
    } else refused.push({ knobs: at, seed, reason: outcome.refused });
  }
  const [first, second] = knobs;
  // Of two knobs, the first is read at the middle value of the second.
  const beside: KnobValues = second ? { [second.name]: second.values[second.values.length >> 1]! } : {};
  const read = points.filter(({ knobs: at, stuck }) => stuck === undefined && within(at, beside));
  const hysteresis = hysteresisOf(read, first!, terms);
  const betas = known && betasOf(derived, first!, beside);
  const theory = known && betas && sweptTheory(known, first!, betas);
  return {
    ...{ spec: derived.spec.name, knobs, terms, points, restarted, refused },
    elbow: elbowOf(read, first!, { sides: terms, beside }),
    jumps: jumpsOf(read, first!, terms, hysteresis),
    hysteresis,
    theory,
    onsets: known && betas ? measuredOnsets(read, { first: first!, terms, known, betas }) : [],
  };
}

interface Betas {
  at(knob: number): number;
  /** The knob's value at which beta is this; undefined outside the sweep. */
  knobAt(beta: number): number | undefined;
}

/** Beta along the knob; undefined where it does not grow with it. */
function betasOf(
  derived: Subject["derived"],
  { name, values }: SweptKnob,
  beside: KnobValues,
): Betas | undefined {
  const written = Object.fromEntries(derived.spec.knobs.map((knob) => [knob.name, knob.value]));
  const at = (value: number): number => betaAt(derived, { ...written, ...beside, [name]: value });
  const all = values.map(at);
  if (all.some((beta, i) => i > 0 && !(beta > all[i - 1]!))) return undefined;
  const [from, to] = [values[0]!, values.at(-1)!];
  return {
    at,
    knobAt: (beta) =>
      beta >= all[0]! && beta <= all.at(-1)! ? bisected((value) => at(value) - beta, from, to) : undefined,
  };
}

function sweptTheory(known: Theory, { values, log }: SweptKnob, { at, knobAt }: Betas): SweptTheory {
  const [from, to] = [values[0]!, values.at(-1)!];
  const curve = Array.from({ length: CURVE }, (_, i) => {
    const share = i / (CURVE - 1);
    const knob = log ? from * (to / from) ** share : from + (to - from) * share;
    return { at: knob, rate: known.rate(at(knob)), kept: known.kept(at(knob)) };
  });
  return {
    source: known.source,
    thresholds: known.thresholds.flatMap(({ beta, text, what }) => {
      const knob = knobAt(beta);
      return knob === undefined ? [] : [{ at: knob, text, what }];
    }),
    curve,
  };
}

function measuredOnsets(
  points: readonly SweepPoint[],
  { first, terms, known, betas }: { first: SweptKnob; terms: Trained["terms"]; known: Theory; betas: Betas },
): SweepAnswer["onsets"] {
  if (known.kind === "symmetric") return [];
  const count = known.thresholds.filter(({ beta }) => betas.knobAt(beta) !== undefined).length;
  const curve = bestOf(branchesOf(points, first, terms), first).map(({ at, rate }) => ({
    beta: betas.at(at),
    rate,
  }));
  return fittedOnsets(curve, count, known.kind === "decoded" ? 0 : 1).map((onset) => ({
    ...onset,
    at: betas.knobAt(onset.beta) ?? NaN,
  }));
}
