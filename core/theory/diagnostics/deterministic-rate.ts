import type { Rule } from "./rule";

export const deterministicRate: Rule = {
  code: "deterministic-rate",
  severity: "error",
  doc: "A code without noise has an infinite rate for a continuous input: its width is its only bottleneck. Remove the term, or give the code a `gaussian` law.",
  example: `spec A {
  modality X : vector(4)
  latent Z : deterministic(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : deterministic(2) from X
  keep I(X; Z)
}
`,
};
