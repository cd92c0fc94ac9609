/**
 * Linear tasks of the bank of `samples`: Gaussian pairs of four families. Their constants and seeds were written down before
 * any constant of the prediction was compared with them, and are unlike those of the tasks from which it comes.
 */
import { RandomStream } from "../../../core/random";
import type { Population } from "../../../core/gaussian/population";
import { pairOf } from "../../gaussian/gaussian-pairs";

const FAMILIES = ["flat", "power law", "private", "uneven"] as const;
export type Family = (typeof FAMILIES)[number];

export interface LinearTask {
  name: string;
  family: Family;
  seed: number;
  p: number;
  q: number;
  rhos: number[];
  population(): Population;
}

const EACH = 20;
const FIRST_SEED = 410_000;

const within = (draws: RandomStream, low: number, high: number): number =>
  low + (high - low) * draws.uniform();
const logWithin = (draws: RandomStream, low: number, high: number): number =>
  Math.exp(within(draws, Math.log(low), Math.log(high)));

/** Standard deviations of the uncorrelated values of a view. */
function deviationsOf(family: Family, size: number, draws: RandomStream): Float64Array {
  const power = within(draws, 0.3, 1.2);
  const heavy = 3 + draws.integer(8);
  const times = within(draws, 5, 30);
  return Float64Array.from({ length: size }, (_, i) =>
    family === "power law"
      ? (i + 1) ** (-power / 2)
      : family === "private" && i >= size - Math.min(heavy, size >> 1)
        ? Math.sqrt(times)
        : 1,
  );
}

/** Random orthonormal rows [k, size]. */
function directions(k: number, size: number, draws: RandomStream): Float64Array {
  const out = new Float64Array(k * size);
  for (let i = 0; i < k; i++) {
    const row = out.subarray(i * size, (i + 1) * size);
    for (let j = 0; j < size; j++) row[j] = draws.normal();
    for (let known = 0; known <= i; known++) {
      const other = out.subarray(known * size, (known + 1) * size);
      let along = 0;
      for (let j = 0; j < size; j++) along += row[j]! * other[j]!;
      if (known === i) for (let j = 0; j < size; j++) row[j]! /= Math.sqrt(along);
      else for (let j = 0; j < size; j++) row[j]! -= along * other[j]!;
    }
  }
  return out;
}

function taskOf(family: Family, number: number): LinearTask {
  const seed = FIRST_SEED + 1000 * FAMILIES.indexOf(family) + number;
  const draws = new RandomStream(seed, "a linear task", 0);
  const [p, q] =
    family === "uneven"
      ? [Math.round(logWithin(draws, 10, 30)), Math.round(logWithin(draws, 120, 260))]
      : [Math.round(logWithin(draws, 12, 260)), Math.round(logWithin(draws, 12, 260))];
  const k = 1 + draws.integer(4);
  // One in ten has a correlation so high that few rows more than values are enough.
  const top = number % 10 === 9 ? within(draws, 0.88, 0.96) : within(draws, 0.22, 0.88);
  const rhos = Array.from({ length: k }, (_, i) => (i === 0 ? top : top * within(draws, 0.7, 1)));
  const population = (): Population => {
    const [x, y] = [p, q].map((size) => ({
      deviations: deviationsOf(family, size, draws),
      shared: directions(k, size, draws),
    }));
    return pairOf(x!, y!, rhos);
  };
  let made: Population | undefined;
  return {
    name: `${family} ${number + 1}`,
    family,
    seed,
    p,
    q,
    rhos,
    population: () => (made ??= population()),
  };
}

/** 80 tasks. */
export const linearTasks: readonly LinearTask[] = FAMILIES.flatMap((family) =>
  Array.from({ length: EACH }, (_, number) => taskOf(family, number)),
);
