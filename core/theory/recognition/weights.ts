/**
 * Which weights the terms of a loss can stand in: as its knobs turn, the logarithms of the weights move within a flat
 * space. An overall factor is taken out, so two losses weigh alike when one's space lies within the other's.
 */
import type { CanonicalTerm } from "./canonical";

/** A point of the space, and directions of length 1 at right angles to each other. */
interface Flat {
  point: number[];
  directions: number[][];
}

const TINY = 1e-7;

/** Whether every weighing of `own` is one of `method`'s; terms stand in pairs. */
export function weighsWithin(own: readonly CanonicalTerm[], method: readonly CanonicalTerm[]): boolean {
  const { point, directions } = flatOf(method);
  return pointsOf(own).every((other) => length(across(minus(other, point), directions)) < 1e-6);
}

function flatOf(terms: readonly CanonicalTerm[]): Flat {
  const [point = [], ...others] = pointsOf(terms);
  const directions: number[][] = [];
  for (const other of others) {
    const rest = across(minus(other, point), directions);
    const size = length(rest);
    if (size > TINY) directions.push(rest.map((value) => value / size));
  }
  return { point, directions };
}

/** Logarithms of the weights at each setting of the knobs, less their mean. */
function pointsOf(terms: readonly CanonicalTerm[]): number[][] {
  const settings = terms[0]?.weights.length ?? 0;
  return Array.from({ length: settings }, (_, at) => {
    const logs = terms.map(({ weights }) => Math.log(weights[at]!));
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
    return logs.map((value) => value - mean);
  });
}

/** What of a vector stands at right angles to the directions; taken twice, for rounding. */
function across(vector: readonly number[], directions: readonly number[][]): number[] {
  let rest = [...vector];
  for (const direction of [...directions, ...directions]) {
    const along = rest.reduce((sum, value, i) => sum + value * direction[i]!, 0);
    rest = rest.map((value, i) => value - along * direction[i]!);
  }
  return rest;
}

const minus = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value - b[i]!);
const length = (vector: readonly number[]): number => Math.hypot(...vector);

/** How often one weight holds the other; undefined where that depends on the knobs. */
export function weightRatio(a: CanonicalTerm, b: CanonicalTerm): number | undefined {
  const ratios = a.weights.map((weight, i) => weight / b.weights[i]!);
  return ratios.every((ratio) => isClose(ratio, ratios[0]!)) ? ratios[0] : undefined;
}

export const isClose = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
