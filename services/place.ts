/** Where a name of the preview is in the text: a declaration, or a term by its id; and the edit that makes a change. */
import type { Change } from "../core/theory/change";
import { changeEdit } from "../core/theory/change-edit";
import { writtenKnob } from "../core/theory/written-knob";
import { specNamed } from "./derived";
import { locate, toEditorRange, type Document } from "./document";
import type { ChangeAnswer, PlaceAnswer } from "./protocol";

/** @param spec name of the spec; the first of the document where absent */
export function placeOf(document: Document, spec: string | undefined, name: string): PlaceAnswer {
  const found = specNamed(document, spec);
  const symbols = document.symbols.specs.find((one) => one.spec === found?.tree);
  const term = found?.spec?.terms.find(({ id }) => id === name);
  const { version, analysis } = document;
  if (term !== undefined) return { version, range: toEditorRange(document, term.range) };
  // A knob is turned where its number is; another name is looked at where this file has it, if it does.
  const knob = writtenKnob(symbols, analysis.library, name);
  const meant = knob?.declaration ?? symbols?.scope.get(name);
  const place = meant && locate(document, analysis.library.sourceOf(meant.spec), meant.place);
  return place === undefined ? null : { version, ...elsewhere(document, place.uri), range: place.range };
}

/** @param spec name of the spec; the first of the document where absent */
export function editFor(document: Document, spec: string | undefined, change: Change): ChangeAnswer {
  const changed = changeEdit(document.analysis, spec, change);
  const place = changed && locate(document, changed.source, changed.edit.range);
  if (changed === undefined || place === undefined) return null;
  const edit = { range: place.range, newText: changed.edit.text };
  return { version: document.version, ...elsewhere(document, place.uri), edit };
}

const elsewhere = (document: Document, uri: string): { uri?: string } =>
  uri === document.uri ? {} : { uri };
