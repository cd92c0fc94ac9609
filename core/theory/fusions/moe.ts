import { only, type Fusion } from "./fusion";

/**
 * A mixture of the inputs' distributions. Shi, Siddharth, Paige, Torr 2019, "Variational Mixture-of-Experts Autoencoders for
 * Multi-Modal Deep Generative Models".
 */
export const moe: Fusion = {
  name: "moe",
  doc: "An encoder for each input; the code is a mixture of their distributions, each as likely as the others.",
  options: [],
  experts: true,
  noisy: true,
  components: (inputs) => (inputs.length > 1 ? inputs.map((input) => [input]) : []),
  fuse: only,
};
