/** The derived loss in LaTeX. */
import type { DerivedLoss, DerivedTerm } from "../theory/loss";
import { termNames } from "../theory/names";
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

/** The bound of a term over its names. */
export const formulaLatex = ({ bound, term }: DerivedTerm, derived: DerivedLoss): string =>
  bound.latex(termNames(term, derived.spec));

/** The factor of a term in the loss: `-\beta \cdot w`. */
export const weightLatex = ({ effectiveWeight }: DerivedTerm): string =>
  scalarText(effectiveWeight, latexStyle);
