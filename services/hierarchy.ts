/** The hierarchy of `extends`: what a spec is made from, and what is made from it in the files of a workspace. */
import {
  SymbolKind,
  type Location,
  type Position,
  type TypeHierarchyItem,
} from "vscode-languageserver-types";
import type { Range } from "../core/language/diagnostic";
import { declarationAt } from "../core/language/symbols";
import type { SpecTree } from "../core/language/tree";
import { canonicalAddress } from "../core/language/uses";
import { locate, offsetAt, type Document } from "./document";
import { methodPlace } from "./method-text";

/** A spec, and a document that knows it: one that has it, uses it or extends it. */
interface Known {
  document: Document;
  spec: SpecTree;
}

/**
 * The spec whose name is at a place: its own, or after `extends`. Null elsewhere.
 * @param methods address of the folder of the methods' texts, where the editor can open them
 */
export function prepareHierarchy(
  document: Document,
  position: Position,
  methods?: string,
): TypeHierarchyItem[] | null {
  const found = declarationAt(document.symbols, offsetAt(document, position))?.declaration;
  if (found?.kind !== "spec") return null;
  const item = itemOf({ document, spec: found.spec }, methods);
  return item ? [item] : null;
}

/** The spec that a spec extends. @param documents every document of the workspace */
export function supertypes(
  documents: readonly Document[],
  item: TypeHierarchyItem,
  methods?: string,
): TypeHierarchyItem[] {
  const known = knownAs(documents, item);
  const base = known?.document.analysis.library.baseOf(known.spec);
  const found = known && base && itemOf({ document: known.document, spec: base }, methods);
  return found ? [found] : [];
}

/** The specs of the workspace that extend a spec. @param documents every document of the workspace */
export function subtypes(
  documents: readonly Document[],
  item: TypeHierarchyItem,
  methods?: string,
): TypeHierarchyItem[] {
  return documents.flatMap((document) =>
    document.analysis.file.specs.flatMap((spec) => {
      const base = document.analysis.library.baseOf(spec);
      const extended = base && itemOf({ document, spec: base }, methods);
      return extended && isSame(extended, item) ? (itemOf({ document, spec }, methods) ?? []) : [];
    }),
  );
}

/** Undefined where no text that the editor can open has the spec. */
function itemOf({ document, spec }: Known, methods: string | undefined): TypeHierarchyItem | undefined {
  const at = (place: Range): Location | undefined =>
    locate(document, document.analysis.library.sourceOf(spec), place) ?? methodPlace(methods, spec, place);
  const [whole, name] = [at(spec.range), at(spec.name.range)];
  if (whole === undefined || name === undefined) return undefined;
  return {
    name: spec.name.text,
    ...(spec.title === undefined ? {} : { detail: spec.title.value }),
    kind: SymbolKind.Class,
    uri: whole.uri,
    range: whole.range,
    selectionRange: name.range,
  };
}

/** By name and file: the text may have been edited since an item was made. */
const isSame = (a: TypeHierarchyItem, b: TypeHierarchyItem): boolean =>
  a.name === b.name && canonicalAddress(a.uri) === canonicalAddress(b.uri);

/** The spec of an item, from a document that has it, or that uses the file that has it; methods extend nothing. */
function knownAs(documents: readonly Document[], item: TypeHierarchyItem): Known | undefined {
  const address = canonicalAddress(item.uri);
  for (const document of documents) {
    const { library } = document.analysis;
    const source = canonicalAddress(document.uri) === address ? library.own : library.at(address);
    const spec = source?.named.get(item.name)?.[0];
    if (spec !== undefined) return { document, spec };
  }
  return undefined;
}
