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
type Tables = readonly Float32Array[];

/** The largest multiplier: where every true tuple scores highest, more is always better. */
const MOST_SCALE = 1000;
const MOST_TRIES = 40;
const PRECISION = 1e-5;
/** Scores that are kept of all batches together. */
const MOST_SCORES = 1 << 20;

/** Gathers the scores of contrastive terms, batch by batch. */
export class Contrasts {
  private readonly batches = new Map<string, Tables[]>();
  private scores = 0;

  /** Whether there is room for another batch. */
  get hasRoom(): boolean {
    return this.scores < MOST_SCORES;
  }

  add(term: string, tables: Tables): void {
    this.batches.set(term, [...(this.batches.get(term) ?? []), tables]);
    for (const { length } of tables) this.scores += length;
  }

  /** The multiplier of each term with which its value is highest on these rows. */
  fitted(): Record<string, number> {
    return this.each((batches) => fittedScale(batches));
  }

  /** @param scales multipliers of terms; 1 where there is none */
  at(scales: Readonly<Record<string, number>>): Record<string, Recalibrated> {
    return this.each((batches, term) => {
      const scale = scales[term] ?? 1;
      const raw = meanOf(rowValues(batches, 1)).value;
      return { scale, raw, ...meanOf(rowValues(batches, scale)) };
    });
  }

  private each<T>(make: (batches: readonly Tables[], term: string) => T): Record<string, T> {
    return Object.fromEntries([...this.batches].map(([term, batches]) => [term, make(batches, term)]));
  }
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
      for (let i = 0; i < rows; i++) sum[i]! += along(table, rows, i, scale).value / tables.length;
    return sum;
  });
  return Float64Array.from(values);
}

/** The value of row i and its first two derivatives in the multiplier s: s·Tᵢᵢ − log 1/N Σⱼ exp(s·Tᵢⱼ). */
function along(table: Float32Array, rows: number, i: number, scale: number) {
  const start = i * rows;
  let most = -Infinity;
  for (let j = start; j < start + rows; j++) most = Math.max(most, table[j]!);
  let [mass, first, second] = [0, 0, 0];
  for (let j = start; j < start + rows; j++) {
    const below = table[j]! - most;
    const weight = Math.exp(scale * below);
    mass += weight;
    first += weight * below;
    second += weight * below * below;
  }
  const own = table[start + i]! - most;
  const mean = first / mass;
  return {
    value: scale * own - Math.log(mass / rows),
    slope: own - mean,
    bend: mean * mean - second / mass,
  };
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

function sumsAt(batches: readonly Tables[], scale: number): { slope: number; bend: number } {
  const sum = { slope: 0, bend: 0 };
  for (const tables of batches)
    for (const table of tables) {
      const rows = Math.sqrt(table.length);
      for (let i = 0; i < rows; i++) {
        const { slope, bend } = along(table, rows, i, scale);
        sum.slope += slope;
        sum.bend += bend;
      }
    }
  return sum;
}
