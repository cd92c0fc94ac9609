/** Classes of a label, whose numbers in a file may begin anywhere and have gaps. */
import { DataError, type Field } from "./dataset";

/** Classes that an error lists. */
const MOST_LISTED = 6;

/** A label that is not known, beside NaN. */
export const UNKNOWN = -1;

export const isUnknown = (value: number): boolean => value === UNKNOWN || Number.isNaN(value);

/** The different classes of a field, ascending; without samples whose class is not known. */
const classesIn = ({ values }: Field): number[] =>
  [...new Set<number>(values)].filter((value) => !isUnknown(value)).sort((a, b) => a - b);

/** As `renumber` reads a field: its different numbers become 0, 1, 2, … in ascending order, and their names. */
export function renumbered(field: Field): Field {
  // Texts are numbered so already.
  if (field.words !== undefined) return field;
  const classes = classesIn(field);
  const numbers = new Map(classes.map((value, i) => [value, i]));
  return {
    ...field,
    dtype: "int32",
    values: Int32Array.from(field.values, (value) => numbers.get(value) ?? UNKNOWN),
    classes: classes.length,
    words: classes.map(String),
  };
}

/**
 * What to do about a field whose numbers are not those of the classes of a label.
 * @param classes how many the label has
 * @returns advice in sentences, and the word that may be written after the stream where it reads the field as it is
 */
export function adviseClasses(field: Field, classes: number): { advice: string; append?: string } {
  const found = classesIn(field);
  const whole = found.every(Number.isInteger);
  const [least, most] = [found[0] ?? 0, found.at(-1) ?? 0];
  const run = whole && found.length > 1 && most - least === found.length - 1;
  const are = run ? `Its classes are numbered from ${least} to ${most}` : `Its classes are ${listed(found)}`;
  if (whole && found.length <= classes)
    return {
      advice: `${are}: write \`renumber\` after the field to number them from 0 to ${found.length - 1}.`,
      append: "renumber",
    };
  if (!whole) return { advice: `Number each class from 0, or read another field.` };
  const gaps = least < 0 || found.length <= (most + 1) / 2;
  return gaps
    ? {
        advice: `It has ${found.length} classes, ${listed(found)}: declare it as label(${found.length}) renumber.`,
      }
    : { advice: `${are}: declare it as label(${most + 1}).` };
}

/** @throws DataError where a label has fewer classes than `renumber` finds */
export function refuseMoreClasses(name: string, field: Field, classes: number): void {
  const { words = [] } = field;
  if (words.length <= classes) return;
  throw new DataError(
    `${name} : label(${classes}) renumbers the classes of ${field.name}, which has ${words.length}: ${listed(words)}`,
    `Declare it as label(${words.length}) renumber.`,
    { kind: "stream", name },
  );
}

/** Classes above which whole numbers are taken for a quantity. */
const MOST_CLASSES = 100;

/** The kinds that a field of one number a sample can be declared as. */
export function scalarKinds(field: Field): string[] {
  const found = field.classes === undefined ? classesIn(field) : [0, field.classes - 1];
  const [least, most] = [found[0] ?? 0, found.at(-1) ?? 0];
  if (found.length < 2 || found.length > MOST_CLASSES || !found.every(Number.isInteger)) return ["scalar"];
  if (field.words !== undefined) return [`label(${most + 1})`];
  const gaps = least < 0 || found.length <= (most + 1) / 2 || least > 0;
  return ["scalar", gaps ? `label(${found.length}) renumber` : `label(${most + 1})`];
}

/** `1, 2 and 4`; of many, the first and the last. */
function listed(classes: readonly (number | string)[]): string {
  const shown =
    classes.length <= MOST_LISTED ? classes.slice(0, -1) : [...classes.slice(0, MOST_LISTED - 1), "…"];
  return shown.length === 0 ? String(classes[0]) : `${shown.join(", ")} and ${classes.at(-1)}`;
}
