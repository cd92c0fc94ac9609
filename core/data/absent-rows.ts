/** Samples that lack a stream: all of their values are NaN, or a field says it; and samples without a label. */
import { sizeOf } from "../program/program";
import type { StreamKind, Transform } from "../theory/spec";
import { isUnknown, UNKNOWN } from "./class-numbers";
import { DataError, describeShape, type Dataset, type Field } from "./dataset";

/** A stream as far as its samples are asked for. */
interface Asked {
  name: string;
  kind: StreamKind;
  fieldTo?: string;
  transforms?: readonly Transform[];
}

/**
 * 1 at each sample that lacks the stream, [samples]: where the field `<field>_present` is 0; where all values are NaN, but for
 * the one number of a stream that `fill` fills; a label where it is -1 or NaN.
 * @returns undefined where no sample does
 * @throws DataError where `<field>_present` is not one 0 or 1 for each sample, or all samples lack the stream
 */
export function absentRows(dataset: Dataset, stream: Asked, field: Field): Uint8Array | undefined {
  // What is made on demand is whole.
  if (field.onDemand !== undefined) return undefined;
  const { kind, name, fieldTo, transforms = [] } = stream;
  const width = sizeOf(field.shape);
  const absent = saidAbsent(dataset, stream, `${fieldTo === undefined ? field.name : name}_present`);
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

/** 1 where the field of this name is 0; nowhere where there is no such field. */
function saidAbsent(dataset: Dataset, { name }: Pick<Asked, "name">, said: string): Uint8Array {
  const absent = new Uint8Array(dataset.samples);
  const field = Object.hasOwn(dataset.fields, said) ? dataset.fields[said]! : undefined;
  if (field === undefined) return absent;
  if (dataset.windows !== undefined)
    throw new DataError(
      `${name} reads which samples have it from ${said}, and each window has ${dataset.windows.length} values of that`,
      `Save the values of rows without ${name} as NaN, and rename or remove ${said}: a window lacks ${name} where all of its values are NaN.`,
      { kind: "stream", name },
    );
  const wrong = field.values.findIndex((value) => value !== 0 && value !== 1);
  if (sizeOf(field.shape) === 1 && wrong < 0) return absent.map((_, row) => 1 - field.values[row]!);
  const found =
    wrong < 0
      ? `its samples are ${describeShape(field.shape)}`
      : `sample ${Math.floor(wrong / sizeOf(field.shape))} is ${field.values[wrong]!}`;
  throw new DataError(
    `${name} reads which samples have it from ${said}, which must be 0 or 1 for each sample, but ${found}`,
    `Write 1 in ${said} where a sample has ${name} and 0 where it does not, or rename that field.`,
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
