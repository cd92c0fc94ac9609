/** How variables are written inside formulas. */
import type { Spec, Term, Variable } from "./spec";
import type { TermNames } from "./bound";
import { variableText, variablesText } from "./print";
import { lawOf } from "./laws/index";
import { decodingOf, latentOf, paymentOf } from "./roles";

/** `Zx` as a value: `zx`. */
export const lower = (names: string): string => names.toLowerCase();

/** `Zx, W_a` in LaTeX: letters after the first are a subscript, in a group that may have one more. */
export function latexNames(names: string): string {
  return names
    .split(", ")
    .map((name) =>
      name.replace(/^([A-Za-z])_?([A-Za-z0-9_]*)/, (_, first: string, rest: string) =>
        rest ? `{${first}_{${rest.replaceAll("_", "\\_")}}}` : first,
      ),
    )
    .join(", ");
}

/**
 * The names of a term, ordered by what they are to its bound: `left` is what is told about or decoded, `right` the codes.
 */
export function termNames(term: Term, spec: Spec): TermNames {
  if (term.information.kind === "functional")
    return { left: variablesText(term.information.of), right: "", given: "" };
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
      };
  }
  return write(left, right);
}

/** A term as information: `I(X; Z_{x} \\mid L)`, `TC(Z)`. */
export function informationLatex(term: Term, spec: Spec): string {
  const { left, right, given } = termNames(term, spec);
  const { information } = term;
  if (information.kind === "functional")
    return `\\mathrm{${information.functional}}(${latexNames(left)}${information.each ? ", \\text{each}" : ""})`;
  return `I(${latexNames(left)}; ${latexNames(right)}${given ? ` \\mid ${latexNames(given)}` : ""})`;
}
