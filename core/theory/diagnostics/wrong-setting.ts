import type { Rule } from "./rule";

export const wrongSetting: Rule = {
  code: "wrong-setting",
  severity: "error",
  doc: "A setting of `train` or `data` has a value it cannot have. The message says what it takes.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
  train { batch = 0 }
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
  train { batch = 64 }
}
`,
};
