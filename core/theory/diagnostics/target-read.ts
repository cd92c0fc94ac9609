import type { Rule } from "./rule";

export const targetRead: Rule = {
  code: "target-read",
  severity: "error",
  doc: "A `target` is what the codes should predict; a code inferred from it would have the answer as its question. Infer from modalities, or declare the stream `modality` when it is there at the time of use.",
  example: `spec A {
  modality X : vector(4)
  target L : label(3)
  latent Z : gaussian(2) from X, L
  compress I(X; Z)
  keep I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  modality L : label(3)
  latent Z : gaussian(2) from X, L
  compress I(X, L; Z)
  keep I(X; Z)
}
`,
};
