import { numericIn } from "./numeric";
import type { Tests } from "./test";

const BY = 2;

/** A nuisance that differs between training and test. */
export const shift: Tests = {
  ids: ["shift"],
  doc: "The test samples move as if that factor had moved by two standard deviations, or twice as far as its most distant class. Only where such a factor is observed.",
  of: ({ streams, nuisance }) => {
    const names = numericIn(streams);
    if (names.length === 0 || nuisance === undefined) return [];
    return [
      {
        id: "shift",
        kind: "shift",
        advice: (factor) =>
          `Use training samples in which ${nuisance} varies as it will in use, or compress it: what predicts ${factor} moves with it.`,
        variants: [
          {
            title: `The nuisance ${nuisance} shifted by ${BY} between training and test`,
            nuisance,
            alterations: [{ id: "shift", factor: nuisance, streams: names, by: BY }],
          },
        ],
      },
    ];
  },
};
