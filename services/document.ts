/** A document as the features see it: one version of a text with everything known about it. Never changes. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type {
  Location,
  Position,
  Range as EditorRange,
  TextEdit as EditorEdit,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import type { Range, TextEdit } from "../core/language/diagnostic";
import type { Parse } from "../core/language/sections";
import { symbolsOf, type FileSymbols } from "../core/language/symbols";
import type { Uses } from "../core/language/uses";
import type { DerivedLoss } from "../core/theory/derivation/loss";
import { analyse, type Analysis } from "../core/theory/analyse";
import type { Source } from "../core/theory/resolution/library";

export interface Document {
  uri: string;
  version: number;
  text: string;
  analysis: Analysis;
  symbols: FileSymbols;
  parsed: Parse;
  /** The loss of each spec, by name, as of the last version in which it had no errors; its places are of any version. */
  losses: ReadonlyMap<string, DerivedLoss>;
  /** The text again, with its lines found. */
  lines: TextDocument;
}

/**
 * Reads a text. Never fails: `analysis.diagnostics` lists its errors.
 * @param uses the files that it uses, as far as they have been read
 * @param before the version before an edit: what that leaves as it was is not worked out again
 */
export function openDocument(
  uri: string,
  version: number,
  text: string,
  uses: Uses = {},
  before?: Document,
): Document {
  const analysis = analyse(text, { location: uri, uses }, before?.analysis);
  const { file, library } = analysis;
  return {
    uri,
    version,
    text,
    analysis,
    symbols: symbolsOf(file, (_name, from) => library.baseOf(from)),
    parsed: library.own.parsed,
    losses: lastLosses(analysis, before),
    lines: TextDocument.create(uri, "bottleneck", version, text),
  };
}

/** A spec that an edit breaks keeps the loss it had, so that what shows it does not vanish while a person types. */
function lastLosses({ specs }: Analysis, before: Document | undefined): Map<string, DerivedLoss> {
  const losses = new Map<string, DerivedLoss>();
  for (const { tree, valid, unplaced } of specs) {
    const name = tree.name.text;
    const last = valid ? unplaced : before?.losses.get(name);
    if (last !== undefined) losses.set(name, last);
  }
  return losses;
}

export const offsetAt = (document: Document, position: Position): number => document.lines.offsetAt(position);

export const positionAt = (document: Document, offset: number): Position => document.lines.positionAt(offset);

export const toEditorRange = (document: Document, range: Range): EditorRange => ({
  start: document.lines.positionAt(range.start),
  end: document.lines.positionAt(range.end),
});

/** A place of this document, or of a file that it uses; undefined where that has no address. */
export function locate(document: Document, source: Source | undefined, range: Range): Location | undefined {
  if (source === document.analysis.library.own)
    return { uri: document.uri, range: toEditorRange(document, range) };
  if (source?.location === undefined) return undefined;
  const lines = TextDocument.create(source.location, "bottleneck", 0, source.text);
  const [start, end] = [lines.positionAt(range.start), lines.positionAt(range.end)];
  return { uri: source.location, range: { start, end } };
}

export const toOffsets = (document: Document, range: EditorRange): Range => ({
  start: document.lines.offsetAt(range.start),
  end: document.lines.offsetAt(range.end),
});

export const toEditorEdit = (document: Document, edit: TextEdit): EditorEdit => ({
  range: toEditorRange(document, edit.range),
  newText: edit.text,
});

/** Edits of this version of the document: an editor refuses them when it has gone on. */
export const documentChange = (document: Document, edits: readonly TextEdit[]): WorkspaceEdit => ({
  documentChanges: [
    {
      textDocument: { uri: document.uri, version: document.version },
      edits: edits.map((edit) => toEditorEdit(document, edit)),
    },
  ],
});

/** Whether `inner` lies within `outer`, ends included. */
export const holds = (outer: Range, inner: Range): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** Whether a cursor at `offset` touches the range: inside it or at either end. */
export const touches = (range: Range, offset: number): boolean =>
  range.start <= offset && offset <= range.end;

/** Whether the two have a character, or an empty range's place, in common. */
export const overlaps = (a: Range, b: Range): boolean => a.start <= b.end && b.start <= a.end;
