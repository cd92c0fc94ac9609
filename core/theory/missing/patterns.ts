/**
 * How many rows of a batch lack which streams. The counts are fixed and only the rows are drawn, so that shapes are
 * static: each stream is absent from as many rows as its rate says, spread over those that lack others as evenly as
 * whole rows allow.
 */
import { holds, type Presence } from "./presence";
import type { Missing } from "../spec";

/** Rows that lack the same streams. */
export interface Pattern {
  absent: readonly string[];
  rows: number;
}

export function patternsOf(missing: readonly Missing[], batch: number): Pattern[] {
  let patterns: Pattern[] = [{ absent: [], rows: batch }];
  for (const { stream, rate } of missing) {
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

/** Whole numbers that add up to `total`, each within 1 of its quota: the largest remainders are rounded up. */
function apportioned(quotas: readonly number[], total: number): number[] {
  const whole = quotas.map(Math.floor);
  const order = quotas.map((_, i) => i).sort((a, b) => quotas[b]! - whole[b]! - (quotas[a]! - whole[a]!));
  const left = total - whole.reduce((sum, count) => sum + count, 0);
  for (const i of order.slice(0, left)) whole[i]!++;
  return whole;
}

/** Rows of a batch that have what `presence` asks for. */
export const rowsWith = (presence: Presence, missing: readonly Missing[], batch: number): number =>
  patternsOf(missing, batch)
    .filter(({ absent }) => holds(presence, absent))
    .reduce((sum, { rows }) => sum + rows, 0);
