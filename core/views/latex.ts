/** The derived loss in LaTeX. */
import type { DerivedLoss } from "../theory/derivation/loss";
import { lettersLatex, sumLatex } from "../theory/derivation/patterns";
import { termNames } from "../theory/terms/names";
import { latexStyle } from "../theory/terms/style";
import { writeLoss } from "./write-loss";

/** `\mathcal{L} = ...`, without the surrounding dollar signs. */
export const lossLatex = (derived: DerivedLoss): string =>
  `\\mathcal{L} = ${writeLoss(derived, {
    ...latexStyle,
    times: " \\, ",
    symbol: ({ bound, term }) => bound.symbolLatex(termNames(term, derived.spec)),
    sum: sumLatex,
    letters: lettersLatex,
    target: {
      at: (rate, nats) => `\\left| ${rate} - ${nats} \\right|`,
      below: (rate, nats) => `\\lambda \\left( ${rate} - ${nats} \\right)`,
      floor: (rate, nats) => `\\max\\left( ${rate}, ${nats} \\right)`,
      each: (rate, nats) => `\\sum_{j} \\max\\left( ${rate}_{j}, ${nats} \\right)`,
    },
    open: "\\left[ ",
    close: " \\right]",
  })}`;
