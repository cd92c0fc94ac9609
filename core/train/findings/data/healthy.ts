import type { DataExample } from "./rule";

/** A vector of whole rows, of which no rule of the file's rows finds anything. */
export const healthy: DataExample = {
  spec: `spec S {
  modality X : vector(2)
  latent Z : gaussian(1) from X
  compress I(X; Z)
  keep I(X; Z)
}
`,
  fields: { X: { shape: [2], values: Array.from({ length: 40 }, (_, i) => Math.sin(i)) } },
};
