import { SEED, type StressTest, type Tests } from "./test";

const RATE = 0.3;

/** Wrong labels in training; what is judged has its own. */
export const labelNoise: Tests = {
  ids: ["label-noise"],
  doc: "Three in ten values of a target are wrong in training; test samples keep theirs.",
  of: ({ spec }) => {
    const targets = spec.streams.filter(
      ({ role, kind }) => role === "target" && ["label", "scalar"].includes(kind.name),
    );
    const test: StressTest = {
      id: "label-noise",
      kind: "shift",
      advice: (factor) =>
        `Check the values of ${factor}, or raise \`beta\`: wrong ones make each nat worth less.`,
      variants: targets.map(({ name }) => ({
        title: `${100 * RATE} % of the values of ${name} wrong in training`,
        alterations: [{ id: "label-noise", stream: name, rate: RATE, seed: SEED }],
      })),
    };
    return targets.length > 0 ? [test] : [];
  },
};
