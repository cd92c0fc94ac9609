/** The derived loss in LaTeX. */
import type { DerivedLoss, DerivedTerm } from "../theory/loss";
import { latexNames, termNames } from "../theory/names";
import { scalarText } from "../theory/scalar";
import { latexStyle } from "../theory/style";
import { writeLoss } from "./writeLoss";

/** `\mathcal{L} = ...`, without the surrounding dollar signs. */
export const lossLatex = (derived: DerivedLoss): string =>
  `\\mathcal{L} = ${writeLoss(derived, {
    ...latexStyle,
    times: " \\, ",
    symbol: ({ bound, term }) => bound.symbolLatex(termNames(term, derived.spec)),
    target: {
      at: (rate, nats) => `\\left| ${rate} - ${nats} \\right|`,
      below: (rate, nats) => `\\lambda \\left( ${rate} - ${nats} \\right)`,
      floor: (rate, nats) => `\\max\\left( ${rate}, ${nats} \\right)`,
    },
    open: "\\left[ ",
    close: " \\right]",
  })}`;

/** A term as information: `I(X; Z_{x} \mid L)`. */
export function informationLatex({ term }: DerivedTerm, derived: DerivedLoss): string {
  const { left, right, given } = termNames(term, derived.spec);
  return `I(${latexNames(left)}; ${latexNames(right)}${given ? ` \\mid ${latexNames(given)}` : ""})`;
}

/** The bound of a term over its names. */
export const formulaLatex = ({ bound, term }: DerivedTerm, derived: DerivedLoss): string =>
  bound.latex(termNames(term, derived.spec));

/** The factor of a term in the loss: `-\beta \cdot w`. */
export const weightLatex = ({ effectiveWeight }: DerivedTerm): string =>
  scalarText(effectiveWeight, latexStyle);
