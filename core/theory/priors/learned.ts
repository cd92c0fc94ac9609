import type { Prior } from "./prior";

export const learned: Prior = {
  name: "learned",
  doc: "A distribution of the code's law with trained parameters. A Gaussian starts as the standard normal, a categorical distribution as uniform.",
  mixture: false,
  parameters: ({ latent: { name, law }, density }) => ({
    distribution: density.trained(`prior.${name}`, law.size),
  }),
};
