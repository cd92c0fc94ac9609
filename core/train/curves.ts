/** The terms of a loss over training, in bounded memory: thinned evenly, so that what is drawn is what was measured. */
import type { TermPoint } from "./protocol";

/** Points that a series keeps at most. */
export const MOST_POINTS = 1200;

/** A quantity over training, in nats: parallel lists of steps (ascending) and values. */
export interface Series {
  steps: number[];
  values: number[];
  /** Fewest steps between two points that are kept. The newest point is kept at any distance. */
  every: number;
}

export interface Curves {
  total: Series;
  terms: Record<string, Series>;
  heldOutTotal: Series;
  heldOutTerms: Record<string, Series>;
}

const emptySeries = (): Series => ({ steps: [], values: [], every: 1 });

export const emptyCurves = (): Curves => ({
  total: emptySeries(),
  terms: {},
  heldOutTotal: emptySeries(),
  heldOutTerms: {},
});

/** The last value of a series; undefined before the first. */
export const latest = (series: Series | undefined): number | undefined => series?.values.at(-1);

/** The last value of each series. */
export const latestOfEach = (all: Record<string, Series>): Record<string, number> =>
  Object.fromEntries(Object.entries(all).map(([id, series]) => [id, series.values.at(-1)!]));

/** The last step of the curves; 0 before the first. */
export const lastStep = ({ total }: Curves): number => total.steps.at(-1) ?? 0;

/**
 * The curves with more points, whose steps ascend from the last one on. Points of a series are at least `every` steps
 * apart and less than twice that (where that many were measured): when there are too many, `every` doubles and the whole
 * series is thinned anew. So all of a run is drawn at one resolution, and always to its newest point.
 */
export function withPoints(curves: Curves, points: readonly TermPoint[]): Curves {
  const heldOut = points.flatMap(({ step, heldOut }) =>
    heldOut === undefined ? [] : [{ step, ...heldOut }],
  );
  return {
    total: extended(curves.total, points, ({ total }) => total),
    terms: allExtended(curves.terms, points),
    heldOutTotal: extended(curves.heldOutTotal, heldOut, ({ total }) => total),
    heldOutTerms: allExtended(curves.heldOutTerms, heldOut),
  };
}

/** The curves up to a step. */
export function upTo(curves: Curves, step: number): Curves {
  const cut = (all: Record<string, Series>): Record<string, Series> =>
    Object.fromEntries(
      Object.entries(all).flatMap(([id, series]) => {
        const kept = before(series, step);
        return kept.steps.length === 0 ? [] : [[id, kept]];
      }),
    );
  return {
    total: before(curves.total, step),
    terms: cut(curves.terms),
    heldOutTotal: before(curves.heldOutTotal, step),
    heldOutTerms: cut(curves.heldOutTerms),
  };
}

function before({ steps, values, every }: Series, step: number): Series {
  const count = steps.filter((at) => at <= step).length;
  return { steps: steps.slice(0, count), values: values.slice(0, count), every };
}

type Measured = Pick<TermPoint, "step" | "terms">;

function allExtended(all: Record<string, Series>, points: readonly Measured[]): Record<string, Series> {
  const ids = new Set([...Object.keys(all), ...points.flatMap(({ terms }) => Object.keys(terms))]);
  return Object.fromEntries(
    [...ids].map((id) => {
      const old = Object.hasOwn(all, id) ? all[id]! : emptySeries();
      return [id, extended(old, points, ({ terms }) => (Object.hasOwn(terms, id) ? terms[id] : undefined))];
    }),
  );
}

function extended<P extends { step: number }>(
  series: Series,
  points: readonly P[],
  valueOf: (point: P) => number | undefined,
): Series {
  if (points.length === 0) return series;
  let next: Series = { steps: [...series.steps], values: [...series.values], every: series.every };
  for (const point of points) {
    const value = valueOf(point);
    if (value === undefined) continue;
    push(next, point.step, value);
    while (next.steps.length > MOST_POINTS) next = thinned(next, 2 * next.every);
  }
  return next;
}

/** Puts a point at the end, in place of a last one that was there only as the newest. */
function push({ steps, values, every }: Series, step: number, value: number): void {
  const last = steps.length - 1;
  const passing = last > 0 && steps[last]! - steps[last - 1]! < every;
  const at = passing ? last : last + 1;
  steps[at] = step;
  values[at] = value;
}

function thinned(series: Series, every: number): Series {
  const next: Series = { steps: [], values: [], every };
  series.steps.forEach((step, i) => push(next, step, series.values[i]!));
  return next;
}
