/** Refactorings as code actions. */
import type { CodeAction, Range as EditorRange } from "vscode-languageserver-types";
import { conversionsAt } from "../core/theory/refactorings/convert";
import { refactoringsAt } from "../core/theory/refactorings/index";
import { documentChange, toOffsets, type Document } from "./document";

/** @param only whether actions of a kind were asked for */
export const refactorings = (
  document: Document,
  range: EditorRange,
  only: (kind: string) => boolean,
): CodeAction[] =>
  [refactoringsAt, conversionsAt]
    .flatMap((find) => find(document.analysis, toOffsets(document, range)))
    .filter(({ kind }) => only(kind))
    .map(({ title, kind, edits }) => ({ title, kind, edit: documentChange(document, edits) }));
