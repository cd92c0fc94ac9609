/** Code actions: the fixes of what is found, one by one, and those of syntax and spelling all at once. */
import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as EditorDiagnostic,
  type Range as EditorRange,
} from "vscode-languageserver-types";
import { fixesOf, spellingEdits } from "../core/theory/fixes";
import { diagnostics } from "./diagnostics";
import { documentChange, overlaps, toOffsets, type Document } from "./document";
import { refactorings } from "./refactorings";
import { wantedTerms } from "./wanted";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.bottleneck`;

const asked = (only: readonly string[] | undefined, kind: string): boolean =>
  only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));

/** The actions at a range. @param only kinds that were asked for; all where absent */
export function codeActions(document: Document, range: EditorRange, only?: readonly string[]): CodeAction[] {
  const actions: CodeAction[] = [];
  if (asked(only, CodeActionKind.QuickFix))
    actions.push(...quickFixes(document, range), ...wantedTerms(document, range));
  if (only === undefined || only.some((kind) => kind.startsWith(CodeActionKind.Refactor)))
    actions.push(...refactorings(document, range, (kind) => asked(only, kind)));
  if (asked(only, fixAllKind)) {
    const edits = spellingEdits(document.analysis);
    if (edits.length > 0) {
      actions.push({
        title: "Fix all syntax and spelling errors",
        kind: fixAllKind,
        edit: documentChange(document, edits),
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
      edit: documentChange(document, fix.edits),
    }));
  });
}
