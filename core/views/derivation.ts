/** The derivation as a page: the loss, both graphs and every step, as plain values. */
import type { DerivedLoss, Step } from "../theory/derivation/loss";
import { lossLatex } from "./latex";
import { shortLoss } from "./short-loss";
import { graphSvg } from "./svg";
import { lossText } from "./unicode";

/** Steps in order, the loss in LaTeX, both graphs as SVG. */
export interface DerivationSummary {
  steps: Step[];
  latex: string;
  encoderGraph: string;
  decoderGraph: string;
}

export const derivationSummary = (derived: DerivedLoss): DerivationSummary => ({
  steps: derived.steps,
  latex: lossLatex(derived),
  encoderGraph: graphSvg(derived.encoderGraph, `Encoder graph of ${derived.spec.name}`),
  decoderGraph: graphSvg(derived.decoderGraph, `Decoder graph of ${derived.spec.name}`),
});

/** A derivation by itself, beside the text of its spec. */
export interface DerivationPage {
  name: string;
  title?: string;
  /** The published method that it is or is near to, in words. */
  method?: string;
  /** One line of Unicode, and the same in its short form. */
  loss: string;
  shortLoss: string;
  derivation: DerivationSummary;
  /** Whether it is that of the text as it is now; of the last text without errors where it is not. */
  current: boolean;
}

/** @param method as recognised; empty or absent where none is near */
export function derivationPage(
  derived: DerivedLoss,
  method: string | undefined,
  current: boolean,
): DerivationPage {
  const { name, title } = derived.spec;
  return {
    name,
    ...(title === undefined ? {} : { title }),
    ...(method ? { method } : {}),
    loss: lossText(derived),
    shortLoss: shortLoss(derived),
    derivation: derivationSummary(derived),
    current,
  };
}
