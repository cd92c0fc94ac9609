/** A derived term as Markdown: its goal, its bound, and its weight read both ways. */
import { betaBothWays, formulaText, weightText } from "../core/views/unicode";
import { rowsOf } from "../core/theory/derivation/rows";
import type { DerivedLoss, DerivedTerm } from "../core/theory/derivation/loss";
import type { ShownTerm } from "../core/theory/derivation/patterns";
import { informationText } from "../core/theory/terms/print";
import { evaluate, knobValues } from "../core/theory/terms/scalar";
import { sides } from "../core/theory/sides";
import { code, facts, paragraphs } from "./describe";
import { signed } from "../core/language/number-text";

export function termMarkdown(derived: ShownTerm, loss: DerivedLoss): string {
  const { term, bound, reason, reads, over } = derived;
  return paragraphs(
    `**${code(`${term.side} ${informationText(term.information)}`)}** by ${code(bound.id)}: ${bound.title}, ${sides[bound.side].name}`,
    code(formulaText(derived, loss)),
    facts([
      ["Summed over", over?.text],
      ["Weight in the loss", weight(derived, loss)],
      ["On the cost side", costSide(derived, loss)],
      ["Reads as", reads === "proxy" ? "not information, and not in nats" : `${reads}, in nats`],
      ["Why this bound", reason],
      ["Gap", bound.gap],
      ["Ceiling", ceilingText(derived, loss)],
    ]),
  );
}

/** The factor of a term in the loss, at the knobs as written. */
export const weightOf = ({ effectiveWeight }: DerivedTerm, { spec }: DerivedLoss): number =>
  evaluate(effectiveWeight, knobValues(spec.knobs));

/** The largest value that its bound can report, as a number; undefined where there is none. */
export function ceilingOf(derived: DerivedTerm, { spec }: DerivedLoss): string | undefined {
  const { bound, term, reads } = derived;
  const most = bound.most?.(term, spec, rowsOf(derived, spec, spec.training.batch));
  return most === undefined ? undefined : `${signed(most, 4)}${reads === "proxy" ? "" : " nats"}`;
}

function ceilingText(derived: DerivedTerm, loss: DerivedLoss): string | undefined {
  const { ceiling } = derived.bound;
  const most = ceilingOf(derived, loss);
  return ceiling === undefined || most === undefined || most === ceiling ? ceiling : `${ceiling} = ${most}`;
}

/** `−β·w = −0.64` at the knobs as written. */
function weight(derived: DerivedTerm, loss: DerivedLoss): string {
  const written = weightText(derived);
  const value = signed(weightOf(derived, loss), 4);
  return written === value ? code(value) : code(`${written} = ${value}`);
}

/** The same loss divided by beta, as those write it who weigh the cost. */
function costSide(derived: DerivedTerm, loss: DerivedLoss): string | undefined {
  const { kept, text } = betaBothWays(loss);
  if (kept === 1 || kept === 0) return undefined;
  return `${code(signed(weightOf(derived, loss) / kept, 4))} when the whole loss is divided by β (${text})`;
}
