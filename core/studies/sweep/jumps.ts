/** Where what is carried jumps, and where the two directions of turning end in different minima. */
import { between, branchesOf, LEAST, rateOf, type BranchPoint, type SweepPoint } from "./branches";
import type { Direction, SweptKnob } from "./options";

export interface Jump {
  knob: string;
  /** Median over seeds of the middle between the two values of the knob. */
  at: number;
  direction: Direction;
  /** The values of the knob between which it lies, over all seeds. */
  low: number;
  high: number;
  /** Nats before and after, in the order of turning; mean over seeds. */
  before: number;
  after: number;
  /** Seeds that show it, of all. */
  seeds: number;
  of: number;
}

/** A range of the knob in which the result depends on where the training comes from. */
export interface Hysteresis {
  knob: string;
  from: number;
  to: number;
  /** Where both minima have the same loss; absent where one is lower throughout. */
  equal?: number;
  /** The direction that carries more in it. */
  higher: Direction;
  /** The direction with the lower loss throughout; absent where there is `equal`. */
  lower?: Direction;
}

/** A step is a jump from this share of the largest rate on, and from so many times the median step of its branch. */
const SHARE = 0.15;
const TIMES = 3;
/** The same for the step at which a branch leaves the range where the directions differ: there it must be the largest too. */
const TIMES_AT_EDGE = 1.5;
/** Branches differ from so many standard errors of their difference on. */
const ERRORS = 3;

type Sides = Parameters<typeof branchesOf>[2];

/** The largest jump of each direction that most seeds show. @param range where the two directions differ */
export function jumpsOf(
  points: readonly SweepPoint[],
  knob: SweptKnob,
  sides: Sides,
  range: Hysteresis | undefined,
): Jump[] {
  const largest = Math.max(0, ...points.map((point) => rateOf(point, sides)));
  return (["up", "down"] as const).flatMap((direction) => {
    const turned = points.filter((point) => point.direction === direction);
    const seeds = [...new Set(turned.map(({ seed }) => seed))];
    const found = seeds.flatMap((seed) => {
      const branch = turned.filter((point) => point.seed === seed);
      return jumpOf(branch, knob, { sides, least: Math.max(LEAST, SHARE * largest), range }) ?? [];
    });
    if (2 * found.length <= seeds.length) return [];
    const mean = (of: (each: Step) => number): number =>
      found.reduce((sum, each) => sum + of(each), 0) / found.length;
    const middles = found.map(({ low, high }) => between(low, high, knob)).sort((a, b) => a - b);
    return [
      {
        ...{ knob: knob.name, at: middles[middles.length >> 1]!, direction },
        low: Math.min(...found.map(({ low }) => low)),
        high: Math.max(...found.map(({ high }) => high)),
        ...{ before: mean((each) => each.before), after: mean((each) => each.after) },
        ...{ seeds: found.length, of: seeds.length },
      },
    ];
  });
}

interface Step {
  /** Values of the knob in the order of turning, and in ascending order. */
  from: number;
  to: number;
  low: number;
  high: number;
  before: number;
  after: number;
}

function jumpOf(
  points: readonly SweepPoint[],
  { name }: SweptKnob,
  { sides, least, range }: { sides: Sides; least: number; range: Hysteresis | undefined },
): Step | undefined {
  // In the order of turning, which is that of the points.
  const steps = points.slice(1).map((point, i): Step => {
    const earlier = points[i]!;
    const [a, b] = [earlier.knobs[name]!, point.knobs[name]!];
    return {
      ...{ from: a, to: b, low: Math.min(a, b), high: Math.max(a, b) },
      ...{ before: rateOf(earlier, sides), after: rateOf(point, sides) },
    };
  });
  const size = ({ before, after }: Step): number => Math.abs(after - before);
  const sizes = steps.map(size).sort((a, b) => a - b);
  const [step] = [...steps].sort((a, b) => size(b) - size(a));
  const median = sizes[sizes.length >> 1] ?? 0;
  if (step === undefined) return undefined;
  const differs = (at: number): boolean => range !== undefined && at >= range.from && at <= range.to;
  const times = differs(step.from) && !differs(step.to) ? TIMES_AT_EDGE : TIMES;
  return size(step) >= Math.max(least, times * median) ? step : undefined;
}

/** The range in which the two directions differ, where there is one. */
export function hysteresisOf(
  points: readonly SweepPoint[],
  knob: SweptKnob,
  sides: Sides,
): Hysteresis | undefined {
  const [up, down] = branchesOf(points, knob, sides).map((branch) => branch.points);
  const pairs = (up ?? []).flatMap((one): [BranchPoint, BranchPoint][] => {
    const other = down?.find(({ at }) => at === one.at);
    return other === undefined ? [] : [[one, other]];
  });
  const largest = Math.max(0, ...pairs.flat().map(({ rate }) => rate));
  const apart = pairs.filter(
    ([one, other]) =>
      Math.abs(one.rate - other.rate) >
      Math.max(LEAST, SHARE * largest, ERRORS * Math.hypot(one.rateError, other.rateError)),
  );
  // A single value may only need more steps.
  if (apart.length < 2) return undefined;
  const equal = crossing(apart, knob);
  const costs = apart.reduce((sum, [one, other]) => sum + one.loss - other.loss, 0);
  const more = apart.reduce((sum, [one, other]) => sum + one.rate - other.rate, 0);
  return {
    ...{ knob: knob.name, from: apart[0]![0].at, to: apart.at(-1)![0].at },
    higher: more > 0 ? "up" : "down",
    ...(equal === undefined ? { lower: costs < 0 ? ("up" as const) : ("down" as const) } : { equal }),
  };
}

/** Where the losses of two branches cross, between two values of the knob. */
function crossing(pairs: readonly [BranchPoint, BranchPoint][], knob: SweptKnob): number | undefined {
  const differences = pairs.map(([one, other]) => ({ at: one.at, by: one.loss - other.loss }));
  for (const [i, next] of differences.entries()) {
    const last = differences[i - 1];
    if (last === undefined || last.by * next.by > 0 || last.by === next.by) continue;
    return between(last.at, next.at, knob, last.by / (last.by - next.by));
  }
  return undefined;
}
