/** What `anneal` makes of a knob over a training. */
import type { Anneal, Knob, Length, Training } from "../spec";
import { rounded } from "../../language/number-text";

/**
 * A knob's value at a step, counted from 0: in equal ratios for a logarithmic knob, else in equal differences. Cycles,
 * each a ramp and a plateau, as in Fu et al. 2019, "Cyclical Annealing Schedule", equations 6 and 7.
 * @param ended whether a training ends before this step: a cycle that ends there is over, and no other has begun
 */
export function scheduled(knob: Knob, step: number, stepsPerEpoch: number, ended = false): number {
  const { anneal } = knob;
  return anneal === undefined ? knob.value : along(knob, shareAt(anneal, step, stepsPerEpoch, ended));
}

/** How much of its way a knob has gone at a step: 1 or more at its value. */
function shareAt(anneal: Anneal, step: number, stepsPerEpoch: number, ended: boolean): number {
  const inSteps = ({ value, unit }: Length): number => value * (unit === "epochs" ? stepsPerEpoch : 1);
  const ramp = inSteps({ value: anneal.over, unit: anneal.unit });
  const since = anneal.after ? Math.max(0, step - inSteps(anneal.after)) : step;
  if (ramp <= 0) return 1;
  if (anneal.repeat === undefined || since === Infinity) return since / ramp;
  const cycle = ramp + (anneal.hold ? inSteps(anneal.hold) : 0);
  const before = ended ? Math.max(0, Math.ceil(since / cycle) - 1) : Math.floor(since / cycle);
  if (anneal.repeat !== "endless" && before >= anneal.repeat) return 1;
  return (since - before * cycle) / ramp;
}

/** The value after this share of the schedule. */
function along({ anneal, value, log }: Knob, share: number): number {
  if (anneal === undefined || share >= 1) return value;
  return log && anneal.from > 0 && value > 0
    ? anneal.from * (value / anneal.from) ** share
    : anneal.from + (value - anneal.from) * share;
}

/** How a knob changes in a training of its spec. */
export interface Schedule extends Anneal {
  knob: string;
  /** Once the schedule is over. */
  to: number;
  /** When the training ends; unknown where the one counts steps and the other epochs, whose ratio depends on the data. */
  atEnd?: number;
}

/** How long a training is, in the unit that its spec says. */
export const lengthOf = ({ epochs, steps }: Pick<Training, "epochs" | "steps">): Length =>
  steps === undefined ? { value: epochs, unit: "epochs" } : { value: steps, unit: "steps" };

/** The schedules of the knobs, each over the length of the training. */
export const schedulesOf = (knobs: readonly Knob[], training: Training): Schedule[] => {
  const length = lengthOf(training);
  return knobs.flatMap((knob) => {
    const { name, value, anneal } = knob;
    if (anneal === undefined) return [];
    const parts = [anneal, anneal.after, anneal.hold].filter((part) => part !== undefined);
    // How many steps an epoch has depends on the data.
    const known = parts.every(({ unit }) => unit === length.unit);
    const atEnd = known ? { atEnd: scheduled(knob, length.value, 1, true) } : {};
    return [{ knob: name, ...anneal, to: value, ...atEnd }];
  });
};

/** `beta goes from 100 to 4 over 400 epochs; after the 5 epochs of this spec it is 96.1`. */
export function scheduleText(schedule: Schedule, training: Training): string {
  const { knob, from, to, after, atEnd } = schedule;
  const way = `goes from ${rounded(from)} to ${rounded(to)} ${courseText(schedule)}`;
  const course = after
    ? `${knob} stays at ${rounded(from)} for ${lengthText(after)}, then ${way}`
    : `${knob} ${way}`;
  if (atEnd === undefined || atEnd === to) return course;
  return `${course}; after the ${lengthText(lengthOf(training))} of this spec it is ${rounded(atEnd)}`;
}

/** `over 10 epochs`, `over 5 epochs and stays there for 5 epochs, 4 times`. */
function courseText({ over, unit, hold, repeat }: Anneal): string {
  const ramp = `over ${lengthText({ value: over, unit })}`;
  if (repeat === undefined) return ramp;
  const cycle = hold ? `${ramp} and stays there for ${lengthText(hold)}` : ramp;
  if (repeat === "endless") return `${cycle}, again and again`;
  return repeat === 1 ? `${cycle}, once` : `${cycle}, ${repeat} times, each from the start`;
}

/** `10 epochs`, `1 step`. */
export const lengthText = ({ value, unit }: Length): string =>
  `${value} ${value === 1 ? unit.slice(0, -1) : unit}`;

/** What a schedule is, beside its knob and its value: `from 1 over 10 epochs after 5 epochs`. */
export const annealText = (anneal: Anneal): string =>
  [
    `from ${anneal.from} over ${lengthText({ value: anneal.over, unit: anneal.unit })}`,
    ...(anneal.after ? [`after ${lengthText(anneal.after)}`] : []),
    ...(anneal.hold ? [`hold ${lengthText(anneal.hold)}`] : []),
    ...(anneal.repeat === undefined
      ? []
      : [anneal.repeat === "endless" ? "repeat" : `repeat ${anneal.repeat}`]),
  ].join(" ");
