/** The data that rules give as examples, bound as a preview binds them. */
import { bindStreams } from "../../../data/bind";
import type { Dataset, Field } from "../../../data/dataset";
import { mergedIn } from "../../../data/readers/merged";
import { sizeOf } from "../../../program/program";
import { analyse } from "../../../theory/analyse";
import { boundData } from "./index";
import type { BoundData, DataExample } from "./rule";

/** @throws Error when the spec of the example has an error */
export function boundExample({ spec: text, fields, ...taken }: DataExample): BoundData {
  const { derived } = analyse(text).specs[0]!;
  if (derived === undefined) throw new Error("the spec of an example has an error");
  const { spec, terms } = derived;
  const found = Object.entries(fields).map(([name, { shape, values }]): Field => {
    const rows = values.length / sizeOf(shape);
    const merged = mergedIn((i) => values[i]!, [rows, ...shape]);
    return {
      name,
      shape,
      dtype: "float32",
      values: Float32Array.from(values),
      description: "",
      ...(merged && { merged }),
    };
  });
  const samples = found[0]!.values.length / sizeOf(found[0]!.shape);
  const part = (from: number, to: number): Int32Array =>
    Int32Array.from({ length: samples }, (_, i) => i).slice(from * samples, to * samples);
  const splits = { train: part(0, 0.5), validation: part(0.5, 0.75), test: part(0.75, 1) };
  const dataset: Dataset = {
    name: "example",
    samples,
    splits,
    fields: Object.fromEntries(found.map((field) => [field.name, field])),
  };
  return boundData(bindStreams(dataset, spec.streams), { splits, ...taken, spec, terms });
}
