/** What codes carry about a label or a number, in nats, between two limits. */
import type { Gains } from "./gains";
import { normalTail, Z95 } from "./score";

/** What an interval is made of. */
export interface Evidence {
  gains: Gains;
  /** Rows of each class among the judged rows; absent for a number, whose information no entropy bounds. */
  counts?: Float64Array;
  /** log p(z|label) - log p(z) of rows, where the code has densities: see `densities`. */
  surprises?: Float64Array;
  /** The upper 95 % limit of what the code carries at all. */
  rate?: number;
}

/** Nats, with the interval; `high` is absent where nothing bounds the value from above. */
export interface Between {
  value: number;
  low: number;
  high: number | null;
}

/** How much more probes gain from some codes than from others, on the same rows: paired. */
export function moreGained(some: Gains, others: Gains): Between {
  const { value, half } = estimate(
    some.rows.map((gain, row) => gain - others.rows[row]!),
    Math.min(some.effective, others.effective),
  );
  return { value, low: value - half, high: value + half };
}

/** The mean of rows, and how far it may be off at 95 %. */
function estimate(rows: Float64Array, effective = rows.length): { value: number; half: number } {
  const value = rows.reduce((sum, row) => sum + row, 0) / rows.length;
  const square = rows.reduce((sum, row) => sum + (row - value) ** 2, 0);
  const spread = Math.sqrt(square / Math.max(1, rows.length - 1) / effective);
  return { value, half: rows.length > 1 ? Z95 * spread : Infinity };
}

/**
 * From below the mean gain, less its sampling error. From above the least of three limits, each with its own: the entropy of the
 * label, the rate, and the information under the rows' own mixture. The value is the mean gain, within both.
 */
export function informationOf({ gains, counts, surprises, rate }: Evidence): Between {
  const below = estimate(gains.rows, gains.effective);
  const limits = [counts && entropyLimit(counts), rate, surprises && upperLimit(surprises)].filter(
    (limit) => limit !== undefined && Number.isFinite(limit),
  ) as number[];
  const high = limits.length > 0 ? Math.max(0, ...[Math.min(...limits)]) : null;
  const within = (value: number): number => Math.max(0, Math.min(value, high ?? value));
  return { value: within(below.value), low: within(below.value - below.half), high };
}

/** The probability of gaining so much from codes that carry nothing. */
export function gainChance({ rows, effective }: Gains): number {
  const { value, half } = estimate(rows, effective);
  return value > 0 ? normalTail((value * Z95) / half) : 1;
}

/** The entropy of labels in nats, from their own counts. */
export function entropyOf(labels: ArrayLike<number>, classes: number): number {
  const counts = new Float64Array(classes);
  for (let row = 0; row < labels.length; row++) counts[labels[row]!]!++;
  return counts
    .filter((count) => count > 0)
    .reduce((sum, count) => sum - (count / labels.length) * Math.log(count / labels.length), 0);
}

function upperLimit(rows: Float64Array): number {
  const { value, half } = estimate(rows);
  return value + half;
}

/** The upper limit of a label's entropy from its counts: their own, its bias (Miller 1955) and its sampling error; at most log of the classes. */
function entropyLimit(counts: Float64Array): number {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const known = counts.filter((count) => count > 0);
  const moment = (power: number): number =>
    known.reduce((sum, count) => sum + (count / rows) * (-Math.log(count / rows)) ** power, 0);
  const entropy = moment(1);
  const spread = Math.sqrt(Math.max(0, moment(2) - entropy ** 2) / rows);
  return Math.min(Math.log(counts.length), entropy + (known.length - 1) / (2 * rows) + Z95 * spread);
}
