/** Definition, references and highlights: all from what a word names. */
import {
  DocumentHighlightKind,
  type DocumentHighlight,
  type Location,
  type Position,
} from "vscode-languageserver-types";
import type { Range } from "../core/language/diagnostic";
import type { Declaration } from "../core/language/declaration";
import { declarationAt, usesOf } from "../core/language/symbols";
import { locate, offsetAt, toEditorRange, touches, type Document } from "./document";
import { methodPlace } from "./method-text";
import { isOwn } from "./scope";
import { oneThing, placesIn } from "./workspace";

interface Meaning {
  declaration: Declaration;
  /** Of the name at the cursor. */
  place: Range;
}

/** What the name at the cursor means; undefined when another text declares it. */
function meaningAt(document: Document, position: Position): Meaning | undefined {
  const found = declarationAt(document.symbols, offsetAt(document, position));
  return found && isOwn(document, found.declaration) ? found : undefined;
}

/** The declaration's place and those of all its uses. */
const placesOf = (document: Document, declaration: Declaration): Range[] => [
  declaration.place,
  ...usesOf(document.symbols, declaration),
];

const here = (document: Document, place: Range): Location => ({
  uri: document.uri,
  range: toEditorRange(document, place),
});

/**
 * Where a name is declared: here, in a file that is used, or in the text of a method; of the path of a `use`, that file.
 * @param methods address of the folder of the methods' texts, where the editor can open them
 */
export function definition(document: Document, position: Position, methods?: string): Location | null {
  const offset = offsetAt(document, position);
  const { library, file } = document.analysis;
  const use = file.uses.find(({ path }) => touches(path.range, offset));
  if (use !== undefined) {
    const behind = library.behind(use, library.own);
    return (behind && "file" in behind && locate(document, behind, { start: 0, end: 0 })) || null;
  }
  const declaration = declarationAt(document.symbols, offset)?.declaration;
  if (declaration === undefined) return null;
  const { spec, place } = declaration;
  return locate(document, library.sourceOf(spec), place) ?? methodPlace(methods, spec, place) ?? null;
}

/**
 * Where a name is used in the documents of a workspace.
 * @param declared whether its declarations are among them: those that replace it in heirs too
 */
export function references(
  documents: readonly Document[],
  document: Document,
  position: Position,
  declared: boolean,
): Location[] {
  const found = declarationAt(document.symbols, offsetAt(document, position));
  if (found === undefined) return [];
  const { keys } = oneThing(documents, document, found.declaration);
  return documents.flatMap((other) => {
    const places = placesIn(other, keys);
    const all = [...(declared ? places.declared.map(({ place }) => place) : []), ...places.used];
    return all.map((place) => here(other, place));
  });
}

/** The same name elsewhere in the document; where it is declared, as written to. */
export function highlights(document: Document, position: Position): DocumentHighlight[] {
  const meant = meaningAt(document, position);
  if (meant === undefined) return [];
  return placesOf(document, meant.declaration).map((place, index) => ({
    range: toEditorRange(document, place),
    kind: index === 0 ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
