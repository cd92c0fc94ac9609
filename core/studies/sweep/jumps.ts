/** Where what is carried jumps, and where the two directions of turning end in different minima. */
import { between, branchesOf, rateOf, type BranchPoint, type SweepPoint } from "./branches";
import type { SweptKnob } from "./options";
import type { Direction } from "./plan";

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
}

/** Nats that are as good as none. */
const LEAST = 0.05;
/** A step is a jump from this share of the largest rate on, and from so many times the median step of its branch. */
const SHARE = 0.15;
const TIMES = 3;
/** Branches differ from so many standard errors of their difference on. */
const ERRORS = 3;

type Sides = Parameters<typeof branchesOf>[2];

/** The largest jump of each direction that most seeds show. */
export function jumpsOf(points: readonly SweepPoint[], knob: SweptKnob, sides: Sides): Jump[] {
  const largest = Math.max(0, ...points.map((point) => rateOf(point, sides)));
  const seeds = [...new Set(points.map(({ seed }) => seed))];
  return (["up", "down"] as const).flatMap((direction) => {
    const found = seeds.flatMap((seed) => {
      const branch = points.filter((point) => point.seed === seed && point.direction === direction);
      return jumpOf(branch, knob, { sides, least: Math.max(LEAST, SHARE * largest) }) ?? [];
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
  low: number;
  high: number;
  before: number;
  after: number;
}

function jumpOf(
  points: readonly SweepPoint[],
  { name }: SweptKnob,
  { sides, least }: { sides: Sides; least: number },
): Step | undefined {
  // In the order of turning, which is that of the points.
  const steps = points.slice(1).map((point, i): Step => {
    const earlier = points[i]!;
    const [a, b] = [earlier.knobs[name]!, point.knobs[name]!];
    return {
      ...{ low: Math.min(a, b), high: Math.max(a, b) },
      ...{ before: rateOf(earlier, sides), after: rateOf(point, sides) },
    };
  });
  const size = ({ before, after }: Step): number => Math.abs(after - before);
  const sizes = steps.map(size).sort((a, b) => a - b);
  const [step] = [...steps].sort((a, b) => size(b) - size(a));
  const median = sizes[sizes.length >> 1] ?? 0;
  return step !== undefined && size(step) >= Math.max(least, TIMES * median) ? step : undefined;
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
  return {
    ...{ knob: knob.name, from: apart[0]![0].at, to: apart.at(-1)![0].at },
    ...(equal !== undefined && { equal }),
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
