import type { Rule } from "./rule";

export const negativeWeight: Rule = {
  code: "negative-weight",
  severity: "error",
  doc: "A weight that can be negative turns a term into its opposite: compressing what was to be kept. Weights are zero or more for every value their knobs may take; to be rid of information, `compress` it.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob w = 0.5 in 0 .. 2
  compress I(X; Z)
  keep (1 - w) * I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob w = 0.5 in 0 .. 1
  compress I(X; Z)
  keep (1 - w) * I(X; Z)
}
`,
};
