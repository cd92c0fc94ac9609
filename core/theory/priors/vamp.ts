import { concat, constant } from "../../program/expression";
import type { Prior } from "./prior";

/** The mean of the code's own posteriors at trained inputs. Tomczak and Welling 2018, "VAE with a VampPrior", equation 9. */
export const vamp: Prior = {
  name: "vamp",
  doc: "The mean of the encoder's own posteriors at pseudo-inputs, which are trained.",
  argument: "pseudo-inputs",
  mixture: true,
  parameters({ latent: { prior }, density, pseudo }) {
    const count = prior.arguments[0]!;
    const posteriors = pseudo(count);
    const all = count * posteriors.length;
    const parts = Object.fromEntries(
      density.parameters.map((name) => [
        name,
        concat(
          posteriors.map((posterior) => posterior[name]!),
          0,
        ),
      ]),
    );
    if (density.mixed) return { distribution: density.mixed(parts) };
    return { distribution: parts, logWeights: constant(-Math.log(all), [all]) };
  },
};
