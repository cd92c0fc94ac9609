/** How variables are written inside formulas. */
import type { Spec, Term, Variable } from "../spec";
import type { TermNames } from "../bound";
import { variableText, variablesText } from "./print";
import { lawOf } from "../laws/index";
import { decodingOf, latentOf, paymentOf } from "./roles";

/** `Zx` as a value: `zx`. */
export const lower = (names: string): string => names.toLowerCase();

/**
 * `Zx, W_a` in LaTeX: what follows a letter is its subscript, in a group that may have one more. A word, as `picture`, is
 * one name.
 */
export const latexNames = (names: string): string =>
  names.replace(/[A-Za-z]\w*/g, (name) => {
    const [, letter, rest] =
      /^([A-Z](?=[a-z0-9]{1,2}$)|[A-Za-z](?=\d+$)|[A-Za-z](?=_))_?(\w+)$/.exec(name) ?? [];
    const safe = (text: string): string => text.replaceAll("_", "\\_");
    if (letter !== undefined && rest !== undefined) return `{${letter}_{${safe(rest)}}}`;
    return name.length === 1 ? name : `\\mathit{${safe(name)}}`;
  });

/**
 * The names of a term, ordered by what they are to its bound: `left` is what is told about or decoded, `right` the codes.
 */
export function termNames(term: Term, spec: Spec): TermNames {
  if (term.information.kind === "functional") {
    const { of, functional } = term.information;
    return { left: variablesText(of), right: "", given: "", functional };
  }
  const { left, right, given } = term.information;
  const write = (l: readonly Variable[], r: readonly Variable[]): TermNames => ({
    left: variablesText(l),
    right: variablesText(r),
    given: variablesText(given),
  });
  if (term.side === "compress") {
    const payment = paymentOf(term, spec);
    if (payment) {
      const law = latentOf(spec, payment.codes[0]!)?.law.name;
      return { ...write(payment.about, payment.codes), ...(law && lawOf(law).density ? { law } : {}) };
    }
  } else {
    const decoding = decodingOf(term, spec);
    if (decoding)
      return {
        left: decoding.streams.map(({ name }) => name).join(", "),
        right: decoding.read.map(variableText).join(", "),
        given: "",
        ...(term.bound?.options["weights"] === undefined ? {} : { weighted: true }),
      };
  }
  return write(left, right);
}

/** A term as information, as it is written: `I(X; Z_{x} \\mid L)`, `TC(Z)`. */
export function informationLatex({ information }: Term): string {
  const write = (variables: readonly Variable[]): string => latexNames(variablesText(variables));
  if (information.kind === "functional")
    return `\\mathrm{${information.functional}}(${write(information.of)}${information.each ? ", \\text{each}" : ""})`;
  const { left, right, given } = information;
  return `I(${write(left)}; ${write(right)}${given.length > 0 ? ` \\mid ${write(given)}` : ""})`;
}

/** Whose entropy a likelihood leaves out: `X`, or `X given L` where the term has a condition. */
export function entropyOf(term: Term, spec: Spec): string {
  const given = term.information.kind === "information" ? variablesText(term.information.given) : "";
  const { left, weighted } = termNames(term, spec);
  return `${left}${given && ` given ${given}`}${weighted ? " with weighted classes" : ""}`;
}

/** Names joined by commas, each with an index: `z_i, w_i`. */
export const indexed = (names: string, index: string): string =>
  names
    .split(/, (?![^[]*\])/)
    .map((name) => name + index)
    .join(", ");

/** Variables in capitals and their values, as a line of mathematics speaks of them. */
export interface Letters {
  A: string;
  B: string;
  C: string;
  a: string;
  b: string;
  c: string;
}

const letters = (A: string, B: string, C: string): Letters => ({
  A,
  B,
  C,
  a: lower(A),
  b: lower(B),
  c: lower(C),
});

/** The names of a term for its proof, plain and in LaTeX: A is its left, B its right, C what is given. */
export function proofNames(term: Term, spec: Spec): { text: Letters; tex: Letters } {
  const { left, right, given } = termNames(term, spec);
  return {
    text: letters(left, right, given),
    tex: letters(latexNames(left), latexNames(right), latexNames(given)),
  };
}
