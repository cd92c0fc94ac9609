/** What the proofs of bounds on a code's own information share. */
import { latexNames, proofNames, type Letters } from "../terms/names";
import { inputsOf, paymentOf } from "../terms/roles";
import type { Spec, Term } from "../spec";

interface RateProof {
  /** A and a are what the code is inferred from, which may be more than the term names. */
  text: Letters;
  tex: Letters;
  /** The term, and the information that the code's own density speaks of where that is more: `I(X; Z) ≤ I(X, Y; Z)`. */
  start: string;
  startTex: string;
  /** Why that first step holds; empty where it is none. */
  first: string;
}

/** The names with which a rate is proved. */
export function rateProof(term: Term, spec: Spec): RateProof {
  const { text, tex } = proofNames(term, spec);
  const { codes, about, given } = paymentOf(term, spec)!;
  const [code] = codes;
  const inputs = inputsOf(spec, code!);
  const named = about.map(({ name }) => name);
  const told = [...named, ...given.map(({ name }) => name)];
  const information = ({ A, B, C }: Letters, bar: string): string =>
    `I(${A}; ${B}${C ? ` ${bar} ${C}` : ""})`;
  const own = named.length === inputs.length && named.every((name) => inputs.includes(name));
  const A = own ? text.A : inputs.join(", ");
  const read = { ...text, A, a: A.toLowerCase() };
  const readTex = { ...tex, A: latexNames(A), a: latexNames(A).toLowerCase() };
  const exact = named.every((name) => inputs.includes(name)) && inputs.every((name) => told.includes(name));
  return {
    text: read,
    tex: readTex,
    start: exact ? information(text, "|") : `${information(text, "|")} ≤ ${information(read, "|")}`,
    startTex: exact
      ? information(tex, "\\mid")
      : `${information(tex, "\\mid")} \\le ${information(readTex, "\\mid")}`,
    first: exact
      ? ""
      : `All information about ${text.B} comes through ${A} (data processing), so the rate also includes what ${A} adds beyond the term. `,
  };
}
