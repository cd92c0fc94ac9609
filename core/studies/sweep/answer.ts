import { hundredths } from "../../language/number-text";
import { knobText } from "../../language/knob-text";
import { isTrained, type KnobValues, type Outcome, type Trained } from "../job";
import type { StudyTable } from "../study";
import type { SweptKnob } from "./options";
import type { Direction, SweepJob } from "./plan";

/** What one training of a sweep gave. */
interface SweepPoint {
  knobs: KnobValues;
  seed: number;
  direction: Direction;
  /** Held-out value of each term in nats, by its id. */
  terms: Record<string, number>;
  measurements: Trained["measurements"];
}

export interface SweepAnswer {
  spec: string;
  knobs: SweptKnob[];
  terms: Trained["terms"];
  points: SweepPoint[];
  /** Trainings that could not be done, with the reason. */
  refused: { knobs: KnobValues; seed: number; reason: string }[];
}

/** @param ended each job of the sweep with what it gave */
export function sweepAnswer(
  spec: string,
  knobs: SweptKnob[],
  ended: readonly (SweepJob & { outcome: Outcome })[],
): SweepAnswer {
  const points: SweepPoint[] = [];
  const refused: SweepAnswer["refused"] = [];
  let terms: Trained["terms"] = [];
  for (const { knobs: at, seed, direction, outcome } of ended) {
    if (isTrained(outcome)) {
      points.push({
        ...{ knobs: at, seed, direction },
        terms: outcome.heldOut.terms,
        measurements: outcome.measurements,
      });
      terms = outcome.terms;
    } else refused.push({ knobs: at, seed, reason: outcome.refused });
  }
  return { spec, knobs, terms, points, refused };
}

/** One row for each value of the knobs and direction: the mean over seeds of every term. */
export function sweepTable({ knobs, terms, points }: SweepAnswer): StudyTable {
  const groups = new Map<string, SweepPoint[]>();
  for (const point of points) {
    const key = JSON.stringify([point.knobs, point.direction]);
    groups.set(key, [...(groups.get(key) ?? []), point]);
  }
  const mean = (group: readonly SweepPoint[], id: string): string =>
    hundredths(group.reduce((sum, point) => sum + point.terms[id]!, 0) / group.length);
  return {
    columns: [
      ...knobs.map(({ name }) => ({ name, title: name, doc: "Value of the knob." })),
      {
        name: "direction",
        title: "turned",
        doc: "Whether the knob was turned upward or downward to this value, the weights carried on.",
      },
      ...terms.map(({ id, text, bound }) => ({
        name: id,
        title: text,
        doc: `Held-out value in nats by ${bound}, mean over seeds.`,
      })),
    ],
    rows: [...groups.values()].map((group) => [
      ...knobs.map(({ name }) => knobText(group[0]!.knobs[name]!)),
      group[0]!.direction,
      ...terms.map(({ id }) => mean(group, id)),
    ]),
  };
}
