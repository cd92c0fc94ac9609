/** Which terms of which spec a place of the text is in. */
import type { Position } from "vscode-languageserver-types";
import { derivedTerms, writtenTerms } from "./derived";
import { offsetAt, touches, type Document } from "./document";
import type { TermsAtAnswer } from "./protocol";

/** Ids as a preview of the spec has them: several where a term was split, none between terms. */
export function termsAt(document: Document, position: Position): TermsAtAnswer {
  const offset = offsetAt(document, position);
  const found = document.analysis.specs.find(({ tree }) => touches(tree.range, offset));
  if (found === undefined) return null;
  const { tree, derived } = found;
  const here = writtenTerms(tree).filter(({ range }) => touches(range, offset));
  const terms = derived ? here.flatMap((term) => derivedTerms(derived, term)) : [];
  return { spec: tree.name.text, terms: [...new Set(terms.map(({ term }) => term.id))] };
}
