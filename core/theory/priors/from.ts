import { slice } from "../../program/expression";
import type { Prior } from "./prior";

/** A Gaussian around what a network makes of other variables: the level above, or an observed condition. */
export const from: Prior = {
  name: "from",
  doc: "A Gaussian whose means and log-variances a network makes of other variables.",
  mixture: false,
  parameters({ latent: { law }, guess }) {
    const output = guess();
    return {
      mean: slice(output, -1, 0, law.size),
      logVariance: slice(output, -1, law.size, law.size),
    };
  },
};
