import type { Rule } from "./rule";

export const circularInference: Rule = {
  code: "circular-inference",
  severity: "error",
  doc: "Codes are inferred one after another, so a latent cannot be inferred from itself, directly or through others.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X, Z
  compress I(X; Z)
  keep I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
};
