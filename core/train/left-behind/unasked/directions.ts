/**
 * Directions of residuals in which few rows are far from all others: the leading principal components, turned so that each has
 * as heavy a tail as it can (FastICA with the cubic function, Hyvärinen and Oja 2000, "Independent component analysis:
 * algorithms and applications", section 6).
 */
import { RandomStream } from "../../../random";
import type { Slices } from "../../clock";
import { add, dot, eachRow, orthonormal, type Matrix } from "./matrix";

const COMPONENTS = 16;
const ITERATIONS = 5;
const TURNS = 60;
/** Rows farther than so many standard deviations turn a direction no more than these. */
const FARTHEST = 12;

/** Of residuals: unit variance along each. */
export async function directionsOf(seen: Matrix, slices: Slices): Promise<Float64Array[]> {
  const axes = await principal(seen, slices);
  const places = await placesAlong(seen, axes, slices);
  // The mean of residuals is 0: the regression has a constant.
  const whitened = axes.flatMap((axis, k) => {
    const scale = Math.sqrt(seen.rows / dot(places[k]!, places[k]!));
    return Number.isFinite(scale)
      ? [{ axis: axis.map((value) => value * scale), places: places[k]!.map((value) => value * scale) }]
      : [];
  });
  const found: Float64Array[] = [];
  for (let k = 0; k < whitened.length; k++) {
    found.push(
      turned(
        whitened.map((one) => one.places),
        found,
      ),
    );
    await slices.breathe();
  }
  return found.map((turn) => {
    const direction = new Float64Array(seen.width);
    whitened.forEach(({ axis }, k) => add(direction, turn[k]!, axis));
    return direction;
  });
}

/** Where rows are along each direction, [directions][rows]. */
export async function placesAlong(
  rows: Matrix,
  directions: readonly Float64Array[],
  slices: Slices,
): Promise<Float64Array[]> {
  const places = directions.map(() => new Float64Array(rows.rows));
  await eachRow(rows, slices, (own, row) => {
    directions.forEach((direction, k) => (places[k]![row] = dot(direction, own)));
  });
  return places;
}

/** The leading principal components, by subspace iteration. */
async function principal(seen: Matrix, slices: Slices): Promise<Float64Array[]> {
  const draws = new RandomStream(0, "directions", 0);
  let axes = orthonormal(
    Array.from({ length: Math.min(COMPONENTS, seen.width) }, () =>
      Float64Array.from({ length: seen.width }, () => draws.normal()),
    ),
  );
  for (let i = 0; i < ITERATIONS; i++) {
    const next = axes.map(() => new Float64Array(seen.width));
    await eachRow(seen, slices, (own) => {
      axes.forEach((axis, k) => add(next[k]!, dot(axis, own), own));
    });
    axes = orthonormal(next);
  }
  return axes;
}

/** One more turn of whitened places, at right angles to those found. */
function turned(places: readonly Float64Array[], found: readonly Float64Array[]): Float64Array {
  const draws = new RandomStream(0, "turn", found.length);
  const rows = places[0]!.length;
  const apart = (turn: Float64Array): Float64Array => orthonormal([...found, turn]).at(-1)!;
  let turn = apart(Float64Array.from(places, () => draws.normal()));
  for (let i = 0; i < TURNS; i++) {
    const along = new Float64Array(rows);
    places.forEach((own, k) => add(along, turn[k]!, own));
    let slope = 0;
    for (let row = 0; row < rows; row++) {
      const near = Math.max(-FARTHEST, Math.min(FARTHEST, along[row]!));
      along[row] = near ** 3;
      slope += (3 * near ** 2) / rows;
    }
    const next = apart(Float64Array.from(places, (own, k) => dot(own, along) / rows - slope * turn[k]!));
    const same = Math.abs(dot(next, turn)) > 1 - 1e-6;
    turn = next;
    if (same) break;
  }
  return turn;
}
