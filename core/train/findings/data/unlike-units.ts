import type { DataRule } from "./rule";
import { columnText, isTable, sampled, sentence } from "./words";
import { rounded } from "../../../language/number-text";

/** How many times wider a column must spread than another, or than the 1 that networks start from. */
const UNLIKE = 1e3;

const spec = `spec S {
  modality X : vector(3)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
const values = (scale: number): number[] =>
  [0.2, -1, 0.5, 1, -0.3, 0.1, 0, 0.7, -0.8, -0.9, 0.4, 1].map((x, i) => (i % 3 === 2 ? scale * x : x));

export const unlikeUnits: DataRule = {
  code: "unlike-units",
  severity: "warning",
  seen: "A column of a stream spreads 1000 times as widely as another one, or as 1.",
  why: "Networks start from weights for values of about 1, and a Gaussian reconstruction adds squared distances of all columns. A column in large units makes the first loss huge or infinite, and the others count for nothing beside it.",
  change:
    "Write `standardise` after the field of the stream. It subtracts the mean of each column and divides by its standard deviation, both of the training samples.",
  find: ({ streams }) =>
    streams.flatMap((one) => {
      const { stream } = one;
      const varying = one.columns.filter(({ spread }) => spread > 0);
      if (!isTable(stream) || varying.length === 0) return [];
      const [narrow, wide] = [
        varying.reduce((a, b) => (b.spread < a.spread ? b : a)),
        varying.reduce((a, b) => (b.spread > a.spread ? b : a)),
      ];
      const unlike = wide.spread >= UNLIKE * narrow.spread;
      if (!unlike && wide.spread < UNLIKE) return [];
      const other = unlike
        ? `${columnText(one, narrow.index)} over ${rounded(narrow.spread, 4)}`
        : "networks start from values of about 1";
      const place = `${rounded(wide.most, 4)} at sample ${wide.mostRow}`;
      return [
        {
          about: stream.name,
          message:
            `${sentence(columnText(one, wide.index))} spreads over ${rounded(wide.spread, 4)} (up to ${place}), ${other}${sampled(one)}. ` +
            `Write \`standardise\` after ${one.stream.field === stream.name ? "its kind" : "the field"}.`,
          fix: { kind: "transform", stream: stream.name, transform: { by: "standardise" } },
        },
      ];
    }),
  example: { spec, fields: { X: { shape: [3], values: values(1e5) } } },
  healthy: { spec, fields: { X: { shape: [3], values: values(100) } } },
};
