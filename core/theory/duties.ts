/** What the kept terms ask of each code. */
import type { DerivedLoss, DerivedTerm } from "./loss";
import { variablesOf } from "./print";
import { ancestors, decodingOf, latentOf, pairOf, type Decoding } from "./roles";
import type { Spec, Variable } from "./spec";

/** A stream rebuilt from codes by a likelihood. */
export interface Rebuilding extends DerivedTerm {
  decoding: Decoding;
}

/** A term that scores pairs of two sides. */
export interface Link extends DerivedTerm {
  sides: { first: Variable[]; second: Variable[] };
}

export const rebuildings = ({ terms, spec }: DerivedLoss): Rebuilding[] =>
  terms.flatMap((derived) => {
    const decoding = derived.bound.family === "likelihood" ? decodingOf(derived.term, spec) : undefined;
    return decoding ? [{ ...derived, decoding }] : [];
  });

export const links = ({ terms, spec }: DerivedLoss): Link[] =>
  terms.flatMap((derived) => {
    const { term, bound } = derived;
    const sides = term.side === "keep" && bound.family !== "likelihood" ? pairOf(term, spec) : undefined;
    return sides ? [{ ...derived, sides }] : [];
  });

/** The latents among variables, by name. */
export const codesOf = (spec: Spec, variables: readonly Variable[]): string[] =>
  variables.filter((variable) => latentOf(spec, variable)).map(({ name }) => name);

/** Whether a kept term holds the code, by itself or through a code inferred from it. */
export const isKept = (loss: DerivedLoss, code: string): boolean =>
  keptTerms(loss).some((names) =>
    names.some((name) => name === code || ancestors(loss.spec, name).has(code)),
  );

/** Whether a compressed term holds the code. */
export const isPaid = ({ terms }: DerivedLoss, code: string): boolean =>
  terms.some(({ term }) => term.side === "compress" && variablesOf(term).some(({ name }) => name === code));

/** Names in each kept term. */
const keptTerms = ({ terms }: DerivedLoss): string[][] =>
  terms
    .filter(({ term }) => term.side === "keep")
    .map(({ term }) => variablesOf(term).map(({ name }) => name));

/** Whether a kept term asks for `code` and not for `other`. */
export const asksBeside = (loss: DerivedLoss, code: string, other: string): boolean =>
  keptTerms(loss).some((names) => names.includes(code) && !names.includes(other));

/** Whether a compressed term pays for what two codes have in common. */
export const isSeparated = ({ terms }: DerivedLoss, a: string, b: string): boolean =>
  terms.some(({ term }) => {
    if (term.side !== "compress") return false;
    const names = (variables: readonly Variable[]): string[] => variables.map(({ name }) => name);
    if (term.information.kind === "functional") {
      const of = names(term.information.of);
      return of.includes(a) && of.includes(b);
    }
    const [left, right] = [names(term.information.left), names(term.information.right)];
    return (left.includes(a) && right.includes(b)) || (left.includes(b) && right.includes(a));
  });
