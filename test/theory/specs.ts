/** A spec of one stream, one code, and the given lines. */
export const two = (...lines: string[]): string =>
  [
    "spec A {",
    "  modality X : vector(6)",
    "  latent Z : gaussian(2) from X",
    ...lines.map((line) => `  ${line}`),
    "}",
  ].join("\n");

/** A spec of two streams and a label, two codes that read both streams, a knob w, and the given lines. */
export const views = (...lines: string[]): string =>
  [
    "spec A {",
    "  modality X : vector(6)",
    "  modality Y : vector(6)",
    "  target L : label(3)",
    "  latent Z : gaussian(2) from X, Y",
    "  latent W : gaussian(2) from X, Y",
    "  knob w = 0.5 in 0.1 .. 1",
    ...lines.map((line) => `  ${line}`),
    "}",
  ].join("\n");
