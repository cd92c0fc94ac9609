import { links } from "../../theory/wants/duties";
import { informationText } from "../../theory/terms/print";
import { weightTimes } from "./changes";
import type { FindingRule } from "./rule";
import { lookBefore } from "./trend";

/** How many times more a reconstruction must have gained than what links the codes, to be said to outweigh it. */
const OUTWEIGHS = 15;
/** The same where the link still reads so few nats. */
const OUTWEIGHS_FAINT = 5;
const FAINT = 0.3;
/** Nats of the link from which on it has gained something. */
const LEAST = 0.1;
/** Nats in three looks from which a link is on its way up. */
const RISING = 0.01;
/** Share of the training from which it is sought. */
const BEGUN = 0.14;

const spec = `spec S {
  modality X : vector(4)
  modality Y : vector(4)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  knob beta = 8
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy) by infonce
  keep I(X; Zx)
}
`;

export const outweighs: FindingRule = {
  code: "outweighs",
  severity: "warning",
  seen: `A reconstruction has reduced the loss at least ${OUTWEIGHS} times as much as the link between the codes, or ${OUTWEIGHS_FAINT} times where that reads less than ${FAINT} nats.`,
  why: "Likelihoods of pictures are hundreds of nats and what codes share is a few, so a code earns more with pixels than with what it shares, and little room is left for that.",
  change: "Lower the weight of the reconstruction.",
  find({ now, first, earlier, terms, weights, knobs, spec: { knobs: declared }, progress }) {
    if (progress < BEGUN) return [];
    const gain = (id: string): number =>
      -(weights[id] ?? 0) * ((now.terms[id] ?? 0) - (first.terms[id] ?? 0));
    // What is no information in nats cannot be held against a reconstruction.
    const measured = links({ terms }).filter(({ reads }) => reads === "information");
    if (measured.length === 0) return [];
    // A link that has gained nothing counts as one that has gained a little, so that there is a ratio.
    const least = Math.max(...measured.map(({ term }) => Math.abs(weights[term.id] ?? 0))) * LEAST;
    const linked = Math.max(least, ...measured.map(({ term }) => gain(term.id)));
    if (!(linked > 0)) return [];
    // A link that still rises above chance has only not caught up yet.
    const before = lookBefore(earlier)?.terms;
    const rises = measured.some(({ term: { id } }) => {
      const value = now.terms[id] ?? 0;
      return value > 0 && value - (before?.[id] ?? Infinity) > RISING;
    });
    if (rises && progress < 0.5) return [];
    const faint = measured.every(({ term }) => (now.terms[term.id] ?? 0) < FAINT);
    const times = faint ? OUTWEIGHS_FAINT : OUTWEIGHS;
    return terms.flatMap(({ term, reads }) => {
      if (term.side !== "keep" || reads !== "information minus entropy") return [];
      if (gain(term.id) < times * linked) return [];
      const measuredTimes = `${linked > least ? "" : "more than "}${(gain(term.id) / linked).toFixed(0)}`;
      const change = weightTimes(term, linked / gain(term.id), knobs, declared);
      return [
        {
          about: term.id,
          ...(change === undefined ? {} : { fix: change }),
          message:
            `${informationText(term.information)} has reduced the loss ${measuredTimes} times as much as the link between the codes, so the codes mostly ` +
            `store what it reconstructs. Lower its weight.`,
        },
      ];
    });
  },
  example: { spec, terms: { "keep I(Zx; Zy)": [0, 0.5], "keep I(X; Zx)": [-100, 0] } },
  healthy: { spec, terms: { "keep I(Zx; Zy)": [0, 0.5], "keep I(X; Zx)": [-2, 0] } },
};
