import { rounded } from "../../language/number-text";
import type { FindingRule } from "./rule";

/** Nats above the first loss from which on it is said, and times how far that is from 0. */
const ABOVE = 1;
const TIMES = 0.05;
/** Share of the training from which it is sought. */
const BEGUN = 0.1;

const spec = `spec S {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
  train { optimizer = adam(0.5) }
}
`;

export const diverged: FindingRule = {
  code: "diverged",
  severity: "warning",
  seen: "The loss is higher than before the first step, on held-out rows and on training rows.",
  why: "Steps that are too long lead away from good weights, though every number is still finite: rates and squared errors grow by orders of magnitude.",
  change: "Lower the learning rate.",
  find({ now, first, terms, weights, progress, training: recent, spec: { training } }) {
    if (progress < BEGUN) return [];
    // Under the weights of now: a knob may have been turned since. A target asks for a value, so more is not worse.
    const counted = terms.filter(({ term }) => term.target === undefined);
    const moreIn = (terms: Readonly<Record<string, number>>, id: string): number =>
      (weights[id] ?? 0) * ((terms[id] ?? 0) - (first.terms[id] ?? 0));
    const parts = counted.map(({ term: { id } }) => ({
      id,
      more: moreIn(now.terms, id),
      trained: moreIn({ ...now.terms, ...recent.means }, id),
      first: Math.abs((weights[id] ?? 0) * (first.terms[id] ?? 0)),
    }));
    const more = parts.reduce((sum, part) => sum + part.more, 0);
    const scale = parts.reduce((sum, part) => sum + part.first, 0);
    if (!(more > ABOVE + TIMES * scale)) return [];
    // Where training rows have gained, held-out ones have lost by memorising: shorter steps do not help.
    if (parts.reduce((sum, part) => sum + part.trained, 0) < 0) return [];
    const worst = parts.reduce((a, b) => (b.more > a.more ? b : a));
    const { rate } = training.optimizer;
    return [
      {
        fix: { kind: "setting", name: "optimizer", value: rate / 10 },
        message:
          `The loss on held-out rows is ${rounded(more)} nats higher than before training, mostly by \`${worst.id}\`. ` +
          `Lower the learning rate, which is ${rate}.`,
      },
    ];
  },
  example: { spec, terms: { "compress I(X; Z)": [0.2, 9000], "keep I(X; Z)": [-6, -40] } },
  healthy: { spec, terms: { "compress I(X; Z)": [0.2, 4], "keep I(X; Z)": [-40, -6] } },
};
