import { SEED, type Tests } from "./test";

const RATE = 0.5;

/** Wrong pairs in training; what is judged is paired. */
export const mismatch: Tests = {
  ids: ["mismatch"],
  doc: "In half of the training samples a stream is that of another sample; test samples stay paired.",
  of: ({ streams }) =>
    streams.length < 2
      ? []
      : [
          {
            id: "mismatch",
            kind: "shift",
            advice: () =>
              "Check which samples belong together, or raise `beta`: wrong pairs make each nat worth less.",
            variants: streams.slice(1).map(({ name }) => ({
              title: `${name} of another sample in ${100 * RATE} % of the training samples`,
              alterations: [{ id: "mismatch", stream: name, rate: RATE, seed: SEED }],
            })),
          },
        ],
};
