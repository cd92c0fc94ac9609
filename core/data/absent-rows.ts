/** Samples that lack a stream: all of their values are NaN, or a field says it; and samples without a label. */
import { sizeOf } from "../program/program";
import type { StreamKind, Transform } from "../theory/spec";
import { isUnknown, UNKNOWN } from "./class-numbers";
import { DataError, describeShape, type Dataset, type Field } from "./dataset";
import { middleRow } from "./windows";

/** A stream as far as its samples are asked for. */
interface Asked {
  name: string;
  kind: StreamKind;
  fieldTo?: string;
  transforms?: readonly Transform[];
}

/** The field that says which rows have a stream: it is named after the stream's field, or the stream where that has several. */
export const presentField = ({ name, fieldTo }: Pick<Asked, "name" | "fieldTo">, field: string): string =>
  `${fieldTo === undefined ? field : name}_present`;

/**
 * 1 at each sample that lacks the stream, [samples]: where the field `<field>_present` is 0, for a window in any of the rows that
 * the stream reads; where all values are NaN, but for the one number of a stream that `fill` fills; a label where it is -1 or NaN.
 * @param field of which `middle` says whether it is the middle row of each window
 * @returns undefined where no sample does
 * @throws DataError where `<field>_present` is not one 0 or 1 for each row, or all samples lack the stream
 */
export function absentRows(
  dataset: Dataset,
  stream: Asked,
  { field, middle }: { field: Field; middle: boolean },
): Uint8Array | undefined {
  // What is made on demand is whole.
  if (field.onDemand !== undefined) return undefined;
  const { kind, name, transforms = [] } = stream;
  const width = sizeOf(field.shape);
  const absent = saidAbsent(dataset, stream, { said: presentField(stream, field.name), middle });
  const { values } = field;
  if (kind.name === "label") values.forEach((value, row) => (absent[row] ||= isUnknown(value) ? 1 : 0));
  else if (values instanceof Float32Array && (width > 1 || transforms.every(({ by }) => by !== "fill")))
    for (let row = 0; row < absent.length; row++)
      if (
        Number.isNaN(values[row * width]!) &&
        values.subarray(row * width, (row + 1) * width).every(Number.isNaN)
      )
        absent[row] = 1;
  if (!absent.includes(1)) return undefined;
  if (absent.includes(0)) return absent;
  throw new DataError(
    kind.name === "label" ? `no sample has a class of ${name}` : `no sample has ${name}`,
    `Read another field than ${field.name}.`,
    { kind: "stream", name },
  );
}

/** 1 where the field of this name is 0, in any row of a window; nowhere where there is no such field. */
function saidAbsent(
  { fields, samples, windows }: Dataset,
  { name }: Pick<Asked, "name">,
  { said, middle }: { said: string; middle: boolean },
): Uint8Array {
  const absent = new Uint8Array(samples);
  if (!Object.hasOwn(fields, said)) return absent;
  const { shape, values } = windows && middle ? middleRow(fields[said]!, windows) : fields[said]!;
  const rows = windows && !middle ? windows.length : 1;
  const wrong = values.findIndex((value) => value !== 0 && value !== 1);
  if (sizeOf(shape) === rows && wrong < 0) {
    values.forEach((value, i) => (absent[Math.floor(i / rows)] ||= 1 - value));
    return absent;
  }
  const found =
    wrong < 0
      ? `its samples are ${describeShape(shape)}`
      : `sample ${Math.floor(wrong / sizeOf(shape))} is ${values[wrong]!}`;
  throw new DataError(
    `${name} reads which samples have it from ${said}, which must be 0 or 1 for each ${windows ? "row" : "sample"}, but ${found}`,
    `Write 1 in ${said} where a ${windows ? "row" : "sample"} has ${name} and 0 where it does not, or rename that field.`,
    { kind: "stream", name },
  );
}

/** Puts a number into all values of the samples that lack the stream. */
export function withoutRows(values: Float32Array, absent: Uint8Array | undefined, by: number): void {
  if (absent === undefined) return;
  const width = values.length / absent.length;
  absent.forEach((lacks, row) => lacks && values.fill(by, row * width, (row + 1) * width));
}

/**
 * Refuses classes of which -1 may be one: those numbered from -1, and two classes saved as -1 and 1.
 * @throws DataError about the stream
 */
export function refuseSigns(
  { name }: Pick<Asked, "name">,
  { values, words, name: field }: Field,
  classes: number,
): void {
  if (words !== undefined || !values.includes(UNKNOWN)) return;
  const found = new Set(values.filter((value) => !Number.isNaN(value)));
  const largest = Math.max(...found);
  const signs = classes === 2 && largest === 1 && !found.has(0);
  const shifted = classes > 2 && largest === classes - 2 && found.size === classes;
  if (!signs && !shifted) return;
  throw new DataError(
    signs
      ? `${name} : label(2) reads -1 and 1 from ${field}, and -1 is read as a class that is not known`
      : `${name} : label(${classes}) reads -1 to ${largest} from ${field}, and -1 is read as a class that is not known`,
    signs
      ? "Save the classes as 0 and 1."
      : `Number the classes from 0, or declare label(${classes - 1}) if -1 is not a class.`,
    { kind: "stream", name },
  );
}
