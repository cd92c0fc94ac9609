/**
 * How many rows of a batch lack which streams. The counts are fixed and only the rows are drawn, so that shapes are
 * static: each stream is absent from as many rows as its rate says, spread over those that lack others as evenly as
 * whole rows allow.
 */
import { holds, type Presence } from "./presence";
import type { Missing, Pattern } from "../spec";

/** More streams than this have too many ways of being absent together. */
export const MOST_MISSING = 8;

/**
 * @param known the patterns of the rows as the data have them, as many rows as the batch: streams that are `measured` are
 *   absent there, and the others besides
 */
export function patternsOf(
  missing: readonly Missing[],
  batch: number,
  known?: readonly Pattern[],
): readonly Pattern[] {
  let patterns: readonly Pattern[] = known ?? [{ absent: [], rows: batch }];
  for (const { stream, rate, measured } of missing) {
    if (known !== undefined && measured) continue;
    const quotas = patterns.map(({ rows }) => rows * rate);
    const losses = apportioned(quotas, Math.round(batch * rate));
    patterns = patterns
      .flatMap(({ absent, rows }, i) => [
        { absent, rows: rows - losses[i]! },
        { absent: [...absent, stream], rows: losses[i]! },
      ])
      .filter(({ rows }) => rows > 0);
  }
  return patterns;
}

/**
 * How many rows of a batch lack what, where the rows of the data do: each pattern has its share of the batch, as nearly as
 * whole rows allow. One whose share is less than half a row may have none.
 * @param groups of rows of the data, all together
 */
export function sharedOut(groups: readonly Pattern[], batch: number): Pattern[] {
  const all = groups.reduce((sum, { rows }) => sum + rows, 0);
  const rows = apportioned(
    groups.map((group) => (group.rows * batch) / all),
    batch,
  );
  return groups.map(({ absent }, i) => ({ absent, rows: rows[i]! })).filter((pattern) => pattern.rows > 0);
}

/** Whole numbers that add up to `total`, each within 1 of its quota: the largest remainders are rounded up. */
function apportioned(quotas: readonly number[], total: number): number[] {
  const whole = quotas.map(Math.floor);
  const order = quotas.map((_, i) => i).sort((a, b) => quotas[b]! - whole[b]! - (quotas[a]! - whole[a]!));
  const left = total - whole.reduce((sum, count) => sum + count, 0);
  for (const i of order.slice(0, left)) whole[i]!++;
  return whole;
}

/** Rows of a batch that have what `presence` asks for. */
export const rowsWith = (
  presence: Presence,
  missing: readonly Missing[],
  batch: number,
  known?: readonly Pattern[],
): number =>
  patternsOf(missing, batch, known)
    .filter(({ absent }) => holds(presence, absent))
    .reduce((sum, { rows }) => sum + rows, 0);
