import { rounded } from "../../language/number-text";
import type { Measured } from "../evaluation";
import type { Earlier, FindingRule, Observed } from "./rule";

/** Share of all that the loss has gained that its last quarter must have. */
const GAINED = 0.12;
/** The part of the training that is called its last. */
const LAST = 0.25;
/** Parts of the training between which a look shows how the loss falls at its end. */
const LOOKED = [0.4, 0.95] as const;
/** Standard errors of the loss over batches that its fall since that look must have. */
const ERRORS = 3;

const spec = `spec S {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
const terms = { "keep I(X; Z)": [0, 10] } as const;
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
  find({ progress, now, first, earlier, weights }) {
    if (progress < 1) return [];
    const distance = (look: Earlier): number => Math.abs(look.progress - (1 - LAST));
    const [before] = earlier
      .filter((look) => look.progress >= LOOKED[0] && look.progress <= LOOKED[1])
      .sort((a, b) => distance(a) - distance(b));
    if (before === undefined || !isSum(now, weights)) return [];
    const gained = lossOf(first.terms, weights) - now.total;
    const late = before.total - now.total;
    const best = Math.min(...earlier.map(({ total }) => total));
    if (!(gained > 0) || now.total > best || late < ERRORS * standardError(now, weights)) return [];
    if (lastOf(late / gained, before.progress) < GAINED) return [];
    return [
      {
        message:
          `The loss of validation samples is still falling: the last ${Math.round(100 * (1 - before.progress))} % of the training gained ${rounded(late, 2)} of ${rounded(gained, 2)} nats in all. ` +
          "Train for more epochs or steps.",
      },
    ];
  },
  example: { spec, progress: 1, terms, earlier, total: -10 },
  healthy: {
    spec,
    progress: 1,
    terms,
    earlier: earlier.map((look) => ({ ...look, total: -9 })),
    total: -10,
  },
};

/** The loss of these terms by the weights of now: looks at other knobs are of another loss, their terms are the same. */
const lossOf = (terms: Measured["terms"], weights: Observed["weights"]): number =>
  Object.entries(terms).reduce((sum, [id, value]) => sum + (weights[id] ?? 0) * value, 0);

/** Whether the loss is that: one with a target, `below` or `at`, has a multiplier that moves, so two of its values are no gain. */
const isSum = ({ total, terms }: Measured, weights: Observed["weights"]): boolean =>
  Math.abs(lossOf(terms, weights) - total) <= 1e-4 * Math.max(1, Math.abs(total));

/** Of the loss, from how much its terms differ from batch to batch; 0 of a single batch, of which every look reads the same rows. */
function standardError({ spread }: Measured, weights: Observed["weights"]): number {
  if (spread === undefined) return 0;
  const squares = Object.entries(spread.deviations).map(
    ([id, deviation]) => ((weights[id] ?? 0) * deviation) ** 2,
  );
  return Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / spread.batches);
}

/**
 * The share of the gain that the last quarter has, where so much of it came after a look: of a loss that falls by the same factor
 * in the same time, 1 - exp(-k t) of the way. One that falls ever faster counts as a straight line.
 */
function lastOf(late: number, progress: number): number {
  if (late >= 1 - progress) return LAST;
  // 1 - late is the share of the way at that look, which grows with k.
  let [low, high] = [0, 1000];
  const way = (k: number, at: number): number => -Math.expm1(-k * at) / -Math.expm1(-k);
  for (let i = 0; i < 50; i++) {
    const k = (low + high) / 2;
    if (way(k, progress) < 1 - late) low = k;
    else high = k;
  }
  return 1 - way(high, 1 - LAST);
}
