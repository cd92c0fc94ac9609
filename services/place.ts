/** Where a name of the preview is in the text: a declaration, or a term by its id; and the edit that writes a knob. */
import { knobEdit, writtenKnob } from "../core/theory/written-knob";
import { specNamed } from "./derived";
import { locate, toEditorRange, type Document } from "./document";
import type { PlaceAnswer } from "./protocol";

/**
 * @param spec name of the spec; the first of the document where absent
 * @param value to be written, where the name is that of a knob
 */
export function placeOf(
  document: Document,
  spec: string | undefined,
  name: string,
  value?: number,
): PlaceAnswer {
  const found = specNamed(document, spec);
  const symbols = document.symbols.specs.find((one) => one.spec === found?.tree);
  const term = found?.spec?.terms.find(({ id }) => id === name);
  const { version, analysis } = document;
  if (term !== undefined) return { version, range: toEditorRange(document, term.range) };
  // A knob is turned where its number is; another name is looked at where this file has it, if it does.
  const knob = writtenKnob(symbols, analysis.library, name);
  const meant = knob?.declaration ?? symbols?.scope.get(name);
  const source = meant && analysis.library.sourceOf(meant.spec);
  const place = meant && locate(document, source, meant.place);
  if (meant === undefined || place === undefined) return null;
  const edit = knob && value !== undefined ? knobEdit(knob, value) : undefined;
  const range = edit && locate(document, source, edit.range)?.range;
  return {
    version,
    ...(place.uri === document.uri ? {} : { uri: place.uri }),
    range: place.range,
    ...(edit && range ? { edit: { range, newText: edit.text } } : {}),
  };
}
