import type { Rule } from "./rule";

export const latentCondition: Rule = {
  code: "latent-condition",
  severity: "error",
  doc: "`keep I(A; B | Z)` with a latent Z needs the entropy of A given Z, which moves with the encoder; its likelihood bounds nothing. Condition on observed streams, or keep I(A; B, Z).",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; W)
  compress I(X; Z)
  keep I(X; Z | W)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; W)
  compress I(X; Z)
  keep I(X; Z, W)
}
`,
};
