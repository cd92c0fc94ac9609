import { scalarText, evaluate } from "../../theory/terms/scalar";
import { informationText } from "../../theory/terms/print";
import { weightTimes } from "./changes";
import { errorOf, measuredText } from "./gains";
import type { FindingRule } from "./rule";
import { lookBefore } from "./trend";

/** Share of the target by which a value must miss it. */
const MISSED = 0.2;
/** Nats by which it must. */
const LEAST = 0.1;
/** Share of the training from which it is sought, and the share of the distance that three looks must still close. */
const BEGUN = 0.18;
const CLOSING = 0.03;
/** How many times as much the target is to count. */
const RAISE = 10;

const spec = `spec S {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress 0.1 * I(X; Z) at 5
  keep I(X; Z)
}
`;

export const missedTarget: FindingRule = {
  code: "missed-target",
  severity: "warning",
  seen: `A rate that is asked for by \`at\` or \`below\` is off by at least ${100 * MISSED} %, and no longer approaches it.`,
  why: "The other terms pull the rate harder than the weight of the term with the target holds it.",
  change: "Raise the weight of the term.",
  find(observed) {
    const { progress, terms, knobs, now, earlier, spec: read } = observed;
    if (progress < BEGUN) return [];
    return terms.flatMap(({ term }) => {
      const { target, id } = term;
      if (target === undefined || target.mode === "floor") return [];
      const asked = evaluate(target.value, knobs);
      const off = (value: number): number =>
        target.mode === "below" ? Math.max(0, value - asked) : Math.abs(value - asked);
      const value = now.terms[id] ?? 0;
      const error = errorOf(observed, id);
      const distance = off(value);
      if (distance < Math.max(LEAST, MISSED * asked, error)) return [];
      const before = lookBefore(earlier)?.terms[id];
      const closing = before === undefined || distance < (1 - CLOSING) * off(before);
      if (closing && progress < 1) return [];
      const fix = weightTimes(term, RAISE, knobs, read.knobs);
      return [
        {
          about: id,
          ...(fix === undefined ? {} : { fix }),
          message:
            `${informationText(term.information)} is ${measuredText(value, error)} nats, and the spec asks for ${target.mode === "below" ? "less than " : ""}${scalarText(target.value)}. ` +
            "Raise the weight of this term.",
        },
      ];
    });
  },
  example: { spec, terms: { "compress I(X; Z)": [0.2, 9] }, progress: 1 },
  healthy: { spec, terms: { "compress I(X; Z)": [0.2, 5.1] }, progress: 1 },
};
