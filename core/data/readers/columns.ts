/** Columns of a table as arrays, whatever the file's format. */
import type { FileArray, NotNumbers, NumberArray, UnreadArray } from "../reader";
import { beyondDigits, numberedTexts } from "./classes";
import { textsOf } from "./texts";
import { mergedIn } from "./merged";

/** A column: its numbers, or what is there instead. */
export type Column = NumberArray | NotNumbers;

/** @param numbers one for each sample, NaN where there is none; whole numbers stay whole where all are and fit */
export function numbersOf(numbers: ArrayLike<number>): NumberArray {
  const shape = [numbers.length];
  if (isWhole(numbers)) return { shape, dtype: "int32", values: Int32Array.from(numbers) };
  const merged = mergedIn((i) => numbers[i]!, shape);
  return { shape, dtype: "float32", values: Float32Array.from(numbers), ...(merged && { merged }) };
}

function isWhole(numbers: ArrayLike<number>): boolean {
  for (let i = 0; i < numbers.length; i++) if ((numbers[i]! | 0) !== numbers[i]) return false;
  return true;
}

/** The columns, and one vector for those that belong together by their names. */
export function withVectors(columns: ReadonlyMap<string, FileArray>): Map<string, FileArray> {
  const all = new Map(columns);
  const numbers = new Map(
    [...columns].filter((column): column is [string, NumberArray] => isNumbers(column[1])),
  );
  for (const [name, names] of groupsOf([...numbers.keys()]))
    if (!all.has(name)) all.set(name, together(names.map((one) => [one, numbers.get(one)!])));
  return all;
}

/** The same of columns that are not read: whether all are numbers shows once they are. */
export function withUnreadVectors(columns: ReadonlyMap<string, UnreadArray>): Map<string, UnreadArray> {
  const all = new Map(columns);
  for (const [name, names] of groupsOf([...columns.keys()])) {
    if (all.has(name)) continue;
    const members = names.map((one) => columns.get(one)!);
    all.set(name, {
      shape: [...members[0]!.shape, members.length],
      dtype: "float32",
      async read(rows) {
        const read: Column[] = [];
        for (const member of members) read.push(await member.read(rows));
        const numbers = read.filter(isNumbers);
        if (numbers.length === read.length) return together(numbers.map((column, i) => [names[i]!, column]));
        return { notNumbers: "not all of its columns are numbers", vector: true };
      },
    });
  }
  return all;
}

const isNumbers = (column: FileArray): column is NumberArray =>
  !("notNumbers" in column) && !("read" in column) && column.words === undefined && column.shape.length === 1;

/** The names that differ by a number alone, counted from 0 or 1, in the order of these numbers. */
function groupsOf(columns: readonly string[]): [string, string[]][] {
  const groups = new Map<string, Map<number, string>>();
  for (const name of columns) {
    const [, stem, digits] = /^(.*\D)(\d+)$/.exec(name) ?? [];
    if (stem === undefined) continue;
    const key = stem.replace(/[_.\- ]$/, "") || stem;
    groups.set(key, (groups.get(key) ?? new Map<number, string>()).set(Number(digits), name));
  }
  return [...groups].flatMap(([name, members]): [string, string[]][] => {
    const start = members.has(0) ? 0 : 1;
    const inOrder = Array.from(members, (_, i) => members.get(i + start));
    if (members.size < 2) return [];
    return inOrder.every((one) => one !== undefined) ? [[name, inOrder]] : [];
  });
}

/** Columns side by side, [rows, columns]. */
function together(named: readonly [string, NumberArray][]): NumberArray {
  const columns = named.map(([, column]) => column);
  const [rows, width] = [columns[0]!.shape[0]!, columns.length];
  const dtype = columns.every((column) => column.dtype === "int32") ? "int32" : "float32";
  const values = new (dtype === "int32" ? Int32Array : Float32Array)(rows * width);
  columns.forEach((column, i) => {
    for (let row = 0; row < rows; row++) values[row * width + i] = column.values[row]!;
  });
  const merged = columns.findIndex((column) => column.merged !== undefined);
  return {
    shape: [rows, width],
    dtype,
    values,
    columns: named.map(([name]) => name),
    ...(merged >= 0 ? { merged: { ...columns[merged]!.merged!, column: merged } } : {}),
  };
}

/**
 * Values of any kind as a column: numbers and truth values as numbers, texts as classes, lists of equally many numbers as one
 * vector for each sample.
 * @param values one for each sample; null or undefined where there is none
 */
export function columnOfValues(values: ArrayLike<unknown>): Column {
  let first: unknown;
  for (let i = 0; i < values.length && isNone(first); i++) first = values[i];
  if (isNone(first)) return { notNumbers: "all its cells are empty" };
  if (typeof first === "string") {
    const other = Array.prototype.findIndex.call(
      values,
      (value) => !isNone(value) && typeof value !== "string",
    );
    return other < 0
      ? textsOf(Array.from(values, (value) => (isNone(value) ? undefined : String(value))))
      : { notNumbers: `it contains texts, and ${kindOf(values[other])} in sample ${other}` };
  }
  if (isList(first)) return listsOf(values, first.length);
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const number = numberOf(values[i]);
    if (typeof number === "string") return notNumbersOf(values, number);
    numbers[i] = number;
  }
  return numbersOf(numbers);
}

/** What is there instead of numbers; whole numbers too large to keep their digits may still name groups. */
function notNumbersOf(values: ArrayLike<unknown>, notNumbers: string): NotNumbers {
  const all = Array.from(values);
  if (!all.every((value) => isNone(value) || typeof value === "bigint" || typeof value === "number"))
    return { notNumbers };
  return {
    notNumbers,
    groups: numberedTexts(all.map((value) => (isNone(value) ? undefined : String(value)))),
  };
}

const kindOf = (value: unknown): string =>
  typeof value === "number" || typeof value === "bigint"
    ? "a number"
    : typeof value === "boolean"
      ? "a truth value"
      : "a record or a list";

const isNone = (value: unknown): value is null | undefined => value === null || value === undefined;
const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** A number, NaN for none; or what is there instead. */
function numberOf(value: unknown): number | string {
  if (isNone(value)) return NaN;
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "bigint")
    return Number.isSafeInteger(Number(value)) ? Number(value) : beyondDigits(value);
  return value instanceof Date
    ? "it contains dates"
    : `it contains ${typeof value === "string" ? "texts among numbers" : "records"}`;
}

/** Lists as rows; one of another length is none. */
function listsOf(values: ArrayLike<unknown>, width: number): Column {
  if (width === 0) return { notNumbers: "it contains lists of different lengths" };
  const numbers = new Float64Array(values.length * width).fill(NaN);
  for (let row = 0; row < values.length; row++) {
    const list = values[row];
    if (isNone(list)) continue;
    if (!isList(list) || list.length !== width)
      return { notNumbers: "it contains lists of different lengths" };
    for (let i = 0; i < width; i++) {
      const number = numberOf(list[i]);
      if (typeof number === "string") return { notNumbers: `in its lists, ${number}` };
      numbers[row * width + i] = number;
    }
  }
  return { ...numbersOf(numbers), shape: [values.length, width] };
}
