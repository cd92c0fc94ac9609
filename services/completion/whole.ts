/** What several lines are written by at once: the streams of the data, and the terms for wants. */
import { CompletionItemKind, InsertTextFormat, type CompletionItem } from "vscode-languageserver-types";
import type { TextEdit } from "../../core/language/diagnostic";
import type { SpecTree } from "../../core/language/tree";
import { writeWants } from "../../core/theory/write-wants";
import { builtIn, declareStreams } from "../declare";
import { toEditorEdit, toEditorRange, type Document } from "../document";
import { wantedTitle } from "../wanted";
import type { CursorPlace } from "./cursor";

/** Lines that an item writes elsewhere than at the cursor. */
interface Written {
  label: string;
  detail: string;
  edits: readonly TextEdit[];
  /** The words with which the lines begin. */
  words: string;
}

/** None within a statement. */
export function wholeItems(
  document: Document,
  { before, spec, string, word, each }: CursorPlace,
): CompletionItem[] {
  if (spec === undefined || string !== undefined || before.length > 0 || each !== undefined) return [];
  const written = [wantedLines(document, spec), streamLines(document, spec)].filter(
    (one) => one !== undefined,
  );
  return written
    .filter(({ edits }) =>
      // What is typed and what is added must not meet.
      edits.every(({ range }) => range.end < word.start || range.start > word.end),
    )
    .map(({ label, detail, edits, words }, order) => ({
      label,
      kind: CompletionItemKind.Snippet,
      detail,
      // Before the first of the lines that are written one by one.
      sortText: "0".repeat(order + 1),
      // Behind a line that begins with what is typed.
      filterText: `+ ${words}`,
      ...(order === 0 ? { preselect: true } : {}),
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { range: toEditorRange(document, word), newText: "" },
      additionalTextEdits: edits.map((edit) => toEditorEdit(document, edit)),
      documentation: {
        kind: "markdown",
        value: `\`\`\`bottleneck\n${edits.map(({ text }) => text.trim()).join("\n")}\n\`\`\``,
      },
    }));
}

/** The codes and terms for the wants, until the spec has a term. */
function wantedLines(document: Document, spec: SpecTree): Written | undefined {
  if (spec.statements.some(({ kind }) => kind === "term")) return undefined;
  const written = writeWants(document.analysis, spec);
  return (
    written && {
      label: wantedTitle([]),
      detail: wantedTitle(written.left),
      edits: written.edits,
      words: "latent compress keep terms wanted",
    }
  );
}

/** All that built-in data has, until the spec has a stream. */
function streamLines(document: Document, spec: SpecTree): Written | undefined {
  if (spec.statements.some(({ kind }) => kind === "stream")) return undefined;
  const data = builtIn(spec);
  const declared = data && declareStreams(document, spec, data);
  return (
    declared && {
      label: declared.title,
      detail: `all that ${data.title} contains`,
      edits: declared.edits,
      words: "modality target observe streams declare",
    }
  );
}
