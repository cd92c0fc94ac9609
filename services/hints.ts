/** Inlay hints: the bound that was chosen for each term, and the derived loss behind the spec's header. */
import { InlayHintKind, type InlayHint, type Range as EditorRange } from "vscode-languageserver-types";
import { lossText } from "../core/views/unicode";
import type { Range } from "../core/language/diagnostic";
import type { Statement, TermStatement, WeightedTerm } from "../core/language/tree";
import type { DerivedLoss } from "../core/theory/derivation/loss";
import { analysed, derivedTerms } from "./derived";
import { code, paragraphs } from "./describe";
import { termMarkdown } from "./describe-terms";
import { overlaps, positionAt, toOffsets, type Document } from "./document";

/** Editors show 43 characters of hints a line; more than this crowds the text. */
const LONGEST = 30;

const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 2).replace(/[^\p{L}\p{N})]+$/u, "")} …`;

export function inlayHints(document: Document, within: EditorRange): InlayHint[] {
  const asked = toOffsets(document, within);
  return document.analysis.file.specs.flatMap((spec) => {
    if (!overlaps(spec.range, asked)) return [];
    const { derived: loss, valid = false } = analysed(document, spec) ?? {};
    if (loss === undefined || loss.terms.length === 0) return [];
    const bounds = termsOf(spec.statements).flatMap((term) => boundHint(term, loss));
    // With an error, a term may be missing from the loss.
    const whole = valid ? [{ offset: headerEnd(document, spec.body), ...lossHint(loss) }] : [];
    return [...whole, ...bounds]
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

/** Behind the opening brace and a comment that follows it: hints belong to the end of a line. */
function headerEnd(document: Document, body: Range): number {
  const end = document.text.slice(body.start).search(/[\r\n]|$/) + body.start;
  const line = document.text.slice(body.start + 1, end);
  return /^\s*(\/\/.*)?$/.test(line) ? body.start + 1 + line.trimEnd().length : body.start + 1;
}

function lossHint(loss: DerivedLoss): Hint {
  const text = lossText(loss);
  return { label: shortened(text), tooltip: paragraphs("**The derived loss**, in nats", code(text)) };
}

const termsOf = (statements: Statement[]): WeightedTerm[] =>
  statements.flatMap((statement) => {
    const inner = statement.kind === "each" ? [statement.body] : [statement];
    return inner.filter((one): one is TermStatement => one.kind === "term").flatMap(({ terms }) => terms);
  });

/** A term whose bound is written needs no hint. */
function boundHint(term: WeightedTerm, loss: DerivedLoss): (Hint & { offset: number })[] {
  if (term.bound !== undefined) return [];
  const derived = derivedTerms(loss, term);
  const names = [...new Set(derived.map(({ bound }) => bound.id))];
  if (names.length === 0) return [];
  const tooltip = derived.map((one) => termMarkdown(one, loss)).join("\n\n---\n\n");
  return [{ offset: term.range.end, label: shortened(`by ${names.join(", ")}`), tooltip }];
}
