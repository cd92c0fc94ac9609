import type { Rule } from "./rule";

export const notDerived: Rule = {
  code: "not-derived",
  severity: "error",
  doc: "The language can say this, and this version reads it, but it does not yet derive a loss from it. The message says what to write in the meantime.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  network encoder X = torch("package.Module")
  compress I(X; Z)
  keep I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  network encoder X = mlp(256, 256)
  compress I(X; Z)
  keep I(X; Z)
}
`,
};
