/** How numbers of nats become lengths. */
import type { SpecSummary, TermSummary } from "../../core/train/protocol";
import { LINE, SMALLEST, TALLEST, type FlowNumbers } from "./drawing";

export const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);

/** The numbers of a drawing, with how they are read as lengths and as text. */
export interface Measures {
  /** Upper limit of what a code carries; undefined for a deterministic code, and until it is measured. */
  rate: (code: string) => number | undefined;
  rates: (code: string) => number[];
  /** What a term reads as information; undefined where only a likelihood or a proxy is known. */
  information: (term: TermSummary) => number | undefined;
  /** The term's value, whatever it means. */
  value: (term: TermSummary) => number | undefined;
  /** Height of so many nats. */
  scale: number;
  show: (nats: number) => string;
}

export function measuresOf(summary: SpecSummary, numbers: FlowNumbers, show: Measures["show"]): Measures {
  const rates = (code: string): number[] => numbers.rates[code] ?? [];
  const rate = (code: string): number | undefined =>
    rates(code).length === 0 ? undefined : sum(rates(code));
  const value = (term: TermSummary): number | undefined => numbers.terms[term.id];
  const information = (term: TermSummary): number | undefined => {
    const known = value(term);
    if (known === undefined) return undefined;
    if (term.reads === "information") return Math.max(0, known);
    // The entropy of a label is known: with it a likelihood reads as information.
    return term.entropy?.nats === undefined ? undefined : Math.max(0, known + term.entropy.nats);
  };
  const most = Math.max(1, ...summary.latents.map(({ name }) => rate(name) ?? 0));
  return { rate, rates, information, value, scale: TALLEST / most, show };
}

export const heightOf = (nats: number | undefined, { scale }: Measures): number =>
  nats === undefined ? SMALLEST : Math.max(LINE, nats * scale);

/** Height of a term where it arrives: a line where its value is not information. */
export const termHeight = (term: TermSummary, measures: Measures): number => {
  const known = measures.information(term);
  return known === undefined ? LINE * 4 : known * measures.scale;
};
