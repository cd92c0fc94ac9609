/** Definition, references, highlights and rename: all from what a word names. */
import {
  DocumentHighlightKind,
  type DocumentHighlight,
  type Location,
  type Position,
  type Range as EditorRange,
  type WorkspaceEdit,
} from "vscode-languageserver-types";
import type { Range } from "../core/language/diagnostic";
import type { Declaration } from "../core/language/declaration";
import { declarationAt, usesOf } from "../core/language/symbols";
import { locate, offsetAt, toEditorRange, touches, type Document } from "./document";
import { isOwn } from "./scope";

/** Raised when a rename cannot be done, with the reason for the person. */
export class RenameError extends Error {}

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

/** Where a name is declared, here or in a file that is used; behind the path of a `use`, that file. */
export function definition(document: Document, position: Position): Location | null {
  const offset = offsetAt(document, position);
  const { library, file } = document.analysis;
  const use = file.uses.find(({ path }) => touches(path.range, offset));
  if (use !== undefined) {
    const behind = library.behind(use, library.own);
    return (behind && "file" in behind && locate(document, behind, { start: 0, end: 0 })) || null;
  }
  const declaration = declarationAt(document.symbols, offset)?.declaration;
  const source = declaration && library.sourceOf(declaration.spec);
  return (declaration && locate(document, source, declaration.place)) ?? null;
}

/** @param declared whether the declaration is among them */
export function references(document: Document, position: Position, declared: boolean): Location[] {
  const meant = meaningAt(document, position);
  if (meant === undefined) return [];
  const places = declared
    ? placesOf(document, meant.declaration)
    : usesOf(document.symbols, meant.declaration);
  return places.map((place) => here(document, place));
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

/** The range that a rename would change, with its text. @throws RenameError on what is no name of the file */
export function prepareRename(
  document: Document,
  position: Position,
): { range: EditorRange; placeholder: string } {
  const { declaration, place } = renamed(document, position);
  return { range: toEditorRange(document, place), placeholder: declaration.name };
}

function renamed(document: Document, position: Position): Meaning {
  const meant = meaningAt(document, position);
  if (meant === undefined) {
    throw new RenameError(
      "Only a name that this file declares can be renamed, such as a modality, a code or a knob.",
    );
  }
  return meant;
}

const isName = /^[\p{L}_][\p{L}\p{N}\p{M}_]*$/u;

/** @throws RenameError when the new name is none, or is taken */
export function rename(document: Document, position: Position, newName: string): WorkspaceEdit {
  const { declaration } = renamed(document, position);
  if (!isName.test(newName)) {
    throw new RenameError(
      `\`${newName}\` is not a name: a name must begin with a letter and contain only letters, digits and \`_\`.`,
    );
  }
  if (newName !== declaration.name && isTaken(document, declaration, newName)) {
    throw new RenameError(`\`${newName}\` is already declared here.`);
  }
  const edits = placesOf(document, declaration).map((place) => ({
    range: toEditorRange(document, place),
    newText: newName,
  }));
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits }] };
}

/** Whether the name is declared in the spec of a declaration, or in one that extends it. */
function isTaken(document: Document, declaration: Declaration, name: string): boolean {
  if (declaration.kind === "spec") return document.symbols.specs.some(({ spec }) => spec.name.text === name);
  return document.symbols.specs
    .filter(
      ({ spec, scope }) =>
        spec === declaration.spec || scope.get(declaration.name)?.spec === declaration.spec,
    )
    .some(({ scope }) => scope.has(name));
}
