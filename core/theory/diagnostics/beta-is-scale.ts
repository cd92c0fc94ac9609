import { BETA } from "../terms/scalar";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";

const example = `spec A {
  modality X : vector(4)
  latent Z : deterministic(2) from X
  knob beta = 4 in 1 .. 10
  keep I(X; Z)
}
`;

export const betaIsScale: Check = {
  code: "beta-is-scale",
  severity: "information",
  doc: "Beta sets the weight of the kept terms relative to the compressed terms. If nothing is compressed it only scales the loss, and has no more effect than the learning rate.",
  example,
  fixed: edited(example, [
    ["latent Z : deterministic(2) from X", "latent Z : gaussian(2) from X"],
    ["knob beta = 4 in 1 .. 10", "knob beta = 4 in 1 .. 10\n  compress I(X; Z)"],
  ]),
  check(spec, { terms }) {
    const knob = spec.knobs.find(({ name }) => name === BETA);
    if (knob === undefined || terms.length === 0 || terms.some(({ term }) => term.side === "compress"))
      return [];
    const message = "Nothing is compressed, so `beta` only scales the loss. Remove it, or compress a term.";
    return [report(betaIsScale, knob.range, message, fix("Remove `beta`", knob.range, ""))];
  },
};
