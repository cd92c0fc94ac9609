import type { Rule } from "./rule";

export const unknownWord: Rule = {
  code: "unknown-word",
  severity: "error",
  doc: "A word that chooses among known things (a kind, a law, a fusion, a bound, a setting) is none of them. The message lists what may stand there.",
  example: `spec A {
  modality X : vektor(4)
  latent Z : gaussian(2) from X
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
