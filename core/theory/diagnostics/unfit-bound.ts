import type { Rule } from "./rule";

export const unfitBound: Rule = {
  code: "unfit-bound",
  severity: "error",
  doc: "The bound is of the right side but cannot hold this term, for the reason the message gives.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z) by categorical
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
