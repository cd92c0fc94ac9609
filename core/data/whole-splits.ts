import type { SplitName } from "./dataset";
import type { SplitSizes } from "./splits";

/** In the order in which they are dealt: training has what is left, or as much of it as was asked for. */
export const SPLITS: readonly SplitName[] = ["test", "validation", "train"];

/** Rows of one class: as units that stay together, in random order. */
export interface Stratum {
  units: number[][];
}

/**
 * Deals whole units to the splits. Each split has its share of every stratum's rows, and at least one unit of it; whole
 * units may miss a share, and the next stratum then makes up for it. Single rows miss none.
 * @param strata of at least three units each; each split is asked for at least one row of each
 * @param samples rows of the table
 * @returns for each row the place of its split in `SPLITS`, or -1 where no split has it
 */
export function dealWhole(strata: readonly Stratum[], sizes: SplitSizes, samples: number): Int8Array {
  const splitOf = new Int8Array(samples).fill(-1);
  let left = strata.map(({ units }) => units);
  const all = sizes.train + sizes.validation + sizes.test === samples;
  SPLITS.forEach((split, place) => {
    const later = SPLITS.length - 1 - place;
    const shares = sharesOf(left.map(rowsIn), sizes[split], later);
    let missed = 0;
    left = left.map((units, stratum) => {
      const share = split === "train" && all ? Infinity : shares[stratum]! + missed;
      const { taken, others } = take(units, share, later);
      for (const unit of taken) for (const row of unit) splitOf[row] = place;
      missed = share - rowsIn(taken);
      return others;
    });
  });
  return splitOf;
}

const rowsIn = (units: readonly number[][]): number => units.reduce((sum, { length }) => sum + length, 0);

/**
 * Whole rows of each stratum that sum to `size` where there are so many: proportional to its rows, at least one, and
 * `keep` are left over. What rounding leaves goes to those that it left shortest.
 */
function sharesOf(rows: readonly number[], size: number, keep: number): number[] {
  const total = rows.reduce((sum, count) => sum + count, 0);
  const due = rows.map((count) => (count * size) / total);
  const shares = due.map((share, i) => Math.max(1, Math.min(Math.floor(share), rows[i]! - keep)));
  const short = (i: number): number => due[i]! - shares[i]!;
  const furthest = (able: (i: number) => boolean, sign: 1 | -1): number | undefined => {
    let best: number | undefined;
    rows.forEach((_, i) => {
      if (able(i) && (best === undefined || sign * short(i) > sign * short(best))) best = i;
    });
    return best;
  };
  for (let sum = shares.reduce((a, b) => a + b, 0); sum !== size;) {
    const step = sum < size ? 1 : -1;
    const i = furthest((i) => (step > 0 ? shares[i]! < rows[i]! - keep : shares[i]! > 1), step);
    if (i === undefined) break;
    shares[i]! += step;
    sum += step;
  }
  return shares;
}

/**
 * Units whose rows come near to `share`: those that fit, in order, then the smallest other one where it brings the sum
 * nearer. So the sum is off by at most half of the smallest unit that is left. At least one, and `keep` are left over.
 */
function take(
  units: readonly number[][],
  share: number,
  keep: number,
): { taken: number[][]; others: number[][] } {
  const taken: number[][] = [];
  const others: number[][] = [];
  let missing = share;
  for (const unit of units) {
    if (unit.length > missing || taken.length >= units.length - keep) {
      others.push(unit);
      continue;
    }
    taken.push(unit);
    missing -= unit.length;
  }
  if (others.length > keep) {
    const smallest = others.reduce((best, { length }, i) => (length < others[best]!.length ? i : best), 0);
    const over = others[smallest]!.length - missing;
    if (taken.length === 0 || over < missing) taken.push(...others.splice(smallest, 1));
  }
  return { taken, others };
}
