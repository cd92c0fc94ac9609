/** Code actions: the fixes of what is found, one by one, and those of syntax and spelling all at once. */
import { type CodeAction, CodeActionKind, type Range as EditorRange } from "vscode-languageserver-types";
import type { Diagnostic, TextEdit } from "../core/language/diagnostic";
import { allowing } from "../core/theory/allow";
import type { Analysis } from "../core/theory/analyse";
import { unusedAllow } from "../core/theory/faults/unused-allow";
import { fixesOf, spellingEdits } from "../core/theory/fixes";
import { dataFindings, type FileOf } from "./data-findings";
import { declareActions } from "./declare";
import { editorDiagnostic, findingsOf } from "./diagnostics";
import { documentChange, overlaps, toOffsets, type Document } from "./document";
import { refactorings } from "./refactorings";
import { wantedTerms } from "./wanted";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.bottleneck`;

/** Whether actions of a kind were asked for. @param only kinds that were; all where absent */
export const asked = (only: readonly string[] | undefined, kind: string): boolean =>
  only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));

interface ActionOptions {
  /** Kinds that were asked for; all where absent. */
  only?: readonly string[] | undefined;
  /** Whether the editor asks for the edit of an action when it is chosen. */
  resolves?: boolean;
  fileOf?: FileOf | undefined;
}

/** The actions at a range. */
export function codeActions(
  document: Document,
  range: EditorRange,
  { only, resolves = false, fileOf }: ActionOptions = {},
): CodeAction[] {
  const actions: CodeAction[] = [];
  if (asked(only, CodeActionKind.QuickFix))
    actions.push(
      ...quickFixes(document, range, fileOf),
      ...wantedTerms(document, range),
      ...declareActions(document, range, resolves),
      ...allowances(document, range),
    );
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

function quickFixes(document: Document, range: EditorRange, fileOf: FileOf | undefined): CodeAction[] {
  const place = toOffsets(document, range);
  const ofFiles = (analysis: Analysis): Diagnostic[] => (fileOf ? dataFindings(analysis, fileOf) : []);
  return findingsOf(document, fileOf).flatMap((diagnostic) => {
    if (!overlaps(diagnostic.range, place)) return [];
    return fixesOf(document.analysis, diagnostic, ofFiles).map((fix, order) => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [editorDiagnostic(document, diagnostic)],
      isPreferred: order === 0,
      edit: documentChange(document, fix.edits),
    }));
  });
}

/** A comment that hides a finding that is no error, above its line where that has a comment already. */
function allowances(document: Document, range: EditorRange): CodeAction[] {
  const place = toOffsets(document, range);
  return document.analysis.diagnostics.flatMap((diagnostic) => {
    const { code, severity } = diagnostic;
    if (severity === "error" || code === unusedAllow.code || !overlaps(diagnostic.range, place)) return [];
    return [
      {
        title: `Allow \`${code}\` here`,
        kind: CodeActionKind.QuickFix,
        diagnostics: [editorDiagnostic(document, diagnostic)],
        edit: documentChange(document, [allowance(document.text, code, diagnostic.range.start)]),
      },
    ];
  });
}

function allowance(text: string, code: string, at: number): TextEdit {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const [line] = /^[^\r\n]*/.exec(text.slice(start))!;
  const comment = allowing(code);
  if (!line.includes("//")) {
    const end = start + line.trimEnd().length;
    return { range: { start: end, end }, text: ` ${comment}` };
  }
  const [indent] = /^\s*/.exec(line)!;
  return { range: { start, end: start }, text: `${indent}${comment}${/\r?\n/.exec(text)?.[0] ?? "\n"}` };
}
