import type { Rule } from "./rule";

export const wrongArguments: Rule = {
  code: "wrong-arguments",
  severity: "error",
  doc: "The arguments in parentheses do not fit the word before them: too many, too few, or not numbers of the needed kind. Sizes are whole numbers of at least 1.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(0) from X
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
