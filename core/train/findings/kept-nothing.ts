import { links } from "../../theory/wants/duties";
import { informationText } from "../../theory/terms/print";
import { betaTimes, weightTimes } from "./changes";
import { gainOf, measuredText } from "./gains";
import type { FindingRule } from "./rule";
import { lookBefore } from "./trend";

/** Nats above nothing up to which a term keeps nothing, and the share of what can be kept at most. */
const NOTHING = 0.05;
const NOTHING_SHARE = 0.02;
/** Nats on training rows up to which it may keep nothing. */
const TRAINED = 0.3;
/** Nats below nothing, and share of it, from which a likelihood has not learned anything yet. */
const FAR = 0.5;
const FAR_SHARE = 0.05;
/** Nats in three looks from which a term is on its way up. */
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
      // Training rows must show nothing either: a critic's temperature alone can make a held-out estimate too low, and a
      // likelihood that only held-out rows lack was memorised.
      if ((gain.trained ?? 0) > TRAINED) return [];
      // A likelihood far below nothing is one that has learned nothing yet.
      const { nothing: level } = observed.levels[term.id]!;
      if (!linked.has(term.id) && gain.held < -Math.max(FAR, FAR_SHARE * Math.abs(level), gain.error))
        return [];
      // A term that is on its way up from below, or will soon be above nothing, is not at nothing yet.
      const before = lookBefore(earlier)?.terms[term.id];
      const rise = before === undefined ? 0 : (observed.now.terms[term.id] ?? 0) - before;
      const trained = gain.trained ?? 0;
      const rising =
        (rise > RISING && trained > -Math.max(NOTHING, gain.error / 2)) ||
        (gain.held + rise > NOTHING && trained > -2 * NOTHING);
      if (rising && progress < 1) return [];
      const fix = weightTimes(term, RAISE, knobs, read.knobs) ?? betaTimes(terms, read.knobs, knobs, RAISE);
      const name = informationText(term.information);
      const nothing = linked.has(term.id) ? "unrelated codes" : "the best constant prediction";
      const onTraining = gain.trained === undefined ? "" : `, and ${trained.toFixed(2)} on training rows`;
      return [
        {
          about: term.id,
          ...(fix === undefined ? {} : { fix }),
          message:
            `${name} keeps nothing: on held-out rows it reads ${measuredText(gain.held, gain.error)} nats more than ${nothing}${onTraining}. ` +
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
