import { numericIn } from "./numeric";
import { SEED, type Tests } from "./test";

const RATE = 0.5;

/** A stream that half of the samples do not have, in training and test. */
export const absent: Tests = {
  ids: ["absent"],
  doc: "Half of the samples, test samples too, lack a stream and have its mean instead. Broken only where the factor could still be kept, as above.",
  of: ({ streams, derived }) => {
    const names = streams.filter((one) => numericIn([one]).length > 0 || one.kind.name === "text");
    if (streams.length < 2 || names.length === 0) return [];
    return [
      {
        id: "absent",
        kind: "ablation",
        advice: (factor) =>
          `Declare it with \`missing\`, and let another stream that predicts ${factor} reach the same code.`,
        variants: names.map(({ name }) => ({
          title: `${name} absent from ${100 * RATE} % of the samples`,
          alterations: [{ id: "absent", stream: name, rate: RATE, seed: SEED }],
          limits: derived,
        })),
      },
    ];
  },
};
