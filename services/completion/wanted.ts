/** The first thing to write in a spec that says what it wants and has no term yet: the terms. */
import { CompletionItemKind, InsertTextFormat, type CompletionItem } from "vscode-languageserver-types";
import { writeWants } from "../../core/theory/write-wants";
import { toEditorEdit, toEditorRange, type Document } from "../document";
import { wantedTitle } from "../wanted";
import type { CursorPlace } from "./cursor";

/** None within a statement, and where a term or no want is written. */
export function wantedItems(
  document: Document,
  { before, spec, string, word }: CursorPlace,
): CompletionItem[] {
  if (spec === undefined || string !== undefined || before.length > 0) return [];
  if (spec.statements.some(({ kind }) => kind === "term")) return [];
  const written = writeWants(document.analysis, spec);
  // What is typed and what is added must not meet.
  if (written?.edits.every(({ range }) => range.end < word.start || range.start > word.end) !== true)
    return [];
  return [
    {
      label: wantedTitle([]),
      kind: CompletionItemKind.Snippet,
      detail: wantedTitle(written.left),
      sortText: "0",
      // Behind a line that begins with what is typed.
      filterText: "+ latent compress keep terms wanted",
      preselect: true,
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { range: toEditorRange(document, word), newText: "" },
      additionalTextEdits: written.edits.map((edit) => toEditorEdit(document, edit)),
      documentation: { kind: "plaintext", value: written.edits.map(({ text }) => text.trim()).join("\n") },
    },
  ];
}
