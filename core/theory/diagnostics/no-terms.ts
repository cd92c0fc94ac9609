import type { Rule } from "./rule";

export const noTerms: Rule = {
  code: "no-terms",
  severity: "error",
  doc: "A loss is what is compressed minus beta times what is kept; a spec without `compress` and `keep` has none.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
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
