import { informationText } from "../../theory/terms/print";
import { betaTimes } from "./changes";
import { gainOf, measuredText } from "./gains";
import type { FindingRule } from "./rule";

/** Nats below nothing from which on it is said, whatever the interval is. */
const BELOW = 0.05;
/** Nats that training rows must show above held-out ones. */
const APART = 0.1;
/** How many times as much what is kept is to count. */
const LOWER = 0.25;
/** Share of the training from which it is sought. */
const BEGUN = 0.1;

const spec = `spec S {
  modality X : vector(50)
  target L : label(4)
  latent Z : gaussian(8) from X
  knob beta = 100 in 1 .. 1000 log
  compress I(X; Z)
  keep I(L; Z)
}
`;
const levels = { "keep I(L; Z)": { nothing: -1.386, all: 0 } };

export const lessThanNothing: FindingRule = {
  code: "less-than-nothing",
  severity: "warning",
  seen: "A kept term is lower on held-out rows than it would be without any code, and higher on training rows.",
  why: "The networks have memorised training rows, and are wrong with confidence about others. What the codes carry does not help on new rows.",
  change: "Use more samples, train for fewer steps, narrow the code, or lower `beta`.",
  find: (observed) =>
    observed.progress < BEGUN
      ? []
      : observed.terms.flatMap((derived) => {
          const { term } = derived;
          // A critic's temperature alone can make a held-out estimate too low, so only likelihoods are judged.
          const gain = derived.role.kind === "decoding" ? gainOf(observed, derived) : undefined;
          if (gain?.trained === undefined) return [];
          const { held, trained, error } = gain;
          if (held > -Math.max(BELOW, error) || trained < held + Math.max(APART, error)) return [];
          // Where training rows show less than nothing too, it has not learned yet.
          if (trained < 0) return [];
          const { terms, knobs, spec: read } = observed;
          const fix = betaTimes(terms, read.knobs, knobs, LOWER);
          return [
            {
              about: term.id,
              ...(fix === undefined ? {} : { fix }),
              message:
                `${informationText(term.information)} is ${measuredText(-held, error)} nats below what no code gives on held-out rows, and ` +
                `${trained.toFixed(2)} nats above it on training rows: the networks memorise. ` +
                `Use more samples, train for fewer steps, or lower beta.`,
            },
          ];
        }),
  example: { spec, terms: { "keep I(L; Z)": [-1.4, -6] }, levels, training: { "keep I(L; Z)": [-0.2, 0.1] } },
  healthy: {
    spec,
    terms: { "keep I(L; Z)": [-1.4, -0.5] },
    levels,
    training: { "keep I(L; Z)": [-0.4, 0.1] },
  },
};
