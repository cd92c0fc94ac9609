/** Where a name of the preview stands in the text: a declaration, or a term by its id. */
import type { Range } from "../core/language/diagnostic";
import { specNamed } from "./derived";
import { toEditorRange, type Document } from "./document";
import type { PlaceAnswer } from "./protocol";

/** @param spec name of the spec; the first of the document where absent */
export function placeOf(document: Document, spec: string | undefined, name: string): PlaceAnswer {
  const found = specNamed(document, spec);
  const declaration = document.symbols.specs.find((symbols) => symbols.spec === found?.tree)?.scope.get(name);
  const term = found?.spec?.terms.find(({ id }) => id === name);
  const range: Range | undefined = term?.range ?? declaration?.place;
  if (range === undefined) return null;
  const statement = declaration?.statement;
  const value = statement?.kind === "knob" ? statement.value.range : undefined;
  return {
    version: document.version,
    range: toEditorRange(document, range),
    ...(value === undefined ? {} : { value: toEditorRange(document, value) }),
  };
}
