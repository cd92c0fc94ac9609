import { BETA, evaluate, knobsOf, knobValues } from "../terms/scalar";
import type { DerivedLoss } from "../derivation/loss";
import type { Knob, Spec } from "../spec";
import type { Check } from "./check";
import { fix, report, edited } from "../faults/rule";
import { unkept } from "./unkept-latent";

const example = `spec A {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob w = 0.5 in 0.1 .. 1
  compress I(X; Z)
  keep I(X; Z)
}
`;

export const unusedKnob: Check = {
  code: "unused-knob",
  severity: "warning",
  unnecessary: true,
  doc: "No weight uses this knob, so changing it has no effect. Multiply a term by it, or remove it. The knob `beta` multiplies every kept term by itself.",
  example,
  fixed: edited(example, [["keep I(X; Z)", "keep w * I(X; Z)"]]),
  check(spec, derived) {
    return (
      spec.knobs
        .filter((knob) => !turns(knob, spec, derived))
        // Where nothing is kept, that is reported at the codes.
        .filter(({ name }) => name !== BETA || unkept(derived).length < spec.latents.length)
        .map(({ name, range }) => {
          const written = spec.terms.some(({ weight }) => knobsOf(weight).includes(name));
          const message = written
            ? `\`${name}\` cancels: no weight changes when it does. Remove it from the weight.`
            : name === BETA
              ? "`beta` multiplies every kept term, and there is none. Keep a term, or remove `beta`."
              : `No weight uses the knob \`${name}\`, so it has no effect. Multiply a term by it, or remove it.`;
          return report(unusedKnob, range, message, written ? {} : fix(`Remove \`${name}\``, range, ""));
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
