import { mul } from "../../program/expression";
import { noneThere } from "../missing/there";
import type { Fusion } from "./fusion";

/**
 * A product of experts, each by its law: precisions of Gaussians add, and so do logits, and κμ of von Mises-Fisher
 * codes. With `prior`, the standard normal is an expert too. Hinton 2002; Wu and Goodman 2018, "Multimodal Generative
 * Models for Scalable Weakly-Supervised Learning", 2.2.
 * With `weights = learned` each expert stands with a power of its own: Cao and Fleet 2014, "Generalized Product of
 * Experts for Automatic and Principled Fusion of Gaussian Process Predictions". One whose input is absent drops out: its
 * power is 0. Where all are absent the product of none is kept finite as the standard prior.
 */
export const poe: Fusion = {
  name: "poe",
  doc: "An encoder for each input; the code is the product of their distributions, `poe(prior)` with the prior among them.",
  options: ["prior", "weights = learned"],
  experts: true,
  noisy: true,
  fuse(experts, { density }, options) {
    if (density === undefined) throw new Error("a product of experts needs a law with noise");
    const powers = experts.map(({ says, weight, there }) => {
      const power = weight && there ? mul(there, weight) : (there ?? weight);
      return power ? { says, weight: power } : { says };
    });
    const none = noneThere(experts.map(({ there }) => there));
    return density.product(powers, options.includes("prior") ? 1 : (none ?? 0));
  },
};
