import { mul } from "../../program/expression";
import { noneThere } from "../laws/there";
import type { Expert } from "../laws/law";
import type { Fusion } from "./fusion";

/**
 * A product of experts, each by its law: precisions of Gaussians add, and so do logits, and κμ of von Mises-Fisher
 * codes. With `prior`, the code's own prior is an expert too, whether it is standard, learned or made from other variables:
 * Hinton 2002; Wu and Goodman 2018, "Multimodal Generative Models for Scalable Weakly-Supervised Learning", 2.2; Dorent
 * et al. 2023, "Unified Brain MR-Ultrasound Synthesis using Multi-Modal Hierarchical Representations", equation 4.
 * With `weights = learned` each expert has a power of its own for each coordinate: Cao and Fleet 2014, "Generalized Product
 * of Experts for Automatic and Principled Fusion of Gaussian Process Predictions". One whose input is absent drops out: its
 * power is 0. Where all are absent the product of none is kept finite as the standard prior.
 */
export const poe: Fusion = {
  name: "poe",
  doc: "One encoder for each input. The code is the product of their distributions; `poe(prior)` includes the code's own prior as a factor.",
  options: ["prior", "weights = learned"],
  experts: true,
  noisy: true,
  fuse(experts, { density }, options, prior) {
    if (density === undefined) throw new Error("a product of experts needs a law with noise");
    const powers = experts.map(({ says, weight, there }): Expert => {
      const power = weight && there ? mul(there, weight) : (there ?? weight);
      return power ? { says, weight: power } : { says };
    });
    if (options.includes("prior"))
      return prior ? density.product([...powers, { says: prior }], 0) : density.product(powers, 1);
    const none = noneThere(experts.map(({ there }) => there));
    return density.product(powers, none ?? 0);
  },
};
