/** Where a name of the preview stands in the text: a declaration, or a term by its id. */
import type { Declaration } from "../core/language/declaration";
import { specNamed } from "./derived";
import { locate, toEditorRange, type Document } from "./document";
import type { PlaceAnswer } from "./protocol";

/** @param spec name of the spec; the first of the document where absent */
export function placeOf(document: Document, spec: string | undefined, name: string): PlaceAnswer {
  const found = specNamed(document, spec);
  const declaration = document.symbols.specs.find((symbols) => symbols.spec === found?.tree)?.scope.get(name);
  const term = found?.spec?.terms.find(({ id }) => id === name);
  const { version, analysis } = document;
  if (term !== undefined) return { version, range: toEditorRange(document, term.range) };
  const origin = originOf(declaration);
  // A knob is turned where its number stands; another name is looked at where this file says it, if it does.
  const meant = origin?.statement?.kind === "knob" ? origin : declaration;
  const source = meant && analysis.library.sourceOf(meant.spec);
  const place = meant && locate(document, source, meant.place);
  if (meant === undefined || place === undefined) return null;
  const { statement } = meant;
  const value =
    statement?.kind === "knob" ? locate(document, source, statement.value.range)?.range : undefined;
  return {
    version,
    ...(place.uri === document.uri ? {} : { uri: place.uri }),
    range: place.range,
    ...(value === undefined ? {} : { value }),
  };
}

/** What declares a name, under whatever name it stands there. */
function originOf(declaration: Declaration | undefined): Declaration | undefined {
  return declaration?.renames ? originOf(declaration.renames) : declaration;
}
