import { BETA, knobsOf } from "../scalar";
import { fix, tell, type Check } from "./rule";

export const unusedKnob: Check = {
  code: "unused-knob",
  severity: "warning",
  doc: "A knob that no weight uses changes nothing when it is turned. Weigh a term with it, or remove it; the knob `beta` weighs all that is kept by itself.",
  example: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob w = 0.5 in 0.1 .. 1
  compress I(X; Z)
  keep I(X; Z)
}
`,
  mended: `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob w = 0.5 in 0.1 .. 1
  compress I(X; Z)
  keep w * I(X; Z)
}
`,
  check(spec, { terms }) {
    const used = new Set(spec.terms.flatMap(({ weight }) => knobsOf(weight)));
    if (terms.some(({ term }) => term.side === "keep")) used.add(BETA);
    return spec.knobs
      .filter(({ name }) => !used.has(name))
      .map(({ name, range }) => {
        const message =
          name === BETA
            ? "`beta` weighs what is kept, and nothing is kept. Keep something, or remove it."
            : `No term uses the knob \`${name}\`; turning it changes nothing. Weigh a term with it, or remove it.`;
        return tell(unusedKnob, range, message, fix("Remove the knob", range, ""));
      });
  },
};
