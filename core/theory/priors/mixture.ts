import { logSumExp, parameter, sub } from "../../program/expression";
import type { Prior } from "./prior";

/** Distributions of the code's law that start apart, as unequal components alone can part ways. */
export const mixture: Prior = {
  name: "mixture",
  doc: "A mixture of distributions of the code's law with trained parameters and weights.",
  argument: "components",
  mixture: true,
  parameters({ latent: { name, law, prior }, density }) {
    const count = prior.arguments[0]!;
    const logits = parameter(`prior.${name}.logits`, [count], { kind: "constant", value: 0 });
    return {
      distribution: density.trained(`prior.${name}`, law.size, count),
      logWeights: sub(logits, logSumExp(logits, 0, true)),
    };
  },
};
