import { BETA } from "../terms/scalar";
import { fix, tell, type Check } from "./rule";

export const betaIsScale: Check = {
  code: "beta-is-scale",
  severity: "information",
  doc: "Beta weighs what is kept against what is compressed. Where nothing is compressed it only scales the loss, and changes no more than the learning rate does.",
  example: `spec A {
  modality X : vector(4)
  latent Z : deterministic(2) from X
  knob beta = 4 in 1 .. 10
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
  check(spec, { terms }) {
    const knob = spec.knobs.find(({ name }) => name === BETA);
    if (knob === undefined || terms.length === 0 || terms.some(({ term }) => term.side === "compress"))
      return [];
    const message = "Nothing is compressed, so `beta` only scales the loss.";
    return [tell(betaIsScale, knob.range, message, fix("Remove the knob", knob.range, ""))];
  },
};
