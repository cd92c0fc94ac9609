import { numericIn } from "./numeric";
import { SEED, type Tests } from "./test";

export const spurious: Tests = {
  ids: ["spurious"],
  doc: "All streams get one more factor in common, as large as all the rest of each.",
  of: ({ streams }) => {
    const names = numericIn(streams);
    if (names.length < 2) return [];
    return [
      {
        id: "spurious",
        kind: "shift",
        advice: (factor) =>
          `Widen the codes, so that ${factor} has room beside whatever else the streams share, or remove such effects from the data first.`,
        variants: [
          {
            title: `One more factor that ${names.join(" and ")} share`,
            alterations: [{ id: "spurious", streams: names, size: 1, seed: SEED }],
          },
        ],
      },
    ];
  },
};
