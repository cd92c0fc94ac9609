/** What the words of a document name, in the terms that features speak of. */
import type { Range } from "../core/language/diagnostic";
import type { Declaration } from "../core/language/declaration";
import { declarationAt } from "../core/language/symbols";
import type { SpecTree, StreamStatement } from "../core/language/tree";
import type { Document } from "./document";

export type NameKind = StreamStatement["role"] | Exclude<Declaration["kind"], "stream">;

/** What sort of name it is; a stream by its role. */
export function kindOf({ kind, statement, renames }: Declaration): NameKind {
  if (kind !== "stream") return kind;
  if (renames !== undefined) return kindOf(renames);
  const inner = statement?.kind === "each" ? statement.body : statement;
  return inner?.kind === "stream" ? inner.role : "modality";
}

/** Whether the document itself declares it: what it inherits from a method of the catalogue it does not. */
export const isOwn = (document: Document, { spec }: Declaration): boolean =>
  document.analysis.file.specs.includes(spec);

/** Every name in reach of a spec's statements. */
export const namesInScope = (document: Document, spec: SpecTree): Declaration[] => [
  ...(document.symbols.specs.find((symbols) => symbols.spec === spec)?.scope.values() ?? []),
];

/** What the word at a place names, or declares; undefined for words of the language and for unknown names. */
export const declarationOf = (document: Document, range: Range): Declaration | undefined => {
  const found = declarationAt(document.symbols, range.end);
  // Two names may touch at a cursor, but not at both ends.
  return found && found.place.start === range.start ? found.declaration : undefined;
};
