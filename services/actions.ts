/** Code actions: the fixes of what is found, one by one, and those of syntax and spelling all at once. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as EditorDiagnostic,
  type Range as EditorRange,
} from "vscode-languageserver-types";
import type { TextEdit } from "../core/language/diagnostic";
import { wantedLines } from "../core/theory/wants/wanted";
import { fixesOf, spellingEdits } from "../core/theory/fixes";
import { diagnostics } from "./diagnostics";
import { overlaps, toEditorEdit, toOffsets, type Document } from "./document";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.bottleneck`;

const asked = (only: readonly string[] | undefined, kind: string): boolean =>
  only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));

/** The actions at a range. @param only kinds that were asked for; all where absent */
export function codeActions(document: Document, range: EditorRange, only?: readonly string[]): CodeAction[] {
  const actions: CodeAction[] = [];
  if (asked(only, CodeActionKind.QuickFix))
    actions.push(...quickFixes(document, range), ...wantedTerms(document, range));
  if (asked(only, fixAllKind)) {
    const edits = spellingEdits(document.analysis);
    if (edits.length > 0) {
      actions.push({
        title: "Fix all syntax and spelling errors",
        kind: fixAllKind,
        edit: change(document, edits),
      });
    }
  }
  return actions;
}

function quickFixes(document: Document, range: EditorRange): CodeAction[] {
  const place = toOffsets(document, range);
  const shown: EditorDiagnostic[] = diagnostics(document);
  return document.analysis.diagnostics.flatMap((diagnostic, index) => {
    if (!overlaps(diagnostic.range, place)) return [];
    return fixesOf(document.analysis, diagnostic).map((fix, order) => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [shown[index]!],
      isPreferred: order === 0,
      edit: change(document, fix.edits),
    }));
  });
}

/** At a `want`, or at the name of a spec that has nothing but wants: the codes and terms that meet them. */
function wantedTerms(document: Document, range: EditorRange): CodeAction[] {
  const place = toOffsets(document, range);
  return document.analysis.specs.flatMap(({ tree }) => {
    const wants = tree.statements.filter(({ kind }) => kind === "want");
    const lines = wantedLines(tree);
    const end = tree.body.end - 1;
    if (lines.length === 0 || document.text[end] !== "}") return [];
    if (![tree.name, ...wants].some((part) => overlaps(part.range, place))) return [];
    const text = `\n${lines.map((line) => `  ${line}\n`).join("")}`;
    return [
      {
        title: "Add latents and terms for these wants",
        kind: CodeActionKind.QuickFix,
        edit: change(document, [{ range: { start: end, end }, text }]),
      },
    ];
  });
}

/** Edits of one version of the document: an editor refuses them when it has gone on. */
const change = (document: Document, edits: TextEdit[]): NonNullable<CodeAction["edit"]> => ({
  documentChanges: [
    {
      textDocument: { uri: document.uri, version: document.version },
      edits: edits.map((edit) => toEditorEdit(document, edit)),
    },
  ],
});
