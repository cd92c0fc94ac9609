/** The terms of a loss as rows of a table in LaTeX. */
import { shownTerms, sumLatex } from "../theory/derivation/patterns";
import type { DerivedLoss } from "../theory/derivation/loss";
import { sides } from "../theory/sides";
import { informationLatex, termNames } from "../theory/terms/names";
import { scalarText } from "../theory/terms/scalar";
import { latexStyle } from "../theory/terms/style";

interface TermRow {
  side: "compress" | "keep";
  /** `term`, `weight` (with its sign in the loss) and `formula` without dollar signs. */
  term: string;
  weight: string;
  bound: string;
  formula: string;
  /** What the bound is: an upper bound, an estimate. */
  boundSide: string;
}

/** One row for each term as the loss shows it: terms that differ in the subset alone have one. */
export const termRowsLatex = (derived: DerivedLoss): TermRow[] =>
  shownTerms(derived).map((shown) => {
    const { term, bound, effectiveWeight } = shown;
    const sum = sumLatex(shown);
    return {
      side: term.side,
      term: `${sum}${informationLatex(term)}`,
      weight: scalarText(effectiveWeight, latexStyle),
      bound: bound.id,
      formula: `${sum}${bound.symbolLatex(termNames(term, derived.spec))}`,
      boundSide: sides[bound.side].name,
    };
  });
