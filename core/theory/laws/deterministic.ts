import { averageEach } from "./average";
import { gaussian } from "./gaussian";
import type { Law } from "./law";

/** The encoder's output itself. */
export const deterministic: Law = {
  name: "deterministic",
  doc: "A function of its inputs, without noise. It has no rate, so only its width limits it.",
  deterministic: true,
  handed: "its value, [N, k]",
  outputs: (size) => size,
  read: (mean) => ({ mean }),
  draw: ({ mean }) => ({ mean: mean!, sample: mean! }),
  // What its codes are compared with, as in a Wasserstein autoencoder.
  standard: gaussian.standard,
  average: averageEach,
};
