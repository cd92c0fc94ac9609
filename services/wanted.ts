/** Writing the codes and terms for the wants of a spec: offered where a person asks what comes next. */
import { CodeActionKind, type CodeAction, type Range as EditorRange } from "vscode-languageserver-types";
import type { Diagnostic } from "../core/language/diagnostic";
import type { SpecTree } from "../core/language/tree";
import { noTerms } from "../core/theory/faults/no-terms";
import { unknownName } from "../core/theory/faults/unknown-name";
import { writeWants } from "../core/theory/write-wants";
import { editorDiagnostic } from "./diagnostics";
import { documentChange, holds, overlaps, toOffsets, type Document } from "./document";

/** The action's title; it says which wants the lines do not meet, and why. */
export function wantedTitle(left: readonly { want: string; reason: string }[]): string {
  const [first] = left;
  return `Write the terms for these wants${first ? ` (not \`${first.want}\`: ${first.reason.replace(/\.$/, "")})` : ""}`;
}

/** At a `want`, at the name of its spec, where the loss is missing, and at a name that the lines would declare. */
export function wantedTerms(document: Document, range: EditorRange): CodeAction[] {
  const place = toOffsets(document, range);
  const { analysis } = document;
  return analysis.specs.flatMap(({ tree }) => {
    const wants = tree.statements.filter(({ kind }) => kind === "want");
    const here = findingsOf(document, tree).filter((finding) => overlaps(finding.range, place));
    if (here.length === 0 && ![tree.name, ...wants].some((part) => overlaps(part.range, place))) return [];
    const written = writeWants(analysis, tree);
    if (written === undefined) return [];
    const remaining = new Set(written.after.diagnostics.map(keyOf));
    const gone = here.filter((finding) => !remaining.has(keyOf(finding)));
    return [
      {
        title: wantedTitle(written.left),
        kind: CodeActionKind.QuickFix,
        edit: documentChange(document, written.edits),
        ...(gone.length > 0
          ? { diagnostics: gone.map((finding) => editorDiagnostic(document, finding)) }
          : {}),
      },
    ];
  });
}

/** Findings that the lines for wants may fix in a spec. */
const findingsOf = ({ analysis }: Document, tree: SpecTree): Diagnostic[] =>
  analysis.diagnostics.filter(
    ({ code, range }) => (code === noTerms.code || code === unknownName.code) && holds(tree.range, range),
  );

const keyOf = ({ code, message }: Diagnostic): string => `${code} ${message}`;
