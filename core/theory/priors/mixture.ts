import { logSumExp, parameter, sub } from "../../program/expression";
import type { Prior } from "./prior";

/** Gaussians whose means start apart, within ±1, as unequal components alone can part ways. */
export const mixture: Prior = {
  name: "mixture",
  doc: "A mixture of Gaussians whose means, log-variances and weights are trained.",
  argument: "components",
  mixture: true,
  parameters({ latent: { name, law, prior } }) {
    const count = prior.arguments[0]!;
    const logits = parameter(`prior.${name}.logits`, [count], { kind: "constant", value: 0 });
    return {
      mean: parameter(`prior.${name}.mean`, [count, law.size], { kind: "uniform", fanIn: 1 }),
      logVariance: parameter(`prior.${name}.logVariance`, [count, law.size], { kind: "constant", value: 0 }),
      logWeights: sub(logits, logSumExp(logits, 0, true)),
    };
  },
};
