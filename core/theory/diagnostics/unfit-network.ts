import type { Rule } from "./rule";

export const unfitNetwork: Rule = {
  code: "unfit-network",
  severity: "error",
  doc: "The network cannot read or make what it is asked to: words need word vectors, convolutions need a picture or a signal, and a critic scores codes.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  network encoder X = bag(8)
  compress I(X; Z)
  keep I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  network encoder X = mlp(8)
  compress I(X; Z)
  keep I(X; Z)
}
`,
};
