import { numericIn } from "./numeric";
import { SEED, type Tests } from "./test";

const TIMES = 2;
const SIZE = 0.5;

/** What is known to be discarded gets stronger; where nothing is, noise. */
export const nuisance: Tests = {
  ids: ["nuisance"],
  doc: "The observed factor that the codes discard most does twice as much to the streams, on average; where none is observed, every value gets noise of half a standard deviation.",
  of: ({ streams, nuisance: factor }) => {
    const names = numericIn(streams);
    if (names.length === 0) return [];
    return [
      {
        id: "nuisance",
        kind: "shift",
        advice: (kept) =>
          `Widen the codes, or ask for ${kept} by a term of its own, so that it does not compete with ${factor ?? "noise"}.`,
        variants: [
          factor === undefined
            ? {
                title: `Noise of ${SIZE} standard deviations in every value`,
                alterations: [{ id: "noise", streams: names, size: SIZE, seed: SEED }],
              }
            : {
                title: `The nuisance ${factor} ${TIMES} times as strong`,
                nuisance: factor,
                alterations: [{ id: "nuisance", factor, streams: names, times: TIMES }],
              },
        ],
      },
    ];
  },
};
