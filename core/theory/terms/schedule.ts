/** What `anneal` makes of a knob over a training. */
import type { Knob, Training } from "../spec";

/** A knob's value at a step, counted from 0: in equal ratios for a logarithmic knob, else in equal differences. */
export function scheduled(knob: Knob, step: number, stepsPerEpoch: number): number {
  const { anneal } = knob;
  if (anneal === undefined) return knob.value;
  const length = anneal.over * (anneal.unit === "epochs" ? stepsPerEpoch : 1);
  return along(knob, length > 0 ? step / length : 1);
}

/** The value after this share of the schedule. */
function along({ anneal, value, log }: Knob, share: number): number {
  if (anneal === undefined || share >= 1) return value;
  return log && anneal.from > 0 && value > 0
    ? anneal.from * (value / anneal.from) ** share
    : anneal.from + (value - anneal.from) * share;
}

/** How a knob changes in a training of its spec. */
export interface Schedule {
  knob: string;
  /** At the first step. */
  from: number;
  /** Once the schedule is over. */
  to: number;
  over: number;
  unit: "epochs" | "steps";
  /** When the training ends; unknown where the schedule counts steps, since their number depends on the data. */
  atEnd?: number;
}

/** The schedules of the knobs, each over the epochs of the training. */
export const schedulesOf = (knobs: readonly Knob[], { epochs }: Training): Schedule[] =>
  knobs.flatMap((knob) => {
    const { name, value, anneal } = knob;
    if (anneal === undefined) return [];
    const atEnd = anneal.unit === "epochs" ? { atEnd: along(knob, epochs / anneal.over) } : {};
    return [{ knob: name, ...anneal, to: value, ...atEnd }];
  });

/** `beta goes from 100 to 4 over 400 epochs; after the 5 epochs of this spec it is 96.1`. */
export function scheduleText({ knob, from, to, over, unit, atEnd }: Schedule, { epochs }: Training): string {
  const length = `${over} ${over === 1 ? unit.slice(0, -1) : unit}`;
  const course = `${knob} goes from ${short(from)} to ${short(to)} over ${length}`;
  if (atEnd === undefined || atEnd === to) return course;
  return `${course}; after the ${epochs === 1 ? "1 epoch" : `${epochs} epochs`} of this spec it is ${short(atEnd)}`;
}

const short = (value: number): string => String(Number(value.toPrecision(3)));
