import type { Rule } from "./rule";

export const knobRange: Rule = {
  code: "knob-range",
  severity: "error",
  doc: "A knob turns from the lower end of its range to the upper one and starts in between; a `log` range is above zero at both ends.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 40 in 1 .. 10
  compress I(X; Z)
  keep I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 4 in 1 .. 10
  compress I(X; Z)
  keep I(X; Z)
}
`,
};
