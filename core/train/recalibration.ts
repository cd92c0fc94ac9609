/**
 * Contrastive terms with one temperature fitted on held-out rows. A critic that is too sure of itself makes the held-out
 * InfoNCE of a good code low, even negative; with its scores multiplied by the number that suits these rows best, what is
 * left to see is how well the scores order the rows. Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2.
 */
import type { Values } from "./executor";
import { meanOf } from "./measurements/mean";

/** A term in nats on the same rows: raw, and with its scores multiplied by `scale`, with the 95 % interval. */
export interface Recalibrated {
  scale: number;
  raw: number;
  value: number;
  low: number;
  high: number;
}

interface Table {
  /** Of one batch, [rows, rows]: those of the true tuples are on the diagonal. */
  scores: Values;
  rows: number;
  /** The highest score of each row. */
  most: Float64Array;
}

type Tables = readonly Table[];

/** A term's batches, and the sum of its values on them. */
interface Gathered {
  tables: Tables[];
  raw: number;
}

/** The largest multiplier: where every true tuple scores highest, more is always better. */
const MOST_SCALE = 1000;
const MOST_TRIES = 40;
/** Where a fit begins at least: one that found nothing to keep ends near 0, from where it is far to any other. */
const LEAST_START = 1e-3;
/** Relative; near its best the value hardly depends on the multiplier. */
const PRECISION = 1e-3;
/** Scores that are kept of all batches together, and those of a term to which its multiplier is fitted. */
const MOST_SCORES = 1 << 20;
const FITTED_SCORES = 1 << 16;

/** Gathers the scores of contrastive terms, batch by batch. */
export class Contrasts {
  private readonly terms = new Map<string, Gathered>();
  private scores = 0;

  /** Whether there is room for another batch. */
  get hasRoom(): boolean {
    return this.scores < MOST_SCORES;
  }

  /** @param raw the term's value on the batch */
  add(term: string, tables: readonly Values[], raw: number): void {
    const gathered = this.terms.get(term) ?? { tables: [], raw: 0 };
    this.terms.set(term, gathered);
    gathered.tables.push(tables.map(tableOf));
    gathered.raw += raw;
    for (const { length } of tables) this.scores += length;
  }

  /**
   * The multiplier of each term with which its value is highest on these rows.
   * @param near where each is sought first; what is found near the best hardly depends on it
   */
  fitted(near: Readonly<Record<string, number>> = {}): Record<string, number> {
    return this.each(({ tables }, term) => fittedScale(first(tables, FITTED_SCORES), near[term]));
  }

  /** @param scales multipliers of terms; 1 where there is none */
  at(scales: Readonly<Record<string, number>>): Record<string, Recalibrated> {
    return this.each(({ tables, raw }, term) => {
      const scale = scales[term] ?? 1;
      return { scale, raw: raw / tables.length, ...meanOf(rowValues(tables, scale)) };
    });
  }

  private each<T>(make: (gathered: Gathered, term: string) => T): Record<string, T> {
    return Object.fromEntries([...this.terms].map(([term, gathered]) => [term, make(gathered, term)]));
  }
}

/** The first batches, until they have this many scores. */
function first(batches: readonly Tables[], scores: number): readonly Tables[] {
  let taken = 0;
  const end = batches.findIndex((tables) => {
    taken += tables.reduce((sum, { scores }) => sum + scores.length, 0);
    return taken >= scores;
  });
  return end < 0 ? batches : batches.slice(0, end + 1);
}

/**
 * The loss by which a checkpoint is chosen: that of the rows with contrastive terms recalibrated.
 * @param weights of the terms in the loss, by id
 */
export const lossToCompare = (
  { total, recalibrated = {} }: { total: number; recalibrated?: Record<string, Recalibrated> },
  weights: Readonly<Record<string, number>>,
): number =>
  Object.entries(recalibrated).reduce(
    (sum, [term, { raw, value }]) => sum + (weights[term] ?? 0) * (value - raw),
    total,
  );

function tableOf(scores: Values): Table {
  const rows = Math.sqrt(scores.length);
  const most = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let highest = -Infinity;
    for (let at = i * rows; at < (i + 1) * rows; at++) if (scores[at]! > highest) highest = scores[at]!;
    most[i] = highest;
  }
  return { scores, rows, most };
}

/** Of each row: how much higher its true tuple scores than all of its row, the mean over the tables. */
function rowValues(batches: readonly Tables[], scale: number): Float64Array {
  const values = new Float64Array(batches.reduce((sum, tables) => sum + tables[0]!.rows, 0));
  let start = 0;
  for (const tables of batches) {
    const { rows } = tables[0]!;
    for (const table of tables)
      for (let i = 0; i < rows; i++) values[start + i]! += valueOf(table, i, scale) / tables.length;
    start += rows;
  }
  return values;
}

/** The value of row i under the multiplier s: s·Tᵢᵢ − log 1/N Σⱼ exp(s·Tᵢⱼ). */
function valueOf({ scores, rows, most }: Table, i: number, scale: number): number {
  const [start, highest] = [i * rows, most[i]!];
  let mass = 0;
  for (let j = start; j < start + rows; j++) mass += Math.exp(scale * (scores[j]! - highest));
  return scale * (scores[start + i]! - highest) - Math.log(mass / rows);
}

/** Newton's method; the value is concave in the multiplier, so that each slope halves where to look. */
function fittedScale(batches: readonly Tables[], near = 1): number {
  let [low, high, scale] = [0, MOST_SCALE, Math.max(near, LEAST_START)];
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { slope, bend } = sumsAt(batches, scale);
    if (slope > 0) low = scale;
    else high = scale;
    const newton = scale - slope / bend;
    // Where the best is met exactly, it is on the border of where to look.
    const inside = newton === scale || (newton > low && newton < high);
    const next = inside ? newton : low === 0 ? high / 8 : Math.sqrt(low * high);
    if (Math.abs(next - scale) <= PRECISION * scale) return next;
    scale = next;
  }
  return scale;
}

interface Derivatives {
  slope: number;
  bend: number;
}

/** The first two derivatives of the value in the multiplier, summed over all rows. */
function sumsAt(batches: readonly Tables[], scale: number): Derivatives {
  const sums = { slope: 0, bend: 0 };
  for (const tables of batches)
    for (const table of tables) for (let i = 0; i < table.rows; i++) addDerivatives(table, i, scale, sums);
  return sums;
}

/** Those of row i. */
function addDerivatives({ scores, rows, most }: Table, i: number, scale: number, sums: Derivatives): void {
  const [start, highest] = [i * rows, most[i]!];
  let [mass, first, second] = [0, 0, 0];
  for (let j = start; j < start + rows; j++) {
    const below = scores[j]! - highest;
    const weight = Math.exp(scale * below);
    mass += weight;
    first += weight * below;
    second += weight * below * below;
  }
  const mean = first / mass;
  sums.slope += scores[start + i]! - highest - mean;
  sums.bend += mean * mean - second / mass;
}
