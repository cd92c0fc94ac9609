import type { Rule } from "./rule";

export const swappedSides: Rule = {
  code: "swapped-sides",
  severity: "error",
  doc: "The loss is rate minus likelihood: L = compress − beta · keep. A likelihood that is compressed, or a rate that is kept, turns a sign over, as where a text writes the loss as reconstruction minus divergence: training then rewards codes for leaving their prior, or for losing what they should rebuild, and the loss runs away. Compress the rate and keep the likelihood.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z) by kl
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z) by gaussian
}
`,
};
