import { numericIn } from "./numeric";
import { SEED, type Tests } from "./test";

const RATE = 0.02;
const SIZE = 5;

export const outliers: Tests = {
  ids: ["outliers"],
  doc: "One training sample in fifty gets noise of five standard deviations.",
  of: ({ streams }) => {
    const names = numericIn(streams);
    if (names.length === 0) return [];
    return [
      {
        id: "outliers",
        kind: "shift",
        advice: () => "Limit the values that are read: `clip(-5 .. 5)` after the stream.",
        variants: [
          {
            title: `Outliers of ${SIZE} standard deviations in ${100 * RATE} % of the training samples`,
            alterations: [{ id: "outliers", streams: names, rate: RATE, size: SIZE, seed: SEED }],
          },
        ],
      },
    ];
  },
};
