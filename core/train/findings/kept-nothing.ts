import { links } from "../../theory/wants/duties";
import { informationText } from "../../theory/terms/print";
import { betaTimes, weightTimes } from "./changes";
import { gainOf, measuredText } from "./gains";
import type { FindingRule } from "./rule";

/** Nats above nothing up to which a term keeps nothing, and the share of what can be kept at most. */
const NOTHING = 0.05;
const NOTHING_SHARE = 0.02;
/** Nats of a link on training rows up to which it may keep nothing. */
const LINKED = 0.3;
/** Nats in three looks, which are of the same rows and draws, from which a term is on its way up. */
const RISING = 0.01;
/** Half an interval, in nats, from which an early value tells too little. */
const WIDE = 0.3;
/** Share of the training from which it is sought: all terms start at nothing. */
const BEGUN = 0.18;
/** How many times as much it is to count. */
const RAISE = 10;

const spec = `spec S {
  modality X : vector(4)
  target L : label(4)
  latent Z : gaussian(2) from X
  knob beta = 4 in 0.1 .. 100 log
  compress I(X; Z)
  keep I(X; Z)
  keep I(L; Z)
}
`;

export const keptNothing: FindingRule = {
  code: "kept-nothing",
  severity: "warning",
  seen: "A kept term reads no more on held-out rows than it would without any code.",
  why: "The codes do not contain what the term asks for: it earns less than other terms do, or than its rate costs, or its streams share nothing that the networks can find.",
  change: "Raise the weight of the term, or check that its streams belong together.",
  find(observed) {
    const { progress, terms, spec: read, knobs, earlier } = observed;
    if (progress < BEGUN) return [];
    const linked = new Set(links(observed).map(({ term }) => term.id));
    return terms.flatMap((derived) => {
      const { term } = derived;
      const gain = term.side === "keep" ? gainOf(observed, derived) : undefined;
      if (gain === undefined || gain.held > Math.max(NOTHING, gain.error / 2)) return [];
      if (gain.error > WIDE && progress < 0.35) return [];
      if (gain.share !== undefined && gain.share > NOTHING_SHARE) return [];
      // A critic's temperature alone can make a held-out estimate too low: training rows must show nothing either.
      if (linked.has(term.id) && (gain.trained ?? 0) > LINKED) return [];
      // A term that is on its way up from below is not at nothing yet.
      const before = earlier.at(-3)?.terms[term.id];
      const rising =
        before !== undefined &&
        (observed.now.terms[term.id] ?? 0) - before > RISING &&
        (gain.trained ?? 0) > -NOTHING;
      if (rising && progress < 1) return [];
      const fix = weightTimes(term, RAISE, knobs, read.knobs) ?? betaTimes(terms, read.knobs, knobs, RAISE);
      const name = informationText(term.information);
      const nothing = linked.has(term.id) ? "unrelated codes" : "the best constant prediction";
      const trained = gain.trained === undefined ? "" : `, and ${gain.trained.toFixed(2)} on training rows`;
      return [
        {
          about: term.id,
          ...(fix === undefined ? {} : { fix }),
          message:
            `${name} keeps nothing: on held-out rows it reads ${measuredText(gain.held, gain.error)} nats more than ${nothing}${trained}. ` +
            `Raise its weight, or check that its streams have something in common.`,
        },
      ];
    });
  },
  example: {
    spec,
    terms: { "keep I(L; Z)": [-1.4, -1.38] },
    levels: { "keep I(L; Z)": { nothing: -1.386, all: 0 } },
    training: { "keep I(L; Z)": [-1.37, 0.02] },
  },
  healthy: {
    spec,
    terms: { "keep I(L; Z)": [-1.4, -0.6] },
    levels: { "keep I(L; Z)": { nothing: -1.386, all: 0 } },
    training: { "keep I(L; Z)": [-0.55, 0.02] },
  },
};
