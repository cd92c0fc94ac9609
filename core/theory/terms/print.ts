/** Terms and variables as the spec language writes them. */
import type { Information, Term, Variable } from "../spec";

/** `Z`, `Z[X, Y]`, `Z[]`. */
export const variableText = ({ name, subset }: Variable): string =>
  subset ? `${name}[${subset.join(", ")}]` : name;

export const variablesText = (variables: readonly Variable[]): string =>
  variables.map(variableText).join(", ");

/** `I(X, Y; Z | W)`, `gap(Z, each)`. */
export function informationText(information: Information): string {
  if (information.kind === "functional") {
    return `${information.functional}(${variablesText(information.of)}${information.each ? ", each" : ""})`;
  }
  const { left, right, given } = information;
  return `I(${variablesText(left)}; ${variablesText(right)}${given.length > 0 ? ` | ${variablesText(given)}` : ""})`;
}

/** Everything a term names, conditions included. */
export const variablesOf = ({ information }: Pick<Term, "information">): Variable[] =>
  information.kind === "functional"
    ? information.of
    : [...information.left, ...information.right, ...information.given];

/** `compress I(X; Z)`. */
export const termText = (term: Pick<Term, "side" | "information">): string =>
  `${term.side} ${informationText(term.information)}`;
