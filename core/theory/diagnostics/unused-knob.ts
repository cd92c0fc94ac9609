import { BETA, evaluate, knobsOf, knobValues } from "../terms/scalar";
import type { DerivedLoss } from "../derivation/loss";
import type { Knob, Spec } from "../spec";
import { fix, tell, type Check } from "./rule";
import { unkept } from "./unkept-latent";

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
  check(spec, derived) {
    return (
      spec.knobs
        .filter((knob) => !turns(knob, spec, derived))
        // Where nothing is kept, that is told of the codes.
        .filter(({ name }) => name !== BETA || unkept(derived).length < spec.latents.length)
        .map(({ name, range }) => {
          const written = spec.terms.some(({ weight }) => knobsOf(weight).includes(name));
          const message = written
            ? `\`${name}\` is written and cancels: no term's weight changes when it turns. Remove it.`
            : name === BETA
              ? "`beta` weighs what is kept, and nothing is kept. Keep something, or remove it."
              : `No term uses the knob \`${name}\`; turning it changes nothing. Weigh a term with it, or remove it.`;
          return tell(unusedKnob, range, message, written ? {} : fix("Remove the knob", range, ""));
        })
    );
  },
};

/** Whether some weight of the loss changes when the knob turns through its range. */
function turns(knob: Knob, spec: Spec, { terms }: DerivedLoss): boolean {
  const at = (value: number): Record<string, number> => ({ ...knobValues(spec.knobs), [knob.name]: value });
  return terms.some(({ term, effectiveWeight }) =>
    [effectiveWeight, ...(term.target ? [term.target.value] : [])].some((scalar) => {
      const [low, high] = [knob.from, knob.to].map((value) => evaluate(scalar, at(value)));
      return Math.abs(low! - high!) > 1e-9 * Math.max(Math.abs(low!), Math.abs(high!));
    }),
  );
}
