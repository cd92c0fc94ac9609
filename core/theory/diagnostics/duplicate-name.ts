import type { Rule } from "./rule";

export const duplicateName: Rule = {
  code: "duplicate-name",
  severity: "error",
  doc: "Streams, latents and knobs share one set of names, and a spec declares each once. Rename one of the two.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent X : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z, W)
  compress I(X; W)
}
`,
};
