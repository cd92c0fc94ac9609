import { numericIn } from "./numeric";
import type { Tests } from "./test";

export const quantise: Tests = {
  ids: ["quantise"],
  doc: "All values are rounded to steps of half a standard deviation of the whole stream and cut off at two.",
  of: ({ streams }) => {
    const names = numericIn(streams);
    if (names.length === 0) return [];
    return [
      {
        id: "quantise",
        kind: "shift",
        advice: (factor) =>
          `Measure the values that predict ${factor} more finely, or scale each to its own range before they are rounded.`,
        variants: [
          {
            title: "Values in steps of half a standard deviation, cut off at two",
            alterations: [{ id: "quantise", streams: names, step: 0.5, most: 2 }],
          },
        ],
      },
    ];
  },
};
