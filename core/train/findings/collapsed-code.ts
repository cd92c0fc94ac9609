import type { Change } from "../../theory/change";
import type { DerivedTerm } from "../../theory/derivation/loss";
import type { Knob } from "../../theory/spec";
import { BETA, knobsOf } from "../../theory/terms/scalar";
import type { FindingRule, Observed } from "./rule";

/** A code whose rate stays below this, in nats, carries nothing that a probe of its draws could find. */
const COLLAPSED_RATE = 0.05;
/** Share of the training from which it is sought: all codes start near their prior. */
const BEGUN = 0.25;

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

/** None where beta is at the end of its range, where a schedule moves it, or where it multiplies nothing that is kept. */
function raisedBeta(
  terms: readonly DerivedTerm[],
  declared: readonly Knob[],
  knobs: Observed["knobs"],
): Change | undefined {
  const beta = declared.find(({ name }) => name === BETA);
  if (beta === undefined || beta.anneal) return undefined;
  const now = knobs[BETA] ?? beta.value;
  const value = Math.min(beta.to, RAISE * now);
  const acts = terms.some(
    ({ term, effectiveWeight }) => term.side === "keep" && knobsOf(effectiveWeight).includes(BETA),
  );
  return acts && value > now ? { kind: "knob", name: BETA, value } : undefined;
}

export const collapsedCode: FindingRule = {
  code: "collapsed-code",
  severity: "warning",
  seen: `A quarter into the training or later, a code's rate is below ${COLLAPSED_RATE} nats, or what a term pays for beyond a condition is.`,
  why: "What the code keeps earns less than its rate costs, so the loss is lowest when the code is its prior. Its noiseless mean may still vary, and even predict a factor; draws of the code do not.",
  change: "Raise `beta`, or the weight of a term that keeps the code.",
  find({ now, rates, terms, spec: { latents, knobs: declared }, knobs, progress }) {
    if (progress < BEGUN) return [];
    const given = (names: readonly string[]): string =>
      names.length > 0 ? ` beyond ${names.join(" and ")}` : "";
    const carried = Object.entries(rates).map(([code, rate]) => ({
      code,
      rate,
      beyond: given(latents.find(({ name }) => name === code)?.prior.from ?? []),
    }));
    // A term may pay for what a code carries beyond a condition, against a guess that a network makes of that.
    const beyondOthers = terms.flatMap(({ term, role, reads }) =>
      role.kind === "payment" && reads === "rate" && role.codes.length === 1 && role.given.length > 0
        ? [
            {
              code: role.codes[0]!.name,
              rate: now.terms[term.id] ?? Infinity,
              beyond: given(role.given.map(({ name }) => name)),
            },
          ]
        : [],
    );
    const collapsed = new Map(
      [...carried, ...beyondOthers].filter(({ rate }) => rate < COLLAPSED_RATE).map((one) => [one.code, one]),
    );
    const change = raisedBeta(terms, declared, knobs);
    return [...collapsed.values()].map(({ code, rate, beyond }) => ({
      about: code,
      ...(change === undefined ? {} : { fix: change }),
      message:
        `${code} has collapsed: it carries ${Math.max(0, rate).toFixed(2)} nats${beyond}. What it keeps earns less than its ` +
        `rate costs. Raise beta, or the weight of a term that keeps ${code}.`,
    }));
  },
  example: { spec, rates: { Z: 0.03 }, progress: 0.25 },
  healthy: { spec, rates: { Z: 0.6 }, progress: 0.25 },
};
