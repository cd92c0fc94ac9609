import { informationText } from "../../theory/terms/print";
import { betaTimes } from "./changes";
import { gainOf, measuredText } from "./gains";
import type { FindingRule } from "./rule";

/** Share of what a term keeps on training rows that held-out rows must show at least. */
const KEPT = 0.6;
/** Nats that a term must keep on training rows, and that held-out ones must be short of. */
const LEAST = 0.3;
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

export const overfit: FindingRule = {
  code: "overfit",
  severity: "warning",
  seen: `Held-out rows show less than ${100 * KEPT} % of what a term keeps on training rows.`,
  why: "The networks fit training rows better than others. The curve of the held-out loss shows when that began; reports and exports use the step with the lowest held-out loss where one can be chosen.",
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
          const short = trained - held;
          if (trained < LEAST || held >= KEPT * trained || short < Math.max(LEAST, error) || held < 0)
            return [];
          const { terms, knobs, spec: read } = observed;
          const fix = betaTimes(terms, read.knobs, knobs, LOWER);
          return [
            {
              about: term.id,
              ...(fix === undefined ? {} : { fix }),
              message:
                `${informationText(term.information)} keeps ${trained.toFixed(2)} nats on training rows and ${measuredText(held, error)} ` +
                `on held-out rows. Use more samples, train for fewer steps, or lower beta.`,
            },
          ];
        }),
  example: { spec, terms: { "keep I(L; Z)": [-1.4, -1] }, levels, training: { "keep I(L; Z)": [-0.1, 0.1] } },
  healthy: {
    spec,
    terms: { "keep I(L; Z)": [-1.4, -0.5] },
    levels,
    training: { "keep I(L; Z)": [-0.4, 0.1] },
  },
};
