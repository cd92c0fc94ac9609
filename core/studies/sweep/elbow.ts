/** The value of a knob after which more rate brings little. */
import { hundredths } from "../../language/number-text";
import { knobText } from "../../language/knob-text";
import type { KnobValues } from "../job";
import { bestOf, branchesOf, type BranchPoint, type SweepPoint } from "./branches";
import type { SweptKnob } from "./options";

export interface Elbow {
  knobs: KnobValues;
  /** The values of the knob that single seeds suggest. */
  low: number;
  high: number;
  reason: string;
}

/** The curve counts as bent where its elbow lies this far, as a share of its height, above the line between its ends. */
const BENT = 0.15;

type Sides = Parameters<typeof branchesOf>[2];

/**
 * The point of the information plane that lies farthest above the line between its ends (Satopaa et al. 2011, "Finding a kneedle
 * in a haystack"). At each value of the knob the direction with the lower loss counts.
 * @returns null where the curve has no bend
 */
export function elbowOf(
  points: readonly SweepPoint[],
  knob: SweptKnob,
  { sides, beside = {} }: { sides: Sides; beside?: KnobValues },
): Elbow | null {
  const found = bendOf(points, knob, sides);
  if (found === undefined) return null;
  const seeds = [...new Set(points.map(({ seed }) => seed))];
  const each = seeds.flatMap(
    (seed) =>
      bendOf(
        points.filter((point) => point.seed === seed),
        knob,
        sides,
      )?.point.at ?? [],
  );
  const { point, first, last } = found;
  const share = (point.kept - first.kept) / (last.kept - first.kept);
  const slope = (a: BranchPoint, b: BranchPoint): string =>
    hundredths((b.kept - a.kept) / Math.max(1e-9, b.rate - a.rate));
  return {
    knobs: { ...beside, [knob.name]: point.at },
    low: Math.min(point.at, ...each),
    high: Math.max(point.at, ...each),
    reason: `Up to ${knob.name} = ${knobText(point.at)} each nat of rate keeps ${slope(first, point)} nats, beyond it ${slope(point, last)}; ${Math.round(100 * share)} % of what the sweep gains is kept there.`,
  };
}

function bendOf(
  points: readonly SweepPoint[],
  knob: SweptKnob,
  sides: Sides,
): { point: BranchPoint; first: BranchPoint; last: BranchPoint } | undefined {
  const plane = bestOf(branchesOf(points, knob, sides), knob).sort((a, b) => a.rate - b.rate);
  const [first, last] = [plane[0], plane.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const [width, height] = [last.rate - first.rate, last.kept - first.kept];
  if (!(width > 0.05 && height > 0.02)) return undefined;
  const above = ({ rate, kept }: BranchPoint): number =>
    (kept - first.kept) / height - (rate - first.rate) / width;
  const point = plane.reduce((a, b) => (above(b) > above(a) ? b : a));
  return above(point) >= BENT ? { point, first, last } : undefined;
}
