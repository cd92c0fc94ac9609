/** The derived loss of a spec on one line, as lenses and hints show it. */
import { remembered } from "../core/language/lazily";
import { shortLoss } from "../core/views/short-loss";
import type { DerivedLoss } from "../core/theory/derivation/loss";
import type { Document } from "./document";

/** An edit elsewhere leaves a loss as it was, and what is said of it. */
const shortOf = remembered((loss: DerivedLoss) => shortLoss(loss));

interface LossLine {
  /** The short form, whole; it says so where the text has errors now and this is the loss that it had before. */
  text: string;
  loss: DerivedLoss;
}

/**
 * Undefined where the spec has had no loss yet.
 * @param valid whether the spec has no errors now
 */
export function lossLine(document: Document, name: string, valid: boolean): LossLine | undefined {
  const loss = document.losses.get(name);
  if (loss === undefined || loss.terms.length === 0) return undefined;
  const short = shortOf(loss);
  return { text: valid ? short : `${short} (before this edit)`, loss };
}
