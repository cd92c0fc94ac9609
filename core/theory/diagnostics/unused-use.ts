import type { Rule } from "./rule";

/** A spec that extends one of a used file. */
export const wellUsed: Pick<Rule, "mended" | "files"> = {
  mended: `use "./common.bottleneck"

spec A extends Views {
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  files: { "common.bottleneck": "spec Views {\n  modality X : vector(4)\n}\n" },
};

export const unusedUse: Rule = {
  code: "unused-use",
  severity: "hint",
  doc: "A file is used, and no spec extends one of its specs. It changes nothing; a name behind `extends` is looked for in the file itself, then in those it uses, then in the catalogue.",
  example: `use "./common.bottleneck"

spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  ...wellUsed,
};
