/** Whether the best weights of a training can be chosen by the loss on validation rows. */
import { informationText } from "../terms/print";
import type { DerivedTerm } from "./loss";

/**
 * Why no look can say which weights are best, so that those of the last step are used: a term whose value on validation
 * rows is not information, or depends on a network or a multiplier that is trained against the codes. Undefined where there is
 * none.
 */
export function whyLastStep(terms: readonly DerivedTerm[]): string | undefined {
  const said = ({ term, bound }: DerivedTerm): string =>
    `\`${informationText(term.information)}\` by \`${bound.id}\``;
  const adversarial = terms.find(({ bound }) => bound.adversarial);
  if (adversarial) return `${said(adversarial)} is trained against the codes`;
  const limited = terms.find(({ term }) => term.target?.mode === "below");
  if (limited)
    return `the multiplier of \`${informationText(limited.term.information)}\` changes the loss while it trains`;
  const proxy = terms.find(({ bound }) => bound.side === "proxy");
  return proxy && `${said(proxy)} is a training signal, not information`;
}
