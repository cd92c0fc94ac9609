import type { Rule } from "./rule";

export const wrongSide: Rule = {
  code: "wrong-side",
  severity: "error",
  doc: "What is compressed is minimised and needs an upper bound; what is kept is maximised and needs a lower one. A bound on the wrong side says nothing about the term: minimising a lower bound can lower the bound alone.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z) by infonce
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
