/** What a derived loss rests on in the literature: the works to cite. */
import { keyOf, worksIn, type Work } from "../catalogue/works";
import { defaultCritic } from "../theory/bounds/between";
import { criticNames, criticOf } from "../theory/critics/index";
import type { DerivedLoss, DerivedTerm } from "../theory/derivation/loss";
import { lawOf } from "../theory/laws/index";
import { recognise } from "../theory/recognition/recognise";

/** A work with what it is cited for, in words. */
export interface Citation {
  key: string;
  work: Work;
  for: string[];
}

/** The works of the recognised or nearest method, then those of bounds, critics and laws; each once. */
export function citationsOf(derived: DerivedLoss): Citation[] {
  const found = new Map<string, Citation>();
  const cite = (text: string | undefined, what: string): void => {
    for (const work of worksIn(text ?? "")) {
      const key = keyOf(work);
      const known = found.get(key);
      if (known === undefined) found.set(key, { key, work, for: [what] });
      else if (!known.for.includes(what)) known.for.push(what);
    }
  };
  const { match, method, source } = recognise(derived);
  cite(source, match === "near" ? `the nearest published method, ${method}` : `the method ${method}`);
  for (const { bound } of derived.terms) cite(bound.citation, `the bound ${bound.id}`);
  for (const term of derived.terms) {
    const critic = criticName(term, derived);
    if (critic !== undefined) cite(criticOf(critic).citation, `the critic ${critic}`);
  }
  for (const { law } of derived.spec.latents) cite(lawOf(law.name).citation, `${law.name} codes`);
  return [...found.values()];
}

/** The keys of all that a text cites, as `citationsOf` gives them. */
export const citedKeys = (text: string): string[] => [...new Set(worksIn(text).map(keyOf))];

/** The critic of a term, as written or the default of its bound; none where the bound has no choice of critics. */
function criticName({ bound, request, term }: DerivedTerm, { spec }: DerivedLoss): string | undefined {
  const option = bound.options?.find(({ name }) => name === "critic");
  if (option === undefined) return undefined;
  const asked = request?.options["critic"];
  if (typeof asked === "string") return asked;
  // Of a default that depends on the widths, the option says so in words.
  return criticNames.includes(option.default) ? option.default : defaultCritic(term, spec);
}
