import { knobText } from "../../../language/knob-text";
import type { Column } from "./columns";
import type { DataRule } from "./rule";
import { columnText, isTable, sampled, sentence } from "./words";
import { rounded } from "../../../language/number-text";

/** How many times farther from the middle than 98 of 100 values a value must lie. */
const FAR = 10;

/** The value of a column that lies farthest out, where it is far beyond all but 2 of 100. */
function outlierOf({ least, most, leastRow, mostRow, middle, from1, to99 }: Column) {
  const width = to99 - from1;
  if (!(width > 0)) return undefined;
  const [below, above] = [(middle - least) / width, (most - middle) / width];
  if (Math.max(below, above) < FAR) return undefined;
  return above >= below ? { value: most, row: mostRow } : { value: least, row: leastRow };
}

/** Whether a column has a value far beyond all others. */
export const isOutlier = (column: Column): boolean => outlierOf(column) !== undefined;

/** What 98 of 100 values of every column are within, and as much again on both sides. */
function clipRange(columns: readonly Column[]): { low: number; high: number } {
  const ends = columns.map(({ from1, to99 }) => ({ low: 2 * from1 - to99, high: 2 * to99 - from1 }));
  const short = (value: number): number => Number(rounded(value, 2));
  return {
    low: short(Math.min(...ends.map(({ low }) => low))),
    high: short(Math.max(...ends.map(({ high }) => high))),
  };
}

const clipped = (column: Column, { low, high }: { low: number; high: number }): Column => ({
  ...column,
  least: Math.max(low, column.least),
  most: Math.min(high, column.most),
});

const spec = `spec S {
  modality X : scalar
  latent Z : gaussian(1) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
const values = (last: number): number[] => [...Array.from({ length: 59 }, (_, i) => Math.sin(i)), last];

export const outliers: DataRule = {
  code: "outliers",
  severity: "warning",
  seen: `A value lies at least ${FAR} times as far from the middle of its column as 98 of 100 values are apart.`,
  why: "One such value outweighs thousands of others in a Gaussian reconstruction, and its step can throw all weights off. It is often a missing value that was saved as a number (-999), or a column with a heavy tail.",
  change:
    "Check the value. Write `clip(LOW .. HIGH)` after the field of the stream, or `log1p` for a column with a heavy tail, or remove such samples.",
  find: ({ streams }) =>
    streams.flatMap((one) => {
      if (!isTable(one.stream)) return [];
      const found = one.columns.flatMap((column) => {
        const outlier = outlierOf(column);
        return outlier === undefined ? [] : [{ column, outlier }];
      });
      const [first] = found;
      if (first === undefined) return [];
      const { column, outlier } = first;
      const range = clipRange(one.columns);
      const clips = found.every(({ column }) => !isOutlier(clipped(column, range)));
      const more = found.length === 1 ? "" : `, and ${found.length - 1} more of its columns have such values`;
      return [
        {
          about: one.stream.name,
          message:
            `${sentence(columnText(one, column.index))} is ${rounded(outlier.value, 4)} at sample ${outlier.row}, ` +
            `where 98 of 100 values are from ${rounded(column.from1, 4)} to ${rounded(column.to99, 4)}${more}${sampled(one)}. ` +
            `Check it: ${clips ? `\`clip(${knobText(range.low)} .. ${knobText(range.high)})\` after the field keeps what is usual` : "remove such values"}, and \`log1p\` suits a column with a heavy tail.`,
          ...(clips
            ? {
                fix: {
                  kind: "transform" as const,
                  stream: one.stream.name,
                  transform: { by: "clip" as const, between: range },
                },
              }
            : {}),
        },
      ];
    }),
  example: { spec, fields: { X: { shape: [], values: values(-999) } } },
  healthy: { spec, fields: { X: { shape: [], values: values(6) } } },
};
