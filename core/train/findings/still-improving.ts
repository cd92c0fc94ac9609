import { rounded } from "../../language/number-text";
import type { FindingRule } from "./rule";

/** Share of all that the loss has gained that its last quarter must have. */
const GAINED = 0.08;
/** The part of the training that is called its last. */
const LAST = 0.25;

const spec = `spec S {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
const earlier = [0.25, 0.5, 0.75].map((progress) => ({
  progress,
  total: -10 * progress,
  terms: {},
  rates: {},
  leaks: [],
}));

export const stillImproving: FindingRule = {
  code: "still-improving",
  severity: "information",
  seen: `The training has ended, and the last quarter of it has made at least ${100 * GAINED} % of all that the held-out loss has gained.`,
  why: "The best step is the last one: codes that are looked at now are not what the loss asks for yet.",
  change: "Train for more epochs or steps, or raise the learning rate.",
  find({ progress, now, first, earlier: looks, spec: { knobs } }) {
    if (progress < 1 || knobs.some(({ anneal }) => anneal !== undefined)) return [];
    const before = looks.filter((look) => look.progress <= 1 - LAST).at(-1);
    // The loss before training is of the same knobs where no look at others was made.
    if (before === undefined || (looks[0]?.progress ?? 1) > LAST) return [];
    const gained = first.total - now.total;
    const late = before.total - now.total;
    const best = Math.min(...looks.map(({ total }) => total));
    if (!(gained > 0) || late < GAINED * gained || now.total > best) return [];
    return [
      {
        message:
          `The loss of validation samples is still falling: the last quarter of the training has gained ${rounded(late, 2)} nats of ${rounded(gained, 2)} in all. ` +
          "Train for more epochs or steps.",
      },
    ];
  },
  example: { spec, progress: 1, earlier, total: -10 },
  healthy: {
    spec,
    progress: 1,
    earlier: earlier.map((look) => ({ ...look, total: -9.9 })),
    total: -10,
  },
};
