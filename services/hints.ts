/**
 * Inlay hints: the bound, ceiling and weight of each term; what a spec inherits; and after the header the derived loss, in
 * editors that show no lens for it.
 */
import { InlayHintKind, type InlayHint, type Range as EditorRange } from "vscode-languageserver-types";
import { lossText } from "../core/views/unicode";
import type { Range } from "../core/language/diagnostic";
import { remembered } from "../core/language/lazily";
import type { SpecTree, WeightedTerm } from "../core/language/tree";
import type { DerivedLoss, DerivedTerm } from "../core/theory/derivation/loss";
import { analysed, derivedTerms, writtenTerms } from "./derived";
import { code, paragraphs } from "./describe";
import { ceilingOf, termMarkdown, weightOf } from "./describe-terms";
import { overlaps, positionAt, toOffsets, type Document } from "./document";
import { inherited, inheritedMarkdown, inheritedText } from "./inherited";
import { lossLine } from "./loss-line";
import { signed } from "../core/language/number-text";

/** @param shows what the editor shows by other means: a lens for the loss */
export function inlayHints(
  document: Document,
  within: EditorRange,
  shows: { lossLens: boolean } = { lossLens: false },
): InlayHint[] {
  const asked = toOffsets(document, within);
  return document.analysis.file.specs.flatMap((spec) => {
    if (!overlaps(spec.range, asked)) return [];
    const loss = analysed(document, spec)?.derived;
    const header = [
      ...(shows.lossLens ? [] : lossHint(document, spec)),
      ...(loss ? inheritedHint(spec, loss) : []),
    ].map((hint) => ({ ...hint, offset: headerEnd(document, spec.body) }));
    const terms = loss ? writtenTerms(spec).flatMap((term) => termHint(term, loss)) : [];
    return [...header, ...terms]
      .filter(({ offset }) => overlaps({ start: offset, end: offset }, asked))
      .map(({ offset, label, tooltip }) => ({
        position: positionAt(document, offset),
        label,
        kind: InlayHintKind.Type,
        tooltip: { kind: "markdown" as const, value: tooltip },
        paddingLeft: true,
      }));
  });
}

interface Hint {
  label: string;
  tooltip: string;
}

/** After the opening brace and a comment that follows it: hints belong to the end of a line. */
function headerEnd(document: Document, body: Range): number {
  const end = document.text.slice(body.start).search(/[\r\n]|$/) + body.start;
  const line = document.text.slice(body.start + 1, end);
  return /^\s*(\/\/.*)?$/.test(line) ? body.start + 1 + line.trimEnd().length : body.start + 1;
}

function lossHint(document: Document, spec: SpecTree): Hint[] {
  const { valid = false } = analysed(document, spec) ?? {};
  const line = lossLine(document, spec.name.text, valid);
  if (line === undefined) return [];
  return [{ label: line.text, tooltip: lossTooltip(line.loss) }];
}

const lossTooltip = remembered((loss: DerivedLoss) =>
  paragraphs("**The derived loss**, in nats", code(lossText(loss))),
);

/** Statements that no line of this spec contains. */
function inheritedHint(spec: SpecTree, loss: DerivedLoss): Hint[] {
  if (spec.extension === undefined) return [];
  const taken = inherited(spec, loss);
  const text = inheritedText(taken);
  if (text === "") return [];
  return [{ label: `inherits ${text}`, tooltip: inheritedMarkdown(spec.extension, taken.terms, loss) }];
}

function termHint(term: WeightedTerm, loss: DerivedLoss): (Hint & { offset: number })[] {
  const hint = hintsOf(loss)(term);
  return hint ? [{ offset: term.range.end, ...hint }] : [];
}

/** The hints of the terms of a loss, which an edit elsewhere leaves as they were. */
const hintsOf = remembered((loss: DerivedLoss) => remembered((term: WeightedTerm) => hintOf(term, loss)));

/** `by infonce, at most log 128 = 4.852 nats, weight −32`; the bound only where it is not written. */
function hintOf(term: WeightedTerm, loss: DerivedLoss): Hint | undefined {
  const derived = derivedTerms(loss, term);
  if (derived.length === 0) return undefined;
  const distinct = (say: (one: DerivedTerm) => string | undefined): string =>
    [...new Set(derived.flatMap((one) => say(one) ?? []))].join(", ");
  const ceiling = distinct((one) => ceilingOf(one, loss));
  const label = [
    term.bound === undefined && `by ${distinct(({ bound }) => bound.id)}`,
    ceiling && `at most ${ceiling}`,
    `weight ${distinct((one) => signed(weightOf(one, loss), 4))}`,
  ].filter(Boolean);
  const tooltip = derived.map((one) => termMarkdown(one, loss)).join("\n\n---\n\n");
  return { label: label.join(" · "), tooltip };
}
