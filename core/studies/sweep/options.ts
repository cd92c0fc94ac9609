import { knobText } from "../../language/knob-text";
import { nearest } from "../../language/nearest";
import type { Knob } from "../../theory/spec";
import { numberOption, textsOption, wholeOption } from "../options";
import { StudyError, type GivenOptions, type StudyOption, type Subject } from "../study";

/** How a knob is turned. */
export type Direction = "up" | "down";

/** A knob and the values that it takes, in ascending order. */
export interface SweptKnob {
  name: string;
  log: boolean;
  values: number[];
}

export interface SweepOptions {
  /** One or two; the first is turned upward and downward, for each value of the second. */
  knobs: SweptKnob[];
  seeds: number[];
  steps?: number;
}

const POINTS = { least: 3, most: 100, fallback: 11 };
const SEEDS = { least: 1, most: 20, fallback: 2 };
const STEPS = { least: 1, most: 10_000_000, fallback: 1 };
/** Values of the second knob by default. */
const SECOND = 3;

export const sweepOptions: readonly StudyOption[] = [
  {
    name: "knob",
    value: "KNOB",
    multiple: true,
    doc: "the knob to sweep; given twice, the second is swept too; default the first knob of the spec",
  },
  { name: "from", value: "NUMBER", doc: "smallest value of the first knob; default the least of its range" },
  { name: "to", value: "NUMBER", doc: "largest value of the first knob; default the most of its range" },
  {
    name: "points",
    value: "N",
    doc: `values of the first knob, ${POINTS.least} to ${POINTS.most}; default ${POINTS.fallback}. The second takes ${SECOND}`,
  },
  {
    name: "seeds",
    value: "N",
    doc: `trainings of each value, with different seeds; default ${SEEDS.fallback}`,
  },
  { name: "steps", value: "N", doc: "steps at each value; default the length of the spec's training" },
];

/** @throws StudyError where the spec has no such knob, or the range is empty */
export function readSweep(given: GivenOptions, { derived }: Subject): SweepOptions {
  const { knobs, training } = derived.spec;
  const names = textsOption(given, "knob");
  if (knobs.length === 0)
    throw new StudyError("The spec has no knob; declare one with `knob beta = 32 in 0.1 .. 1024 log`.");
  if (names.length > 2) throw new StudyError("At most two knobs can be swept at once.");
  if (new Set(names).size < names.length) throw new StudyError("The two knobs must be different.");
  const [first, second] = (names.length === 0 ? [knobs[0]!.name] : names).map((name) => knobOf(name, knobs));
  const from = numberOption(given, "from") ?? first!.from;
  const to = numberOption(given, "to") ?? first!.to;
  if (!(from < to) || from < first!.from || to > first!.to)
    throw new StudyError(
      `\`${first!.name}\` can be swept within ${knobText(first!.from)} .. ${knobText(first!.to)}, from the smaller value to the larger.`,
    );
  const seeds = wholeOption(given, "seeds", SEEDS);
  const points = wholeOption(given, "points", POINTS);
  const steps = given["steps"] === undefined ? undefined : wholeOption(given, "steps", STEPS);
  return {
    knobs: [swept({ ...first!, from, to }, points), ...(second === undefined ? [] : [swept(second, SECOND)])],
    seeds: Array.from({ length: seeds }, (_, i) => training.seed + i),
    ...(steps !== undefined && { steps }),
  };
}

function knobOf(name: string, knobs: readonly Knob[]): Knob {
  const found = knobs.find((knob) => knob.name === name);
  if (found !== undefined) return found;
  const near = nearest(
    name,
    knobs.map((knob) => knob.name),
  );
  throw new StudyError(
    `The spec has no knob \`${name}\`${near === undefined ? `; it has ${knobs.map((knob) => `\`${knob.name}\``).join(", ")}.` : `. Did you mean \`${near}\`?`}`,
  );
}

/** Evenly spaced values, on the knob's own scale; at most six digits, as a spec may have them. */
function swept({ name, log, from, to }: Knob, points: number): SweptKnob {
  const even = log && from > 0;
  const at = (share: number): number => (even ? from * (to / from) ** share : from + (to - from) * share);
  const values = Array.from({ length: points }, (_, i) => Number(knobText(at(i / (points - 1)))));
  return { name, log: even, values };
}
