/** The bounds that can be written at the cursor. */
import type { Bound } from "../../core/theory/bound";
import { bounds } from "../../core/theory/bounds";
import { Library } from "../../core/theory/resolution/library";
import { resolve } from "../../core/theory/resolution/resolve";
import type { Spec, Term } from "../../core/theory/spec";
import type { Document } from "../document";
import type { CursorPlace } from "./cursor";

/**
 * The bounds of a side that can hold the term before the cursor; all of the side where the term cannot be read yet. Those
 * that the language would choose by themselves come in the order of the registry.
 */
export function fittingBounds(document: Document, place: CursorPlace, side: "compress" | "keep"): Bound[] {
  const ofSide = bounds.filter((bound) => bound.serves.includes(side));
  const found = termBefore(document, place);
  if (found === undefined) return ofSide;
  return ofSide.filter((bound) => bound.refuses(found.term, found.spec) === undefined);
}

/** The term before the cursor, read from the text without the `by` clause that is being written. */
function termBefore(
  document: Document,
  { before, word, spec }: CursorPlace,
): { term: Term; spec: Spec } | undefined {
  const by = before.findLast(({ text }) => text === "by");
  if (by === undefined || spec === undefined) return undefined;
  const { text } = document;
  const line = text.slice(by.start).search(/[\r\n]|$/) + by.start;
  const end = Math.max(word.end, line);
  const blank = text.slice(0, by.start) + " ".repeat(end - by.start) + text.slice(end);
  const library = new Library(blank, document.analysis.library.origin);
  const same = library.own.file.specs.find(({ name }) => name.range.start === spec.name.range.start);
  const resolved = same && resolve(same, library).spec;
  const term = resolved?.terms.findLast(
    ({ range }) => range.end <= by.start && range.start >= before[0]!.start,
  );
  return resolved && term ? { term, spec: resolved } : undefined;
}
