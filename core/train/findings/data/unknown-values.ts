import { usedRows, type DataRule } from "./rule";

const spec = `spec S {
  modality X : vector(2)
  observe L : label(2)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
const X = { shape: [2], values: Array.from({ length: 160 }, (_, i) => Math.sin(i)) };
const labels = (unknown: number): { shape: number[]; values: number[] } => ({
  shape: [],
  values: Array.from({ length: 80 }, (_, i) => (i % 5 === 0 ? unknown : i % 2)),
});

export const unknownValues: DataRule = {
  code: "unknown-values",
  severity: "information",
  seen: "An observed factor has no value in some samples: a class of -1, NaN or an empty cell.",
  why: "Accuracy and information are computed from the samples that have it. All samples are used in training, since no term reads an observed factor.",
  change: "Nothing, if these samples have no value. If -1 is a class, number the classes from 0.",
  find: ({ streams, splits, spec: { streams: declared } }) => {
    const used = usedRows(splits);
    return streams.flatMap(({ stream: { name, absent } }) => {
      const { role } = declared.find((one) => one.name === name)!;
      if (!absent || role !== "observe") return [];
      const count = used.reduce((sum, row) => sum + absent[row]!, 0);
      if (count === 0) return [];
      const judged = splits.test.reduce((sum, row) => sum + 1 - absent[row]!, 0);
      return [
        {
          about: name,
          message: `\`${name}\` is unknown in ${count} of ${used.length} samples. They are left out of its accuracy and information; ${judged} of ${splits.test.length} test samples have it.`,
        },
      ];
    });
  },
  example: { spec, fields: { X, L: labels(-1) } },
  healthy: { spec, fields: { X, L: labels(0) } },
};
