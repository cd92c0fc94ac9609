import type { Rule } from "./rule";

export const wrongRole: Rule = {
  code: "wrong-role",
  severity: "error",
  doc: "A name of one role stands where another is needed: a knob in an information term, an observed factor in a loss, a prior for a stream. An `observe`d factor is only reported on; declare it `target` to train on it.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  observe s : scalar
  compress I(X; Z)
  keep I(s; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  target s : scalar
  compress I(X; Z)
  keep I(s; Z)
}
`,
};
