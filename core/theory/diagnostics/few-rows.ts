import type { Rule } from "./rule";

export const fewRows: Rule = {
  code: "few-rows",
  severity: "error",
  doc: "A term is the mean over the rows that have all it reads. With `missing`, the share of such rows is the product of what is there of each stream, and at least two of a batch must be left. Raise the batch, or lower the rates.",
  example: `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  missing X rate 0.9
  missing Y rate 0.9
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  knob beta = 8
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy)
  train { batch = 32 }
}
`,
  mended: `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  missing X rate 0.5
  missing Y rate 0.5
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  knob beta = 8
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy)
  train { batch = 32 }
}
`,
};
