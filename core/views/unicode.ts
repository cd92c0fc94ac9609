/** The derived loss as plain text. */
import type { DerivedLoss, DerivedTerm } from "../theory/derivation/loss";
import { beta } from "../theory/derivation/derive";
import { lettersText, sumText } from "../theory/derivation/patterns";
import { termNames } from "../theory/terms/names";
import { evaluate, knobValues, scalarText } from "../theory/terms/scalar";
import { unicodeStyle } from "../theory/terms/style";
import type { TargetStyle } from "../theory/derivation/target";
import { writeLoss } from "./write-loss";
import { rounded } from "../language/number-text";

/** What a loss asks of a rate other than to be small. */
export const unicodeTarget: TargetStyle = {
  at: (rate, nats) => `|${rate} − ${nats}|`,
  below: (rate, nats) => `λ·(${rate} − ${nats})`,
  floor: (rate, nats) => `max(${rate}, ${nats})`,
  each: (rate, nats) => `Σⱼ max(${rate}ⱼ, ${nats})`,
};

/** One line: `L = KL(q(zx|x) ‖ r(zx)) − β·[ InfoNCE(Zx; Zy) + 0.02·D(X; Zx) ]`; `L = 0` without terms. */
export const lossText = (derived: DerivedLoss): string =>
  `L = ${writeLoss(derived, {
    ...unicodeStyle,
    symbol: ({ bound, term }) => bound.symbol(termNames(term, derived.spec)),
    sum: sumText,
    letters: lettersText,
    target: unicodeTarget,
    open: "[ ",
    close: " ]",
  })}`;

/** The bound of a term over its names: `⟨KL(q(z|x) ‖ r(z))⟩ = ...`. */
export const formulaText = ({ bound, term }: DerivedTerm, derived: DerivedLoss): string =>
  bound.formula(termNames(term, derived.spec));

/** The factor of a term in the loss: `−β·w`. */
export const weightText = ({ effectiveWeight }: DerivedTerm): string =>
  scalarText(effectiveWeight, unicodeStyle);

/** beta on the side of what is kept, and as others write it on the side of the cost. */
interface BetaBothWays {
  /** Weighs what is kept. */
  kept: number;
  /** Weighs the cost: 1 / kept. */
  cost: number;
  text: string;
}

/** @param knobs values to take instead of the declared ones */
export function betaBothWays(
  { spec }: DerivedLoss,
  knobs: Readonly<Record<string, number>> = {},
): BetaBothWays {
  const kept = evaluate(beta(spec), { ...knobValues(spec.knobs), ...knobs });
  const cost = 1 / kept;
  return { kept, cost, text: `β = ${rounded(kept)} on what is kept; β_VAE = ${rounded(cost)} on the cost` };
}
