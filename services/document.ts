/** A document as the features see it: one version of a text with everything known about it. Never changes. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Position, Range as EditorRange, TextEdit as EditorEdit } from "vscode-languageserver-types";
import type { Range, TextEdit } from "../core/language/diagnostic";
import { methodTree } from "../core/catalogue";
import { scan, type Scan } from "../core/language/scanner";
import { symbolsOf, type FileSymbols } from "../core/language/symbols";
import { analyse, type Analysis } from "../core/theory/analyse";

export interface Document {
  uri: string;
  version: number;
  text: string;
  analysis: Analysis;
  symbols: FileSymbols;
  scan: Scan;
  /** The text again, with its lines found. */
  lines: TextDocument;
}

/** Reads a text. Never fails: what is wrong with it stands in `analysis.diagnostics`. */
export function openDocument(uri: string, version: number, text: string): Document {
  const analysis = analyse(text);
  return {
    uri,
    version,
    text,
    analysis,
    symbols: symbolsOf(analysis.file, methodTree),
    scan: scan(text),
    lines: TextDocument.create(uri, "bottleneck", version, text),
  };
}

export const offsetAt = (document: Document, position: Position): number => document.lines.offsetAt(position);

export const positionAt = (document: Document, offset: number): Position => document.lines.positionAt(offset);

export const toEditorRange = (document: Document, range: Range): EditorRange => ({
  start: document.lines.positionAt(range.start),
  end: document.lines.positionAt(range.end),
});

export const toOffsets = (document: Document, range: EditorRange): Range => ({
  start: document.lines.offsetAt(range.start),
  end: document.lines.offsetAt(range.end),
});

export const toEditorEdit = (document: Document, edit: TextEdit): EditorEdit => ({
  range: toEditorRange(document, edit.range),
  newText: edit.text,
});

/** Whether `inner` lies within `outer`, ends included. */
export const holds = (outer: Range, inner: Range): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** Whether a cursor at `offset` touches the range: inside it or at either end. */
export const touches = (range: Range, offset: number): boolean =>
  range.start <= offset && offset <= range.end;

/** Whether the two have a character, or an empty range's place, in common. */
export const overlaps = (a: Range, b: Range): boolean => a.start <= b.end && b.start <= a.end;
