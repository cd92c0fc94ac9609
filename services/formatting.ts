/** Formatting of a document, or of the lines of a range. */
import type { Range as EditorRange, TextEdit } from "vscode-languageserver-types";
import { format } from "../core/language/formatter";
import { toEditorEdit, toOffsets, type Document } from "./document";

export const formatting = (document: Document, range?: EditorRange): TextEdit[] =>
  format(document.text, range && toOffsets(document, range)).map((edit) => toEditorEdit(document, edit));
