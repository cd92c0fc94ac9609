import type { Rule } from "./rule";

export const unknownName: Rule = {
  code: "unknown-name",
  severity: "error",
  doc: "A name stands for nothing here: it is not declared in the spec, or the other spec is in no file that is used. Declare it, or correct its spelling.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Q)
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
