/** Offers are tried before they are shown: what would be an error where it is written is left out. */
import { faults } from "../../core/language/faults";
import { analyse } from "../../core/theory/analyse";
import type { Document } from "../document";
import type { CursorPlace } from "./cursor";
import { plainText, type Offer } from "./items";

/** The offers that bring no error to their line; of a line that is still open, none but those of its form. */
export function tried(document: Document, place: CursorPlace, offers: Offer[]): Offer[] {
  const { text, analysis } = document;
  const { word, before, spec, string } = place;
  if (spec === undefined || string !== undefined) return offers;
  const start = text.lastIndexOf("\n", word.start - 1) + 1;
  const end = text.slice(word.end).search(/[\r\n]|$/) + word.end;
  const had = analysis.diagnostics.filter(
    ({ severity, range }) => severity === "error" && start <= range.start && range.start <= end,
  );
  const known = new Set(had.map(({ message }) => message));
  const open = before.length > 0 && had.length > 0;
  return offers.filter((offer) => {
    // What only begins something cannot be judged.
    if (isBeginning(offer)) return true;
    const called = text[word.end] === "(" && offer.snippet?.startsWith(`${offer.label}(`) === true;
    const written = called ? offer.label : plainText(offer.snippet ?? offer.label);
    const added = written.length - (word.end - word.start);
    const after = analyse(
      text.slice(0, word.start) + written + text.slice(word.end),
      analysis.library.origin,
      analysis,
    );
    return !after.diagnostics.some(
      ({ severity, range, message, code }) =>
        severity === "error" &&
        start <= range.start &&
        range.start <= end + added &&
        !known.has(message) &&
        !(open && Object.hasOwn(faults, code)),
    );
  });
}

/** A word such as `from`, which others follow, a weight, or the name of an option. */
const isBeginning = ({ data, snippet }: Offer): boolean =>
  snippet?.endsWith("$0") === true ||
  snippet?.endsWith("= ") === true ||
  (data !== undefined && "category" in data && data.category === "clause");
