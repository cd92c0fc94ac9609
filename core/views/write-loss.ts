/** The sum of a derived loss, in any notation. */
import { beta } from "../theory/derivation/derive";
import type { DerivedLoss } from "../theory/derivation/loss";
import { shownTerms, type ShownTerm } from "../theory/derivation/patterns";
import { scalarText, type ScalarStyle } from "../theory/terms/scalar";
import type { Scalar } from "../theory/spec";
import { towardsText, type TargetStyle } from "../theory/derivation/target";

interface LossStyle extends ScalarStyle {
  target: TargetStyle;
  /** A term's bound by its symbol. */
  symbol(term: ShownTerm): string;
  /** Before the symbol of a term over many subsets. */
  sum(term: ShownTerm): string;
  /** What the letters of subsets stand for, after the loss. */
  letters(terms: readonly ShownTerm[]): string;
  open: string;
  close: string;
}

/** What is compressed, less beta times what is kept; `0` without terms. */
export function writeLoss(loss: DerivedLoss, style: LossStyle): string {
  const terms = shownTerms(loss);
  return `${writeSum(loss, terms, style)}${style.letters(terms)}`;
}

function writeSum({ spec }: DerivedLoss, terms: readonly ShownTerm[], style: LossStyle): string {
  const sum = (side: "compress" | "keep"): string[] =>
    terms
      .filter(({ term }) => term.side === side)
      .map((derived) => {
        const symbol = style.symbol(derived);
        const { target, weight } = derived.term;
        const shown = target ? towardsText(target, symbol, style, style.target) : symbol;
        return weighed(weight, style.sum(derived) + shown, style);
      });
  const compressed = sum("compress").join(" + ");
  const kept = sum("keep");
  if (kept.length === 0) return compressed || "0";
  const weight = beta(spec);
  const alone = kept.length === 1;
  const factor = weight.kind === "number" ? "" : scalarText(weight, style) + style.times;
  const inside = alone ? kept.join("") : style.open + kept.join(" + ") + style.close;
  return compressed ? `${compressed} ${style.minus} ${factor}${inside}` : `${style.minus}${factor}${inside}`;
}

function weighed(weight: Scalar, symbol: string, style: LossStyle): string {
  if (weight.kind === "number" && weight.value === 1) return symbol;
  const text = scalarText(weight, style);
  const isSum = weight.kind === "binary" && (weight.operator === "+" || weight.operator === "-");
  return (isSum ? `(${text})` : text) + style.times + symbol;
}
