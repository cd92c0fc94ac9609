import { parameter } from "../../program/expression";
import type { Prior } from "./prior";

export const learned: Prior = {
  name: "learned",
  doc: "A Gaussian whose means and log-variances are trained; it starts as the standard normal.",
  parameters: (latent, size) => ({
    mean: parameter(`prior.${latent}.mean`, [size], { kind: "constant", value: 0 }),
    logVariance: parameter(`prior.${latent}.logVariance`, [size], { kind: "constant", value: 0 }),
  }),
};
