import type { Fusion } from "./fusion";

export const mean: Fusion = {
  name: "mean",
  doc: "One encoder for each input. Their outputs are averaged: means and log-variances of Gaussians, logits of categorical codes, κμ of von Mises-Fisher codes.",
  options: [],
  experts: true,
  noisy: false,
  fuse: (experts, law) => law.average(experts),
};
