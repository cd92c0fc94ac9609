/** What sets a group apart: values of known factors that its rows have more often than all held-out rows. */
import { rounded } from "../../language/number-text";
import { holm } from "../verdicts";
import type { LeftBehind } from "../protocol";
import { normalTail } from "../probes/score";
import type { Question } from "./questions";

type Apart = LeftBehind["apart"];

/** Most probability of a lift that is chance, over all that is looked at. */
const RISK = 0.01;
/** Least lift, least share of the group with the value, and most values that are named. */
const LEAST_LIFT = 1.5;
const LEAST_SHARE = 0.3;
const MOST = 4;

/** @param places of the group's rows among the held-out rows. What says most about the group comes first. */
export function apartOf(places: readonly number[], rows: Int32Array, factors: readonly Question[]): Apart {
  const values = factors.flatMap((factor) => {
    const [own, all] = [
      countsOf(
        factor,
        Int32Array.from(places, (i) => rows[i]!),
      ),
      countsOf(factor, rows),
    ];
    return Array.from({ length: factor.classes }, (_, k) => ({
      factor,
      k,
      share: own[k]! / places.length,
      usual: all[k]! / rows.length,
    }));
  });
  const chances = holm(
    values.map(({ share, usual }) =>
      usual === 0 || usual === 1
        ? 1
        : normalTail((share - usual) / Math.sqrt((usual * (1 - usual)) / places.length)),
    ),
  );
  return values
    .map((value, i) => ({ ...value, lift: value.share / value.usual, chance: chances[i]! }))
    .filter(({ chance, lift, share }) => chance <= RISK && lift >= LEAST_LIFT && share >= LEAST_SHARE)
    .sort((a, b) => b.share * Math.log(b.lift) - a.share * Math.log(a.lift))
    .slice(0, MOST)
    .map(({ factor, k, lift }) => ({ factor: factor.name, value: valueOf(factor, k), lift }));
}

function countsOf({ classes, labels }: Question, rows: Int32Array): Float64Array {
  const counts = new Float64Array(classes);
  for (const row of rows) counts[labels[row]!]!++;
  return counts;
}

/** A class of a label by its number; of a number, the range that it means. */
function valueOf({ cuts }: Question, k: number): number | string {
  if (cuts === undefined) return k;
  if (k === 0) return `below ${rounded(cuts[0]!)}`;
  return k === cuts.length
    ? `from ${rounded(cuts[k - 1]!)}`
    : `${rounded(cuts[k - 1]!)} to ${rounded(cuts[k]!)}`;
}
