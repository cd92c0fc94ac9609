import { count } from "../../language/text";
import type { FindingRule } from "./rule";

/** Training samples below which held-out rows say little and networks memorise. */
const FEW = 200;

const spec = `spec S {
  modality X : scalar
  latent Z : gaussian(1) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const fewSamples: FindingRule = {
  code: "few-samples",
  severity: "information",
  seen: `There are fewer than ${FEW} training samples.`,
  why: "Networks memorise so few samples, and held-out numbers, of fewer still, have wide intervals.",
  change: "Use more samples, narrower codes and smaller networks; read the intervals before the numbers.",
  find: ({ samples: { train, validation } }) =>
    train >= FEW
      ? []
      : [
          {
            message:
              `There are only ${count(train, "training sample")} and ${count(validation, "validation sample")}: networks memorise so few, and held-out numbers have wide intervals. ` +
              `Use at least ${FEW}, or narrow codes and small networks.`,
          },
        ],
  example: { spec, samples: { train: 120, validation: 20 } },
  healthy: { spec, samples: { train: 200, validation: 50 } },
};
