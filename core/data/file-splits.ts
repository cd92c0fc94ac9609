/** How the rows of a file are split: at random, by whole groups, by class, or as a field of the file says. */
import { writtenField } from "./declarations";
import { nearest } from "../language/nearest";
import { count } from "../language/text";
import { sizeOf } from "../program/program";
import { permutation } from "../random";
import { DataError, type DataSubject, type Field, type SplitName } from "./dataset";
import type { Options } from "./options";
import { randomSplits, splitSizes, type Splits, type SplitSizes } from "./splits";
import type { Table } from "./table";
import { dealWhole, SPLITS, type Stratum } from "./whole-splits";

/** The setting of the size of each split. */
const SIZE_OF: Readonly<Record<SplitName, string>> = {
  train: "samples",
  validation: "validation",
  test: "test",
};

/** What a field of splits may say. */
const SAYS = new Map<string, SplitName>([
  ["0", "train"],
  ["train", "train"],
  ["1", "validation"],
  ["validation", "validation"],
  ["val", "validation"],
  ["valid", "validation"],
  ["dev", "validation"],
  ["2", "test"],
  ["test", "test"],
]);

/**
 * The rows of each split of a file, by the options `groups`, `split` and `stratify`, and the sizes; at random where none
 * of the three is written. A function of the seed and the table alone.
 * @param table with the fields that these three name
 * @param limits `most`: rows that are held, no more of which are used where no sizes are written; `stretches`: the groups of
 * rows that stay together where none are written
 * @throws DataError about the option that the table cannot fulfil
 */
export function fileSplits(
  options: Options,
  table: Table,
  seed: number,
  { most = table.samples, stretches }: { most?: number; stretches?: Field | undefined } = {},
): Splits {
  const column = (setting: string): Field | undefined => {
    const name = options.field(setting);
    return name === undefined ? undefined : columnOf(table, options.source, setting, name);
  };
  const said = column("split");
  const written = column("groups");
  const groups = written ?? stretches;
  const classes = column("stratify");
  if (said !== undefined) {
    const other = written ? "groups" : classes ? "stratify" : undefined;
    if (other === undefined) return saidSplits(options, said, { seed, most });
    throw new DataError(
      `split decides the split of each row, so ${other} has no effect`,
      `Remove ${other}, or remove split.`,
      about(other),
    );
  }
  const sizes = splitSizes(options, table.samples, most);
  if (groups === undefined && classes === undefined) return randomSplits(seed, table.samples, sizes);
  return wholeSplits({ options, sizes, groups, classes }, permutation(seed, "data.splits", 0, table.samples));
}

const about = (name: string): DataSubject => ({ kind: "option", name });

/** The field that a setting names, of one value for each row. */
function columnOf(table: Table, source: string, setting: string, name: string): Field {
  const given = setting === "groups" && Object.hasOwn(table.groups, name) ? table.groups : table.fields;
  const field = Object.hasOwn(given, name) ? given[name]! : undefined;
  const names = [...Object.keys(table.fields), ...table.unread.map((field) => field.name)];
  const all = names.map(writtenField).join(", ");
  if (field === undefined) {
    const reason = Object.hasOwn(table.skipped, name) ? table.skipped[name] : undefined;
    const near = nearest(name, names);
    throw new DataError(
      reason === undefined
        ? `${setting} names the field ${name}, which "${source}" does not have`
        : `${setting} cannot read ${name} of "${source}": ${reason}`,
      reason === undefined
        ? `${near ? `Did you mean ${writtenField(near)}? ` : ""}Its fields are ${all}.`
        : `Name another field (${all}), or save ${name} as one whole number for each row.`,
      about(setting),
    );
  }
  const width = sizeOf(field.shape);
  if (width === 1) return field;
  throw new DataError(
    `${setting} = ${name}: ${name} has ${width} values in each row`,
    `Name a field with one value for each row.`,
    about(setting),
  );
}

/** Whether a row has no value. */
const isEmpty = ({ words, values }: Field, row: number): boolean =>
  words === undefined ? Number.isNaN(values[row]!) : values[row]! < 0;

/** The value of a row, as people write it. */
function written(field: Field, row: number): string {
  if (isEmpty(field, row)) return "empty";
  const value = field.values[row]!;
  return field.words === undefined ? String(value) : JSON.stringify(field.words[value]);
}

/** Each row in the split that the field says. Of a split that is larger than its written size, random rows. */
function saidSplits(options: Options, field: Field, { seed, most }: { seed: number; most: number }): Splits {
  const split = (row: number): SplitName => {
    const value = field.values[row]!;
    const text = field.words === undefined ? String(value) : (field.words[value] ?? "");
    const found = SAYS.get(text.trim().toLowerCase());
    if (found !== undefined) return found;
    throw new DataError(
      `row ${row} of ${field.name} is ${written(field, row)}, which is not a split`,
      "Use 0, 1 or 2, or the texts train, validation (val, valid, dev) or test.",
      about("split"),
    );
  };
  const samples = field.values.length;
  const splitOf = Array.from({ length: samples }, (_, row) => split(row));
  const order = permutation(seed, "data.splits", 0, samples);
  const rowsOf = (name: SplitName): Int32Array => {
    const rows = order.filter((row) => splitOf[row] === name);
    if (rows.length === 0) {
      throw new DataError(
        `no row of ${field.name} says ${name}`,
        `Give some rows the text ${name}, or of numbers ${{ train: 0, validation: 1, test: 2 }[name]}: each split needs rows.`,
        about("split"),
      );
    }
    const held = Math.max(1, Math.floor(rows.length * Math.min(1, most / samples)));
    const size = options.integer(SIZE_OF[name], 1, held);
    if (size <= rows.length) return rows.slice(0, size);
    throw new DataError(
      `${SIZE_OF[name]} = ${size}, but only ${rows.length} rows of ${field.name} say ${name}`,
      `Set ${SIZE_OF[name]} to ${rows.length} or less.`,
      about(SIZE_OF[name]),
    );
  };
  return { train: rowsOf("train"), validation: rowsOf("validation"), test: rowsOf("test") };
}

interface Wanted {
  options: Options;
  sizes: SplitSizes;
  groups: Field | undefined;
  classes: Field | undefined;
}

/** Whole groups, or single rows where there are none, dealt within each class. */
function wholeSplits(wanted: Wanted, order: Int32Array): Splits {
  const { options, sizes, groups, classes } = wanted;
  const strata = strataOf(wanted, order);
  if (classes !== undefined) refuseFewRows(wanted, classes, strata);
  const splitOf = dealWhole(strata, sizes, order.length);
  // Rows stay in their random order.
  const rows = (split: SplitName): Int32Array =>
    order.filter((row) => splitOf[row] === SPLITS.indexOf(split));
  const splits = { train: rows("train"), validation: rows("validation"), test: rows("test") };
  if (groups === undefined) return splits;
  for (const name of SPLITS) {
    const setting = SIZE_OF[name];
    const [asked, got] = [sizes[name], splits[name].length];
    if (!options.has(setting) || (got <= 2 * asked && 2 * got >= asked)) continue;
    const largest = strata.flatMap(({ units }) => units).reduce((a, b) => (b.length > a.length ? b : a));
    throw new DataError(
      `${setting} = ${asked} cannot be reached with whole groups of ${groups.name}: the split gets ${got} rows. ` +
        `The largest group, ${written(groups, largest[0]!)}, has ${largest.length} of the ${order.length} rows`,
      `Set ${setting} to ${got}, or remove it.`,
      about(setting),
    );
  }
  return splits;
}

/** The groups of each class, in random order. A group with rows of several classes counts as its most frequent one. */
function strataOf({ groups, classes }: Wanted, order: Int32Array): Stratum[] {
  const units = groups === undefined ? Array.from(order, (row) => [row]) : groupsOf(groups, order);
  const strata = new Map<number, Stratum>();
  for (const unit of units) {
    const label = classes === undefined ? 0 : mostFrequent(classes, unit);
    const stratum = strata.get(label);
    if (stratum === undefined) strata.set(label, { units: [unit] });
    else stratum.units.push(unit);
  }
  return [...strata.values()];
}

function groupsOf(field: Field, order: Int32Array): number[][] {
  const { name, merged, values } = field;
  if (merged !== undefined) {
    throw new DataError(
      `${merged.values.join(" and ")} of ${name} are the same number in float32`,
      `Number the groups of ${name} from 0.`,
      about("groups"),
    );
  }
  const groups = new Map<number, number[]>();
  for (const row of order) {
    if (isEmpty(field, row)) {
      const first = values.findIndex((_, row) => isEmpty(field, row));
      throw new DataError(
        `row ${first} of ${name} is empty, so its group is not known`,
        `Give every row a value in ${name}, or remove the rows without one.`,
        about("groups"),
      );
    }
    const group = groups.get(values[row]!);
    if (group === undefined) groups.set(values[row]!, [row]);
    else group.push(row);
  }
  if (groups.size >= SPLITS.length) return [...groups.values()];
  throw new DataError(
    `${name} has ${groups.size === 1 ? "one value" : `${groups.size} different values`}, too few for three splits`,
    "Name a field with at least 3 groups.",
    about("groups"),
  );
}

function mostFrequent({ values }: Field, rows: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(values[row]!, (counts.get(values[row]!) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** Each class needs rows, or groups, for every split, and each split rows of every class. */
function refuseFewRows({ options, sizes, groups }: Wanted, classes: Field, strata: readonly Stratum[]): void {
  const few = strata
    .filter(({ units }) => units.length < SPLITS.length)
    .sort((a, b) => classes.values[a.units[0]![0]!]! - classes.values[b.units[0]![0]!]!)[0];
  if (few !== undefined) {
    const what = groups === undefined ? "row" : "group";
    const label = written(classes, few.units[0]![0]!);
    throw new DataError(
      `Class ${label} of ${classes.name} has ${count(few.units.length, what)}${groups === undefined ? "" : ` of ${groups.name}`}`,
      `A class needs at least 3 ${what}s, one for each split: merge rare classes, or name another field.`,
      about("stratify"),
    );
  }
  for (const name of SPLITS) {
    if (sizes[name] >= strata.length) continue;
    throw new DataError(
      `${SIZE_OF[name]} = ${sizes[name]} is less than the ${strata.length} classes of ${classes.name}`,
      `Set ${SIZE_OF[name]} to at least ${strata.length}, so that the split has rows of every class.`,
      about(options.has(SIZE_OF[name]) ? SIZE_OF[name] : "stratify"),
    );
  }
}
