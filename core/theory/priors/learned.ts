import { parameter } from "../../program/expression";
import type { Prior } from "./prior";

export const learned: Prior = {
  name: "learned",
  doc: "A Gaussian whose means and log-variances are trained; it starts as the standard normal.",
  mixture: false,
  parameters: ({ latent: { name, law } }) => ({
    mean: parameter(`prior.${name}.mean`, [law.size], { kind: "constant", value: 0 }),
    logVariance: parameter(`prior.${name}.logVariance`, [law.size], { kind: "constant", value: 0 }),
  }),
};
