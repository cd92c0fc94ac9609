import type { Change } from "../../theory/change";
import type { Knob, Term } from "../../theory/spec";
import { links } from "../../theory/wants/duties";
import { informationText } from "../../theory/terms/print";
import { BETA } from "../../theory/terms/scalar";
import type { FindingRule, Observed } from "./rule";

/** How many times more a reconstruction must have gained than what links the codes, to be said to outweigh it. */
const OUTWEIGHS = 5;
/** Share of the training from which it is sought. */
const BEGUN = 0.25;

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

/** A weight that is a number, or one knob, this many times what it is: then both have gained as much. */
function lowered(
  { id, weight }: Term,
  times: number,
  knobs: Observed["knobs"],
  declared: readonly Knob[],
): Change | undefined {
  const rounded = (value: number): number => Number((times * value).toPrecision(1));
  if (weight.kind === "number") return { kind: "weight", term: id, value: rounded(weight.value) };
  const knob = weight.kind === "knob" ? declared.find(({ name }) => name === weight.name) : undefined;
  if (knob === undefined || knob.name === BETA || knob.anneal) return undefined;
  const { name, from } = knob;
  const value = Math.max(from, rounded(knobs[name] ?? knob.value));
  return value < (knobs[name] ?? knob.value) ? { kind: "knob", name, value } : undefined;
}

export const outweighs: FindingRule = {
  code: "outweighs",
  severity: "warning",
  seen: `A reconstruction has reduced the loss at least ${OUTWEIGHS} times as much as the link between the codes.`,
  why: "Likelihoods of pictures are hundreds of nats and what codes share is a few, so a code earns more with pixels than with what it shares, and little room is left for that.",
  change: "Lower the weight of the reconstruction.",
  find({ now, first, terms, weights, knobs, spec: { knobs: declared }, progress }) {
    if (progress < BEGUN) return [];
    const gain = (id: string): number =>
      -(weights[id] ?? 0) * ((now.terms[id] ?? 0) - (first.terms[id] ?? 0));
    // What is no information in nats cannot be held against a reconstruction.
    const measured = links({ terms }).filter(({ reads }) => reads === "information");
    const linked = Math.max(...measured.map(({ term }) => gain(term.id)));
    if (!(linked > 0)) return [];
    return terms.flatMap(({ term, reads }) => {
      if (term.side !== "keep" || reads !== "information minus entropy") return [];
      if (gain(term.id) < OUTWEIGHS * linked) return [];
      const times = (gain(term.id) / linked).toFixed(0);
      const change = lowered(term, linked / gain(term.id), knobs, declared);
      return [
        {
          about: term.id,
          ...(change === undefined ? {} : { fix: change }),
          message:
            `${informationText(term.information)} has reduced the loss ${times} times as much as the link between the codes, so the codes mostly ` +
            `store what it reconstructs. Lower its weight.`,
        },
      ];
    });
  },
  example: { spec, terms: { "keep I(Zx; Zy)": [0, 0.5], "keep I(X; Zx)": [-100, 0] } },
  healthy: { spec, terms: { "keep I(Zx; Zy)": [0, 0.5], "keep I(X; Zx)": [-2, 0] } },
};
