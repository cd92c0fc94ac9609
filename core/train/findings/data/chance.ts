/**
 * Whether equal rows are more than independent draws give. Rows of few values repeat by nature, so it shows in how often they do:
 * by the values of the columns, and by how many values come once, twice, three times.
 */
import type { BoundStream } from "../../../data/bind";
import { sizeOf } from "../../../program/program";
import { evenly } from "./columns";
import { rowKey, rowsWithAll } from "./row-key";

/** Equal pairs for one that is expected from which they are more than chance, and deviations of their number. */
const TIMES = 1.3;
const DEVIATIONS = 4;
/** Deviations by which numbers of values may be off by chance, and how many of none there may be beside. */
const COUNT_DEVIATIONS = 2.5;
const NONE = 3;
/** Values from which the columns are described. */
const MOST_VALUES = 1_000_000;
/** Share of a column's range below which two values differ by rounding alone. */
const ROUNDING = 1e-5;
/** Rounds in which the chance of a whole row is put back into those of its columns, which were read without such rows. */
const REFINED = 10;

/** A value of the rows: one row that has it, and how many do. */
interface RowValue {
  row: number;
  count: number;
}

/** The different values of these rows, in the order in which they first appear. */
function rowValues(streams: readonly BoundStream[], rows: Iterable<number>): RowValue[] {
  const values = new Map<number, RowValue>();
  for (const row of rows) {
    const key = rowKey(streams, row);
    const value = values.get(key);
    if (value) value.count++;
    else values.set(key, { row, count: 1 });
  }
  return [...values.values()];
}

/**
 * What equal rows are: as many as independent draws give (`chance`); more, whatever the law of the rows is (`copies`); or more
 * than columns that are independent of each other give, which a law of few values would explain too (`undecided`). The
 * commonest value is left aside: silence and blank pictures repeat by nature.
 */
export function originOfRepeats(
  streams: readonly BoundStream[],
  all: Int32Array,
): "chance" | "copies" | "undecided" {
  const rows = rowsWithAll(streams, all);
  const found = rowValues(streams, rows);
  const most = Math.max(...found.map(({ count }) => count));
  const commonest = found.findIndex(({ count }) => count === most);
  const values = most > 1 ? found.filter((_, i) => i !== commonest) : found;
  const pairs = values.reduce((sum, { count }) => sum + (count * (count - 1)) / 2, 0);
  const chances = chancesOf(streams, rows);
  let [independent, any] = [0, 0];
  for (const value of values) {
    const { product, least } = chances(value);
    const others = (value.count * (rows.length - 1)) / 2;
    independent += others * product;
    any += others * least;
  }
  if (!exceeds(pairs, independent)) return "chance";
  const once = values.filter(({ count }) => count === 1).length;
  if (noLawRepeatsSo(values) || (exceeds(pairs, any) && once >= rows.length / 2)) return "copies";
  return "undecided";
}

const exceeds = (pairs: number, expected: number): boolean =>
  pairs > TIMES * expected + DEVIATIONS * Math.sqrt(expected + 1);

/**
 * Whether these counts come from no law at all, by independent draws. The number of values that come k times is then
 * f(k) = sum of Poisson(k; n p) over all values, and k! f(k) is a moment sequence, so by the inequality of Cauchy and Schwarz
 * f(k - 1) f(k + 1) is at least k / (k + 1) f(k)^2: pairs come with triples. Copies of rows have pairs without them.
 */
function noLawRepeatsSo(values: readonly RowValue[]): boolean {
  const most = Math.max(0, ...values.map(({ count }) => count));
  const often = new Int32Array(most + 2);
  for (const { count } of values) often[count]!++;
  const low = (k: number): number => Math.max(0, often[k]! - COUNT_DEVIATIONS * Math.sqrt(often[k]!));
  const high = (k: number): number => often[k]! + COUNT_DEVIATIONS * Math.sqrt(often[k]!) + NONE;
  for (let k = 2; k <= most; k++) if (high(k - 1) * high(k + 1) < (k / (k + 1)) * low(k) ** 2) return true;
  return false;
}

/**
 * For a value of rows: how probable another row is to equal it, were the columns independent of each other, and at most. Read from
 * rows of other values, so that copies do not explain themselves.
 */
function chancesOf(
  streams: readonly BoundStream[],
  rows: Int32Array,
): (value: RowValue) => { product: number; least: number } {
  const width = streams.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const looked = evenly(rows, Math.max(2, Math.floor(MOST_VALUES / width)));
  const part = looked.length / rows.length;
  const columns = streams.flatMap(({ values, shape }) => {
    const of = sizeOf(shape);
    return Array.from({ length: of }, (_, i) => {
      const at = (row: number): number => values[row * of + i]!;
      return { at, chance: columnChance(Float64Array.from(looked, at).sort()) };
    });
  });
  return ({ row, count }) => {
    const seen = columns.map(({ at, chance }) => chance(at(row), Math.round(part * count)));
    const most = (count + 2 * Math.sqrt(count) + 2) / rows.length;
    const whole = (chance: number): number =>
      seen.reduce((product, { of, others }) => product * (others ? of * (1 - chance) + chance : of), 1);
    let product = whole(0);
    for (let i = 0; i < REFINED; i++) product = whole(product);
    const least = Math.min(...seen.map(({ of, others }) => (others ? of * (1 - product) + product : of)));
    return { product: Math.min(most, product), least: Math.min(most, least) };
  };
}

/**
 * How probable a value of a column is among all samples but so many of its own: the share of these others that have it, or where
 * none does, the share of those next to it over the places that there are for them, at the distance of the two nearest values.
 */
function columnChance(sorted: Float64Array): (value: number, own: number) => { of: number; others: boolean } {
  const step = stepOf(sorted);
  const nearest = Math.ceil(Math.sqrt(sorted.length));
  return (value, own) => {
    const [from, to] = [before(sorted, value, false), before(sorted, value, true)];
    const others = Math.max(1, sorted.length - own);
    if (to - from > own) return { of: (to - from - own) / others, others: true };
    let [low, high] = [from, to];
    while (high - low - (to - from) < nearest && (low > 0 || high < sorted.length)) {
      const [below, above] = [value - (sorted[low - 1] ?? -Infinity), (sorted[high] ?? Infinity) - value];
      const distance = Math.min(below, above) + step / 2;
      while (low > 0 && value - sorted[low - 1]! <= distance) low--;
      while (high < sorted.length && sorted[high]! - value <= distance) high++;
    }
    const places = (Math.max(value, sorted[high - 1]!) - Math.min(value, sorted[low]!)) / step;
    const near = high - low - (to - from);
    return { of: near > 0 ? Math.min(1, near / others / Math.max(1, places)) : 1, others: false };
  };
}

/** How many values are smaller, or also those that are equal. */
function before(sorted: Float64Array, value: number, equal: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value || (equal && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The least distance between two values that differ by more than rounding. */
function stepOf(sorted: Float64Array): number {
  const rounding = ROUNDING * (sorted[sorted.length - 1]! - sorted[0]!);
  let step = Infinity;
  for (let i = 1; i < sorted.length; i++) {
    const distance = sorted[i]! - sorted[i - 1]!;
    if (distance > rounding && distance < step) step = distance;
  }
  return step;
}
