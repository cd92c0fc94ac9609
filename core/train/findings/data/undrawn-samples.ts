import { count } from "../../../language/text";
import { sharedOut } from "../../../theory/missing/patterns";
import { Holes } from "../../holes";
import type { DataRule } from "./rule";

const spec = (batch: number): string => `spec S {
  modality X : vector(2)
  modality Y : vector(2)
  missing X rate 0.05
  latent Z : gaussian(2) from X, Y by poe
  compress I(X, Y; Z)
  keep I(Y; Z)
  train { batch = ${batch} }
}
`;
const values = Array.from({ length: 160 }, (_, i) => Math.sin(i));
const fields = {
  X: { shape: [2], values: values.map((value, i) => ((i >> 1) % 20 === 3 ? NaN : value)) },
  Y: { shape: [2], values: values.map((value) => value ** 3) },
};

export const undrawnSamples: DataRule = {
  code: "undrawn-samples",
  severity: "warning",
  seen: "So few training samples lack the same streams that no batch has one of them.",
  why: "Each batch has of every kind of sample its share in whole rows, so that all batches are alike. A share of less than half a row may be none, and such samples are then in no step.",
  change: "Raise `batch`, or leave these samples out of the data.",
  find({ streams, splits: { train }, spec: { streams: declared, training } }) {
    const lacking = streams.flatMap(({ stream: { name, absent } }) =>
      absent && declared.find((one) => one.name === name)!.role !== "observe"
        ? [[name, absent] as const]
        : [],
    );
    if (lacking.length === 0) return [];
    const groups = new Holes(new Map(lacking)).patternsOf(train);
    const undrawn = (batch: number): typeof groups => {
      const drawn = new Set(sharedOut(groups, batch).map(({ absent }) => absent));
      return groups.filter(({ absent }) => !drawn.has(absent));
    };
    const [first, ...others] = undrawn(Math.min(training.batch, train.length));
    if (first === undefined) return [];
    let enough = training.batch;
    while (enough < train.length && undrawn(enough).length > 0) enough = Math.min(2 * enough, train.length);
    const samples = [first, ...others].reduce((sum, { rows }) => sum + rows, 0);
    const text =
      first.absent.length === 0 ? "that have all streams" : `without ${first.absent.join(" and ")}`;
    const more = others.length === 0 ? "" : `, and of ${count(others.length, "other kind")}`;
    return [
      {
        about: first.absent[0] ?? lacking[0]![0],
        message: `Batches of ${training.batch} leave out ${samples} of ${train.length} training samples: there are too few ${text}${more}. Set \`batch\` to ${enough}.`,
        fix: { kind: "setting" as const, name: "batch", value: enough },
      },
    ];
  },
  example: { spec: spec(8), fields },
  healthy: { spec: spec(32), fields },
};
