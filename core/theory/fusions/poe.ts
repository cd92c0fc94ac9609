import { add, div, exp, log, mul, neg, type Expr } from "../../program/expression";
import type { Fusion } from "./fusion";

const total = (values: readonly Expr[]): Expr => values.reduce((sum, value) => add(sum, value));

/**
 * A product of Gaussians: precisions add, and means are weighed by them. With `prior`, the standard normal is an expert
 * too. Hinton 2002; Wu and Goodman 2018, "Multimodal Generative Models for Scalable Weakly-Supervised Learning", 2.2.
 * With `weights = learned` each expert stands with a power of its own, which multiplies its precision: Cao and Fleet
 * 2014, "Generalized Product of Experts for Automatic and Principled Fusion of Gaussian Process Predictions".
 */
export const poe: Fusion = {
  name: "poe",
  doc: "An encoder for each input; the code is the product of their Gaussians, `poe(prior)` with the prior among them.",
  options: ["prior", "weights = learned"],
  experts: true,
  gaussianOnly: true,
  fuse(experts, options) {
    const precisions = experts.map(({ logVariance, weight }) => {
      if (logVariance === undefined) throw new Error("a product of experts needs log-variances");
      const precision = exp(neg(logVariance));
      return weight === undefined ? precision : mul(weight, precision);
    });
    const sum = total(precisions);
    const precision = options.includes("prior") ? add(sum, 1) : sum;
    const weighed = experts.map(({ mean }, i) => mul(mean, precisions[i]!));
    return { mean: div(total(weighed), precision), logVariance: neg(log(precision)) };
  },
};
