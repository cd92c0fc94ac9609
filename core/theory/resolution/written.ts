/** Terms of the tree as text, before their names are resolved. */
import type { Variable, WeightedTerm } from "../../language/tree";
import { informationText } from "../terms/print";
import type { Information, Variable as Resolved } from "../spec";

const plainVariable = ({ name, subset }: Variable): Resolved =>
  subset === undefined ? { name: name.text } : { name: name.text, subset: subset.map(({ text }) => text) };

/** The information of a term, with its names as they are written. */
export function plainInformation(term: WeightedTerm["term"]): Information {
  if (term.kind === "functional") {
    return {
      kind: "functional",
      functional: term.functional,
      of: term.of.map(plainVariable),
      each: term.each,
    };
  }
  return {
    kind: "information",
    left: term.left.map(plainVariable),
    right: term.right.map(plainVariable),
    given: term.given.map(plainVariable),
  };
}

/** `I(X; Z)`, without weight and bound. */
export const writtenTerm = ({ term }: WeightedTerm): string => informationText(plainInformation(term));
