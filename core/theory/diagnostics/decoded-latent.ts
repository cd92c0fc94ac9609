import type { Rule } from "./rule";

export const decodedLatent: Rule = {
  code: "decoded-latent",
  severity: "error",
  doc: "A likelihood bounds I(X; Z) up to the entropy of what is decoded, which is a constant of the data. The entropy of a latent is not: it moves with the encoder, so its likelihood bounds nothing.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; W)
  compress I(X; Z)
  keep I(X; Z, W)
  keep I(Z; W) by gaussian
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; W)
  compress I(X; Z)
  keep I(X; Z, W)
  keep I(Z; W) by infonce
}
`,
};
