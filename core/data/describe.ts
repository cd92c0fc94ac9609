/** The fields of data in a few numbers, before any stream reads them. */
import type { Field, FieldType } from "./dataset";

export interface FieldDescription {
  name: string;
  /** Shape of one sample; [] for one number. */
  shape: number[];
  type: FieldType;
  /** The least and the largest finite number; null where there is none, or the numbers only number classes. */
  least: number | null;
  most: number | null;
  /** How many of its numbers are NaN; of texts that are classes, how many are empty. */
  missing: number;
  /** How many of its numbers are infinite. */
  infinite: number;
  /** The names of the classes, in the order of their numbers, where they are texts. */
  classes?: readonly string[];
  /** How many different words there are, where each sample is a text. */
  words?: number;
}

/** @param field whose samples are all there: of those that are made on demand, all are made */
export function describeField({ name, shape, dtype, values, words }: Field): FieldDescription {
  const classes = words !== undefined && shape.length === 0;
  let [least, most, finite, missing] = [Infinity, -Infinity, 0, 0];
  for (const value of values) {
    if (classes ? value < 0 : Number.isNaN(value)) missing++;
    else if (Number.isFinite(value)) {
      finite++;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  const ranged = finite > 0 && words === undefined;
  return {
    name,
    shape,
    type: dtype,
    least: ranged ? least : null,
    most: ranged ? most : null,
    missing,
    infinite: values.length - finite - missing,
    ...(classes && { classes: words }),
    ...(words && !classes && { words: words.length }),
  };
}

/** Why something of a file is not a field. */
export interface Skipped {
  name: string;
  reason: string;
}

export const skippedIn = (skipped: Readonly<Record<string, string>> = {}): Skipped[] =>
  Object.entries(skipped).map(([name, reason]) => ({ name, reason }));
