import type { Fusion } from "./fusion";

export const mean: Fusion = {
  name: "mean",
  doc: "An encoder for each input; what they say is averaged: means and log-variances of Gaussians, logits of categorical codes, κμ of von Mises-Fisher codes.",
  options: [],
  experts: true,
  noisy: false,
  fuse: (experts, law) => law.average(experts),
};
