import { rateGiven } from "../../theory/terms/roles";
import { beyondText } from "../measurements/tables";
import { betaTimes } from "./changes";
import { lookBefore } from "./trend";
import type { Earlier, FindingRule } from "./rule";

/** A code whose rate stays below this, in nats, carries nothing that a probe of its draws could find. */
const COLLAPSED_RATE = 0.05;
/** Nats in three looks from which a rate is on its way up. */
const RISING = 0.008;
/** In the first half of a training a code may only not have begun: it must carry less than this, and still be falling to it. */
const COLLAPSED_EARLY = 0.012;
const FALLING = 0.9;
/**
 * Or less than this where its rate falls in inverse proportion to the steps at least: such a rate has no end but 0, and the
 * rate of a code that is about to learn falls more slowly.
 */
const FADING = 0.025;
const IN_PROPORTION = 1.1;
/** A rate that is this low need not fall any more. */
const EMPTY = 0.004;
/** Share of the training from which it is sought: all codes start near their prior. */
const BEGUN = 0.18;

const spec = `spec S {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  knob beta = 1
  compress I(X; Z)
  keep I(X; Z)
}
`;

/** How many times as much is kept to count, within the knob's range. */
const RAISE = 4;

export const collapsedCode: FindingRule = {
  code: "collapsed-code",
  severity: "warning",
  seen: `A code's rate is below ${COLLAPSED_RATE} nats, or what its draws carry of its mean is, or what a term compresses beyond a condition is. From ${100 * BEGUN} % to half of the training, when a code may only not have begun, it must be below ${COLLAPSED_EARLY} nats and still falling, or below ${FADING} and falling in inverse proportion to the steps.`,
  why: "What the code keeps earns less than its rate costs, so the loss is lowest when the code is its prior. Its noiseless mean may still vary, and even predict a factor; draws of the code do not.",
  change: "Raise `beta`, or the weight of a term that keeps the code.",
  find({ now, rates, carried: drawn, earlier, terms, spec: resolved, knobs, progress }) {
    if (progress < BEGUN) return [];
    const given = (names: readonly string[]): string => (names.length > 0 ? ` ${beyondText(names)}` : "");
    const carried = Object.entries(rates).map(([code, rate]) => ({
      code,
      rate,
      // A rate is an upper bound: a code that is the same for all rows can have one.
      carries: Math.min(rate, drawn[code] ?? Infinity),
      rateOf: (look: Earlier) => look.rates[code],
      beyond: given(rateGiven(resolved, code)),
    }));
    // A term may pay for what a code carries beyond a condition, against a guess that a network makes of that.
    const beyondOthers = terms.flatMap(({ term, role, reads }) =>
      role.kind === "payment" && reads === "rate" && role.codes.length === 1 && role.given.length > 0
        ? [
            {
              code: role.codes[0]!.name,
              rate: now.terms[term.id] ?? Infinity,
              carries: now.terms[term.id] ?? Infinity,
              rateOf: (look: Earlier) => look.terms[term.id],
              beyond: given(role.given.map(({ name }) => name)),
            },
          ]
        : [],
    );
    const before = lookBefore(earlier);
    const collapsed = new Map(
      [...carried, ...beyondOthers]
        .filter(({ carries, rate, rateOf }) => {
          const then = before === undefined ? undefined : rateOf(before);
          if (progress >= 0.5)
            return carries < COLLAPSED_RATE && (progress >= 1 || !(rate - (then ?? Infinity) > RISING));
          if (then === undefined) return carries < COLLAPSED_EARLY && rate < EMPTY;
          const fades = rate * progress <= IN_PROPORTION * then * before!.progress;
          return (
            (carries < COLLAPSED_EARLY && (rate < EMPTY || rate < FALLING * then)) ||
            (carries < FADING && fades)
          );
        })
        .map((one) => [one.code, one]),
    );
    const change = betaTimes(terms, resolved.knobs, knobs, RAISE);
    return [...collapsed.values()].map(({ code, carries, beyond }) => ({
      about: code,
      ...(change === undefined ? {} : { fix: change }),
      message:
        `${code} has collapsed: it carries ${Math.max(0, carries).toFixed(2)} nats${beyond}. What it keeps earns less than its ` +
        `rate costs. Raise beta, or the weight of a term that keeps ${code}. A wider network may still use ${code}: ` +
        "a collapsed preview does not predict it.",
    }));
  },
  example: { spec, rates: { Z: 0.03 }, progress: 0.6 },
  healthy: { spec, rates: { Z: 0.6 }, progress: 0.6 },
};
