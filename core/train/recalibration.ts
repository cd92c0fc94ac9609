/**
 * Contrastive terms with one temperature fitted on held-out rows. A critic that is too sure of itself makes the held-out
 * InfoNCE of a good code low, even negative; with its scores multiplied by the number that suits these rows best, what is
 * left to see is how well the scores order the rows. Guo et al. 2017, "On Calibration of Modern Neural Networks", section 4.2.
 */
import { meanOf } from "./measurements/mean";

/** A term in nats on the same rows: raw, and with its scores multiplied by `scale`, with the 95 % interval. */
export interface Recalibrated {
  scale: number;
  raw: number;
  value: number;
  low: number;
  high: number;
}

/** Scores of one batch, [N, N] each: those of the true tuples are on the diagonal. */
type Tables = readonly ArrayLike<number>[];

/** A term's batches, and the sum of its values on them. */
interface Gathered {
  tables: Tables[];
  raw: number;
}

/** The largest multiplier: where every true tuple scores highest, more is always better. */
const MOST_SCALE = 1000;
const MOST_TRIES = 40;
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
  add(term: string, tables: Tables, raw: number): void {
    const before = this.terms.get(term) ?? { tables: [], raw: 0 };
    this.terms.set(term, { tables: [...before.tables, tables], raw: before.raw + raw });
    for (const { length } of tables) this.scores += length;
  }

  /** The multiplier of each term with which its value is highest on these rows. */
  fitted(): Record<string, number> {
    return this.each(({ tables }) => fittedScale(first(tables, FITTED_SCORES)));
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
    taken += tables.reduce((sum, { length }) => sum + length, 0);
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

/** Of each row: how much higher its true tuple scores than all of its row, the mean over the tables. */
function rowValues(batches: readonly Tables[], scale: number): Float64Array {
  const values = batches.flatMap((tables) => {
    const rows = Math.sqrt(tables[0]!.length);
    const sum = new Array<number>(rows).fill(0);
    for (const table of tables)
      for (let i = 0; i < rows; i++) sum[i]! += valueOf(table, rows, i, scale) / tables.length;
    return sum;
  });
  return Float64Array.from(values);
}

/** The value of row i under the multiplier s: s·Tᵢᵢ − log 1/N Σⱼ exp(s·Tᵢⱼ). */
function valueOf(table: ArrayLike<number>, rows: number, i: number, scale: number): number {
  const start = i * rows;
  const most = largestOf(table, start, rows);
  let mass = 0;
  for (let j = start; j < start + rows; j++) mass += Math.exp(scale * (table[j]! - most));
  return scale * (table[start + i]! - most) - Math.log(mass / rows);
}

function largestOf(table: ArrayLike<number>, start: number, rows: number): number {
  let most = -Infinity;
  for (let j = start; j < start + rows; j++) if (table[j]! > most) most = table[j]!;
  return most;
}

/** Newton's method; the value is concave in the multiplier, so that each slope halves where to look. */
function fittedScale(batches: readonly Tables[]): number {
  let [low, high, scale] = [0, MOST_SCALE, 1];
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { slope, bend } = sumsAt(batches, scale);
    if (slope > 0) low = scale;
    else high = scale;
    const newton = scale - slope / bend;
    const inside = newton > low && newton < high;
    const next = inside ? newton : low === 0 ? high / 8 : Math.sqrt(low * high);
    if (Math.abs(next - scale) <= PRECISION * scale) return next;
    scale = next;
  }
  return scale;
}

/** The first two derivatives of the value in the multiplier, summed over all rows. */
function sumsAt(batches: readonly Tables[], scale: number): { slope: number; bend: number } {
  let [slope, bend] = [0, 0];
  for (const tables of batches)
    for (const table of tables) {
      const rows = Math.sqrt(table.length);
      for (let i = 0; i < rows; i++) {
        const start = i * rows;
        const most = largestOf(table, start, rows);
        let [mass, first, second] = [0, 0, 0];
        for (let j = start; j < start + rows; j++) {
          const below = table[j]! - most;
          const weight = Math.exp(scale * below);
          mass += weight;
          first += weight * below;
          second += weight * below * below;
        }
        const mean = first / mass;
        slope += table[start + i]! - most - mean;
        bend += mean * mean - second / mass;
      }
    }
  return { slope, bend };
}
