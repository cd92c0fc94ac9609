/** Cells of a table as text: a column of numbers, of classes or of sentences, or why it is none of these. */
import { numbersOf, type Column } from "./columns";
import { beyondDigits, numberedTexts } from "./classes";
import { textsOf } from "./texts";

/** Texts of a cell that has no value; pandas knows the same. */
const MISSING = new Set(["", "na", "n/a", "#n/a", "<na>", "nan", "-nan", "null", "none", "?", "."]);
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const DECIMAL_COMMA = /^[-+]?\d+(,\d+)?(e[-+]?\d+)?$/i;
/** Groups of three digits, which are also what a decimal comma with three digits after it looks like. */
const THOUSANDS = /^[-+]?\d{1,3}([,.'\u00a0\u202f ]\d{3})+([.,]\d+)?$/;
/** A column with more different numbers than this, or fractions, is not one of classes. */
const MOST_CLASSES = 20;

const isMissing = (cell: string): boolean => MISSING.has(cell.toLowerCase());
export const isNumber = (cell: string): boolean => NUMBER.test(cell) && Number.isFinite(Number(cell));
const isInfinite = (cell: string): boolean => /^[-+]?inf(inity)?$/i.test(cell);
const isWritten = (cell: string): boolean => isNumber(cell) || isInfinite(cell);

/** Cells of a column as numbers where all are, else as classes or words. */
export function columnOf(cells: string[], delimiter: string): Column {
  const written = hasDecimalComma(cells, delimiter) ? cells.map((cell) => cell.replace(",", ".")) : cells;
  const known = written.filter((cell) => !isMissing(cell));
  const given = (): (string | undefined)[] => cells.map((cell) => (isMissing(cell) ? undefined : cell));
  if (known.length > 0 && known.every(isWritten)) {
    const beyond = known.find((cell) => /^[-+]?\d+$/.test(cell) && !Number.isSafeInteger(Number(cell)));
    if (beyond === undefined) return numbersOf(written.map(numberOf));
    const classes = textsOf(given());
    return "notNumbers" in classes ? { ...classes, notNumbers: beyondDigits(beyond) } : classes;
  }
  const odd = oddNumber(written);
  return odd === undefined ? textsOf(given()) : { notNumbers: odd, groups: numberedTexts(given()) };
}

/** Whether the commas of a column part whole numbers from fractions. */
function hasDecimalComma(cells: readonly string[], delimiter: string): boolean {
  if (delimiter === ",") return false;
  const known = cells.filter((cell) => !isMissing(cell));
  const commas = known.filter((cell) => cell.includes(","));
  if (commas.length === 0 || !known.every((cell) => DECIMAL_COMMA.test(cell))) return false;
  // Who writes semicolons does so because a comma is within numbers.
  return delimiter === ";" || !commas.every((cell) => THOUSANDS.test(cell));
}

/** Why a column of numbers is none, where most of it are numbers that are not those of classes. */
function oddNumber(cells: readonly string[]): string | undefined {
  const known = cells.filter((cell) => !isMissing(cell));
  const numbers = known.filter((cell) => NUMBER.test(cell) || isInfinite(cell));
  const thousands = known.filter((cell) => THOUSANDS.test(cell) && !isWritten(cell));
  const [first] = thousands;
  if (first !== undefined && thousands.length + numbers.length === known.length)
    return `it contains numbers with a separator within, such as "${first}"; write them as ${first.replace(/[^\d+-](?=\d{3}(\D|$))/g, "").replace(",", ".")}`;
  const many =
    new Set(numbers).size > MOST_CLASSES || numbers.some((cell) => !Number.isInteger(Number(cell)));
  if (2 * numbers.length <= known.length || !many) return undefined;
  const sample = cells.findIndex((cell) => !isMissing(cell) && !isWritten(cell));
  const odd = cells[sample]!;
  return NUMBER.test(odd)
    ? `sample ${sample} is ${odd}, beyond the largest number`
    : `it contains numbers, and "${odd.slice(0, 30)}" in sample ${sample}; leave the cell empty where there is no number`;
}

const numberOf = (cell: string): number =>
  isMissing(cell) ? NaN : isInfinite(cell) ? (cell.startsWith("-") ? -Infinity : Infinity) : Number(cell);
