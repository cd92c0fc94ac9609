import { add, exp, mul, slice } from "../../program/expression";
import type { Law } from "./law";

/**
 * A Gaussian with independent coordinates; sample = mean + exp(logVariance / 2) * noise.
 * Kingma and Welling 2014, "Auto-Encoding Variational Bayes", section 2.4.
 */
export const gaussian: Law = {
  name: "gaussian",
  doc: "A Gaussian with independent coordinates; the encoder gives means and log-variances.",
  deterministic: false,
  outputs: (size) => 2 * size,
  read: (output, size) => ({ mean: slice(output, -1, 0, size), logVariance: slice(output, -1, size, size) }),
  draw({ mean, logVariance }, noise) {
    if (logVariance === undefined) throw new Error("a gaussian code needs a log-variance");
    return {
      law: "gaussian",
      mean,
      logVariance,
      sample: add(mean, mul(exp(mul(0.5, logVariance)), noise())),
    };
  },
};
