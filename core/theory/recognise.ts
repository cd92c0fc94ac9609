/** Which published method a loss is, or how it differs from the nearest one. */
import { catalogue, type CatalogueEntry } from "../catalogue/index";
import { canonicalForm, sameWeight, type CanonicalForm } from "./canonical";
import { beta, derive } from "./derive";
import type { DerivedLoss } from "./loss";
import { compare, leastDistance, type Comparison } from "./match";
import { resolve } from "./resolve";
import { evaluate, knobValues } from "./scalar";

export interface Recognition {
  /**
   * `exact`: the same method. `limit`: the same with beta fixed at 1, where the method has it free. `near`: it differs by
   * what `differences` says. `none`: no method shares enough with it.
   */
  match: "exact" | "limit" | "near" | "none";
  method?: string;
  source?: string;
  /** Other names of the method, and of its special cases. */
  variants: string[];
  differences: string[];
  /** One line: `DVSIB-private without Wy, InfoNCE instead of MINE`; empty where there is none. */
  text: string;
  /** beta on the side of what is kept, and its inverse, on the side of the cost. */
  beta: { kept: number; cost: number };
}

/** A loss as far as this from every method is none of them. */
export const TOO_FAR = 8.5;

export interface KnownMethod {
  entry: CatalogueEntry;
  derived: DerivedLoss;
  form: CanonicalForm;
}

let known: readonly KnownMethod[] | undefined;

/** Every method of the catalogue with its loss. */
export const methods = (): readonly KnownMethod[] =>
  (known ??= catalogue().flatMap((entry) => {
    const { spec } = resolve(entry.tree, {
      kind: "file",
      uses: [],
      specs: [],
      comments: [],
      range: entry.tree.range,
    });
    const derived = spec && derive(spec);
    return derived ? [{ entry, derived, form: canonicalForm(derived) }] : [];
  }));

/** Compares a derived loss with every method of the catalogue. */
export function recognise(derived: DerivedLoss): Recognition {
  const own = canonicalForm(derived);
  const kept = evaluate(beta(derived.spec), knobValues(derived.spec.knobs));
  const none: Recognition = {
    match: "none",
    variants: [],
    differences: [],
    text: "",
    beta: { kept, cost: 1 / kept },
  };
  if (own.terms.length === 0) return none;
  const candidates = methods()
    .map((candidate) => ({ candidate, least: leastDistance(own, candidate.form) }))
    .filter(({ least }) => least < TOO_FAR)
    .sort((a, b) => a.least - b.least);
  let nearest: { known: KnownMethod; comparison: Comparison } | undefined;
  for (const { candidate, least } of candidates) {
    const limit = nearest?.comparison.distance ?? TOO_FAR;
    const comparison = least < limit ? compare(own, candidate.form, limit) : undefined;
    if (comparison) nearest = { known: candidate, comparison };
  }
  if (nearest === undefined || !nearest.comparison.related) return none;
  const { entry, form } = nearest.known;
  const { distance, differences } = nearest.comparison;
  const limit = distance === 0 && isTied(own) && !isTied(form);
  const all = limit ? ["at beta = 1", ...differences] : differences;
  return {
    ...none,
    match: limit ? "limit" : distance === 0 ? "exact" : "near",
    method: entry.method,
    source: entry.source,
    variants: entry.aliases,
    differences: all,
    text: [entry.method, ...all].join(", ").replace(/, (at|with|without) /, " $1 "),
  };
}

/** Whether what is kept and what is compressed stand with one weight. */
function isTied({ terms }: CanonicalForm): boolean {
  const paid = terms.find(({ side }) => side === "compress");
  const saved = terms.find(({ side }) => side === "keep");
  return paid !== undefined && saved !== undefined && sameWeight(paid, saved);
}
