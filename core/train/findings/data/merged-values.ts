import { count } from "../../../language/text";
import type { DataRule } from "./rule";
import { columnText } from "./words";

const spec = `spec S {
  modality t : scalar
  latent Z : gaussian(1) from t
  compress I(t; Z)
  keep I(t; Z)
}
`;
const times = (start: number, step: number): number[] =>
  Array.from({ length: 20 }, (_, i) => start + step * i);

export const mergedValues: DataRule = {
  code: "merged-values",
  severity: "warning",
  seen: "Different numbers of a file become the same number, because training computes in float32.",
  why: "A float32 has seven digits. Around 1.7e9, where Unix seconds are now, its numbers are 128 apart.",
  change: "Subtract the smallest value of the column before saving it, then divide by its spread.",
  find: ({ streams }) =>
    streams.flatMap((one) => {
      const { stream } = one;
      const { merged } = stream;
      if (merged === undefined) return [];
      const [a, b] = merged.values;
      const [i, j] = merged.rows;
      return [
        {
          about: stream.name,
          message:
            `float32 cannot tell ${a} (sample ${i}) from ${b} (sample ${j}) in ${columnText(one, merged.column)}: ` +
            `${count(merged.distinct, "different value")} become ${merged.left}. Subtract the smallest value before saving the column, then divide by its spread.`,
        },
      ];
    }),
  example: { spec, fields: { t: { shape: [], values: times(1.7e9, 60) } } },
  healthy: { spec, fields: { t: { shape: [], values: times(-1, 0.1) } } },
};
