import { only, type Fusion } from "./fusion";

/**
 * A mixture of the inputs' distributions. Shi, Siddharth, Paige, Torr 2019, "Variational Mixture-of-Experts Autoencoders for
 * Multi-Modal Deep Generative Models".
 */
export const moe: Fusion = {
  name: "moe",
  doc: "One encoder for each input. The code is a mixture of their distributions with equal weights.",
  options: [],
  experts: true,
  noisy: true,
  components: (inputs) => (inputs.length > 1 ? inputs.map((input) => [input]) : []),
  count: (inputs) => (inputs > 1 ? inputs : 0),
  fuse: only,
};
