import type { Rule } from "./rule";

export const badExtension: Rule = {
  code: "bad-extension",
  severity: "error",
  doc: "`extends` takes the statements of another spec, which must exist and must not, in the end, extend this one; what is dropped or renamed must stand in it. A spec of a used file that has errors is mended in that file; of two used files with a spec of that name neither is guessed.",
  example: `spec A extends A {
  modality X : vector(4)
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
