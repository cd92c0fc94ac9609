/** From places of the text to what was derived there. */
import type { SpecTree, TermStatement, WeightedTerm } from "../core/language/tree";
import type { DerivedLoss } from "../core/theory/derivation/loss";
import { shownTerms, type ShownTerm } from "../core/theory/derivation/patterns";
import type { AnalysedSpec } from "../core/theory/analysed";
import type { Document } from "./document";

/** What is known of a spec of the tree. */
export const analysed = (document: Document, spec: SpecTree): AnalysedSpec | undefined =>
  document.analysis.specs.find(({ tree }) => tree === spec);

/** A spec by its name; the first of the document where none is given. */
export const specNamed = (document: Document, name: string | undefined): AnalysedSpec | undefined =>
  document.analysis.specs.find(({ tree }) => name === undefined || tree.name.text === name);

/** The terms that stand in a spec, those under an `each` once. */
export const writtenTerms = ({ statements }: SpecTree): WeightedTerm[] =>
  statements.flatMap((statement) => {
    const inner = statement.kind === "each" ? [statement.body] : [statement];
    return inner.filter((one): one is TermStatement => one.kind === "term").flatMap(({ terms }) => terms);
  });

/** The derived terms of a weighted term: several under an `each`, none while it has errors; those of all subsets as one. */
export const derivedTerms = (loss: DerivedLoss, { range }: WeightedTerm): ShownTerm[] =>
  shownTerms(loss).filter(({ term }) => term.range.start === range.start && term.range.end === range.end);
