/** Documentation of items that bring none: names by their declarations; terms and lines by the words they begin with. */
import type { Declaration } from "../../core/language/declaration";
import { entryOf, type Category } from "../../core/language/vocabulary";
import { paragraphs, source } from "../describe";
import { declarationMarkdown } from "../describe-names";
import type { Document } from "../document";
import type { CursorPlace } from "./cursor";
import { plainText, type Offer } from "./items";

/** Adds what an item means to an item that does not say it. */
export function documented(
  document: Document,
  { spec, before }: CursorPlace,
  names: readonly Declaration[],
): (offer: Offer) => Offer {
  const statement = before[0]?.text;
  return (offer) => {
    if (offer.documentation !== undefined || offer.data !== undefined) return offer;
    const declaration = names.find(({ name }) => name === offer.label);
    if (declaration !== undefined)
      return { ...offer, documentation: declarationMarkdown(document, declaration, spec) };
    return { ...offer, documentation: textMarkdown(offer, statement) };
  };
}

/** A text that is offered whole, why it is, and what the word means that it begins with. */
function textMarkdown({ label, snippet, detail = "" }: Offer, statement: string | undefined): string {
  const text = plainText(snippet ?? label);
  const functional = /\b(I|TC|gap|H)\(/.exec(text)?.[1];
  const [first] = /^\w+/.exec(text) ?? [""];
  const line = entryOf("statement", first) !== undefined;
  const goesOn = !line && statement !== undefined && (functional !== undefined || text.includes(" : "));
  const words: [Category, string | undefined][] = [
    ["statement", line ? first : goesOn ? statement : undefined],
    ["functional", functional],
  ];
  const docs = words.map(([category, word]) => word && entryOf(category, word)?.doc);
  return paragraphs(source(goesOn ? `${statement} ${text}` : text), sentence(detail), ...docs);
}

const sentence = (text: string): string =>
  text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
