/** The derivation as steps for people. */
import { termNames } from "./names";
import { informationText } from "./print";
import type { DerivedLoss, DerivedTerm, Step } from "./loss";
import type { Graph } from "./graph";
import { scalarText } from "./scalar";
import type { Spec } from "./spec";
import { unicodeStyle } from "./style";

export function derivationSteps(loss: Omit<DerivedLoss, "steps">): Step[] {
  const side = (name: "compress" | "keep"): DerivedTerm[] =>
    loss.terms.filter(({ term }) => term.side === name);
  return [
    {
      title: "What the encoders pay for",
      text: `The encoder graph says who is inferred from whom: ${edges(loss.encoderGraph, "→")}. Each compressed term is information that a code takes in.`,
      formula:
        sum(side("compress")) || "nothing is compressed: the widths of the codes are the only bottleneck",
    },
    {
      title: "What the decoders keep",
      text: `The decoder graph says which information must survive: ${edges(loss.decoderGraph, "→")}.`,
      formula: sum(side("keep")) || "nothing is kept",
    },
    ...absences(loss.spec),
    ...loss.terms.map((term) => boundStep(term, loss)),
    verdict(loss),
  ];
}

function absences({ missing }: Spec): Step[] {
  if (missing.length === 0) return [];
  const rates = missing.map(({ stream, rate }) => `${stream} from ${rate} of the rows`);
  return [
    {
      title: "What may be absent",
      text: `Each step leaves out ${rates.join(", ")}, drawn anew and whatever the rows hold. A term is the mean over the rows that have all it reads. Such rows are as all others, so it bounds what it would with nothing absent; but a code that fuses several streams is then one of what is there.`,
    },
  ];
}

function edges({ edges: all }: Graph, arrow: string): string {
  const shown = all.map(({ from, to, symmetric }) => `${from} ${symmetric ? "—" : arrow} ${to}`);
  return shown.length > 0 ? shown.join(", ") : "no edges";
}

const sum = (terms: readonly DerivedTerm[]): string =>
  terms
    .map(({ term }) => {
      const text = informationText(term.information);
      const weight = scalarText(term.weight, unicodeStyle);
      return weight === "1" ? text : `${weight}·${text}`;
    })
    .join(" + ");

function boundStep(
  { term, bound, reason, effectiveWeight }: DerivedTerm,
  { spec }: Omit<DerivedLoss, "steps">,
): Step {
  const names = termNames(term, spec);
  const text = informationText(term.information);
  const relation = {
    upper: "at most",
    lower: "at least",
    exact: "for Gaussian codes equal to",
    estimate: "about",
    proxy: "trained through",
  };
  const ceiling = bound.ceiling ? ` It never reports more than ${bound.ceiling}.` : "";
  const entropies: Partial<Record<typeof bound.reads, string>> = {
    "information minus entropy": `, less the entropy of ${names.left},`,
    "information plus entropy": ", plus the entropy of what is decoded,",
  };
  const entropy = entropies[bound.reads] ?? "";
  return {
    title: `${term.side} ${text} by ${bound.id}`,
    text: `${bound.title}: ${text}${entropy} is ${relation[bound.side]} ${bound.symbol(names)} (${reason}). It stands with the weight ${scalarText(effectiveWeight, unicodeStyle)}. Gap: ${bound.gap}${ceiling} Needs: ${bound.needs}. Source: ${bound.citation}.`,
    formula: bound.formula(names),
    latex: bound.latex({ left: names.left, right: names.right, given: names.given }),
  };
}

function verdict({ isBound, terms }: Omit<DerivedLoss, "steps">): Step {
  const streams = new Set(
    terms
      .filter(({ reads }) => reads === "information minus entropy" || reads === "information plus entropy")
      .map(({ term }) => informationText(term.information)),
  );
  const [entropies, constant] =
    streams.size > 0
      ? [
          " up to the entropies of the decoded streams, weighed as their terms are",
          " That constant moves with beta, so losses at different betas are not to be compared.",
        ]
      : ["", " Losses at different betas are not to be compared: each has an ideal of its own."];
  return {
    title: "Is the loss a bound?",
    text: isBound.holds
      ? `Yes: in expectation, the loss is at least the ideal one${entropies}.${constant}`
      : `No${isBound.because.length > 0 ? `: ${isBound.because.join("; ")}` : ": there is no term"}.`,
  };
}
