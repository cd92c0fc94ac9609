/** What the kept terms ask of each code. */
import type { DerivedLoss, DerivedTerm } from "../derivation/loss";
import { variablesOf } from "../terms/print";
import { ancestors, latentOf, type Decoding, type Role } from "../terms/roles";
import type { Spec, Variable } from "../spec";

/** A stream rebuilt from codes by a likelihood. */
export interface Rebuilding extends DerivedTerm {
  decoding: Decoding;
}

/** A kept term that scores what belongs together: two sides, or several codes at once. */
type Link<Term = DerivedTerm> = Term & { sides: Variable[][] };

export const rebuildings = ({ terms }: { terms: readonly DerivedTerm[] }): Rebuilding[] =>
  terms.flatMap((derived) =>
    derived.role.kind === "decoding" ? [{ ...derived, decoding: derived.role }] : [],
  );

export const links = <Term extends Pick<DerivedTerm, "term" | "role">>({
  terms,
}: {
  terms: readonly Term[];
}): Link<Term>[] =>
  terms.flatMap((derived) => {
    const sides = derived.term.side === "keep" ? sidesOf(derived.role) : [];
    return sides.length > 1 ? [{ ...derived, sides }] : [];
  });

/** What a term says to belong together; the entropy of one code, or its spread, links it to nothing. */
function sidesOf(role: Role): Variable[][] {
  if (role.kind === "functional") return role.functional === "TC" ? role.of.map((code) => [code]) : [];
  return role.kind === "link" ? [role.first, role.second] : [];
}

/** The latents among variables, by name. */
export const codesOf = (spec: Spec, variables: readonly Variable[]): string[] =>
  variables.filter((variable) => latentOf(spec, variable)).map(({ name }) => name);

/** Whether a kept term holds the code, by itself or through a code inferred from it. */
export const isKept = (loss: DerivedLoss, code: string): boolean =>
  keptTerms(loss).some((names) =>
    names.some((name) => name === code || ancestors(loss.spec, name).has(code)),
  );

/** Whether a compressed term holds the code. */
export const isCompressed = ({ terms }: DerivedLoss, code: string): boolean =>
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
