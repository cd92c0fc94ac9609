/** What a linear task needs, and what is predicted of it: by the closed form, and from pilots of a part of the need. */
import { pairLike, sharedBy } from "../../../core/gaussian/pilot";
import { populationOf } from "../../../core/gaussian/population";
import { simulatedNeed } from "../../../core/gaussian/simulation";
import { rowsOf } from "../../gaussian/gaussian-pairs";
import type { LinearTask } from "./linear-tasks";

/** The pilots, as the part of the need that one row in so many is. */
export const PILOTS = [4, 8] as const;

export interface LinearResult {
  need: number;
  /** By the size of the pilot: rows, z of the shared directions, and the rows that a population like it needs. */
  pilots: { part: number; n: number; z: number; need: number | null }[];
}

const LEVEL = 0.9;
const TRUE_SEEDS = [1, 2, 3, 4, 5];
const OTHER_SEEDS = [11, 12, 13];
const FEWEST = 20;

export function measured({ seed, rhos, p, q, population }: LinearTask): LinearResult {
  const truth = population();
  const need = simulatedNeed(truth, LEVEL, TRUE_SEEDS, 10 * (p + q))!;
  const k = rhos.length;
  const pilots = PILOTS.flatMap((part) => {
    const n = Math.round(need / part);
    if (n < FEWEST) return [];
    const rows = rowsOf(truth, n, seed);
    const shared = sharedBy(rows, k);
    const like = populationOf(pairLike(rows, k, shared));
    return [{ part, n, z: shared.z, need: simulatedNeed(like, LEVEL, OTHER_SEEDS, 4 * n) }];
  });
  return { need, pilots };
}
