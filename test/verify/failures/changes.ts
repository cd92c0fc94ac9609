/** What is done to data before they are trained on. */
import type { Dataset, Field, FieldValues } from "../../../core/data/dataset";
import { sizeOf } from "../../../core/program/program";
import { permutation } from "../../../core/random";
import type { Change } from "./failure";

/** The rows of a field in another order: row i becomes row `from(i)`. */
function reordered(field: Field, from: (row: number) => number): Field {
  const { values, shape } = field;
  const width = sizeOf(shape);
  const out = values.slice() as FieldValues;
  for (let i = 0; i < values.length / width; i++)
    out.set(values.subarray(from(i) * width, (from(i) + 1) * width) as never, i * width);
  return { ...field, values: out };
}

const withFields = (dataset: Dataset, change: (field: Field) => Field): Dataset => ({
  ...dataset,
  fields: Object.fromEntries(Object.values(dataset.fields).map((field) => [field.name, change(field)])),
});

/** One field's rows by lot, the others as they are. */
const shuffled = (name: string): Change => ({
  name: `${name} by lot`,
  of(dataset, seed) {
    const order = permutation(seed, "bank.unpaired", 0, dataset.samples);
    return withFields(dataset, (field) =>
      field.name === name ? reordered(field, (row) => order[row]!) : field,
    );
  },
});

export const unpaired = shuffled("Y");
export const unlabelled = shuffled("label");

/** Fields multiplied by a number. */
export const scaled = (by: Readonly<Record<string, number>>): Change => ({
  name: `scaled ${JSON.stringify(by)}`,
  of: (dataset) =>
    withFields(dataset, (field) =>
      by[field.name] === undefined
        ? field
        : { ...field, values: (field.values as Float32Array).map((value) => value * by[field.name]!) },
    ),
});

/** Rows that are copies of others: a share of all, of the rows before them. */
export const repeated = (share: number): Change => ({
  name: `a share of ${share} repeated`,
  of(dataset, seed) {
    const order = permutation(seed, "bank.repeated", 0, dataset.samples);
    const copies = Math.round(share * dataset.samples);
    const from = new Int32Array(dataset.samples).map((_, i) => i);
    for (let i = 0; i < copies; i++)
      from[order[i]!] = order[copies + (i % Math.max(1, dataset.samples - copies))] ?? order[i]!;
    return withFields(dataset, (field) => reordered(field, (row) => from[row]!));
  },
});

/** A field that has so many different rows, whichever samples they are of. */
export const fewDifferent = (name: string, different: number): Change => ({
  name: `${different} different ${name}`,
  of: (dataset) =>
    withFields(dataset, (field) =>
      field.name === name ? reordered(field, (row) => row % different) : field,
    ),
});
