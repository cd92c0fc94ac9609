/** The derivation as steps for people. */
import type { Graph } from "./graph";
import type { DerivedLoss, DerivedTerm, Step } from "./loss";
import { entropyOf, informationLatex, termNames } from "../terms/names";
import { informationText } from "../terms/print";
import { scalarText } from "../terms/scalar";
import { sides } from "../sides";
import type { Spec } from "../spec";
import { latexStyle, unicodeStyle } from "../terms/style";

type Loss = Omit<DerivedLoss, "steps">;

export function derivationSteps(loss: Loss): Step[] {
  const side = (name: "compress" | "keep"): DerivedTerm[] =>
    loss.terms.filter(({ term }) => term.side === name);
  const steps: Step[] = [
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
  ];
  if (loss.terms.length > 0) steps.push(ideal(loss));
  const first = new Map<string, number>();
  for (const term of loss.terms) {
    const like = [term.bound.id, term.reason, term.bound.proof(term.term, loss.spec).by].join(" ");
    const before = first.get(like);
    steps.push(before === undefined ? boundStep(term, loss) : repeated(term, loss, before));
    if (before === undefined) first.set(like, steps.length);
  }
  return [...steps, verdict(loss)];
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

/** The loss before any bound: what is paid for less beta times what is kept. */
function ideal({ terms }: Loss): Step {
  const written = (
    minus: string,
    times: string,
    weightOf: (term: DerivedTerm) => string,
    name: (term: DerivedTerm) => string,
  ): string =>
    terms
      .map((term, i) => {
        const weight = weightOf(term);
        const negative = weight.startsWith(minus);
        const size = negative ? weight.slice(minus.length) : weight;
        const sign = negative ? (i === 0 ? minus : ` ${minus} `) : i === 0 ? "" : " + ";
        return `${sign}${size === "1" ? "" : `${size}${times}`}${name(term)}`;
      })
      .join("");
  const unicode = written(
    unicodeStyle.minus,
    "·",
    ({ effectiveWeight }) => scalarText(effectiveWeight, unicodeStyle),
    ({ term }) => informationText(term.information),
  );
  const latex = written(
    latexStyle.minus,
    " \\, ",
    ({ effectiveWeight }) => scalarText(effectiveWeight, latexStyle),
    ({ term }) => informationLatex(term),
  );
  return {
    title: "The ideal",
    text: "What is paid for, less beta times what is kept. No information between continuous variables can be computed from samples alone, so each term is replaced by a bound: from above where it is paid for, from below where it is kept. Where each replacement is a true bound, the loss cannot fall below the ideal.",
    formula: `L* = ${unicode}`,
    latex: `\\mathcal{L}^{*} = ${latex}`,
  };
}

function boundStep(derived: DerivedTerm, { spec }: Loss): Step {
  const { term, bound, reason } = derived;
  const facts: [string, string | undefined][] = [
    ["Side", sides[bound.side].name],
    ["Gap", bound.gap],
    ["Ceiling", bound.ceiling],
    ["Rests on", bound.needs],
    ["Broken by", bound.breaks],
    ["Source", bound.citation],
  ];
  return {
    ...stated(derived, spec, `(${reason})`),
    proof: { lead: sides[bound.side].proof, ...bound.proof(term, spec) },
    facts: facts.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }])),
  };
}

/** A term whose bound has been told of another. @param before number of that step */
const repeated = (derived: DerivedTerm, { spec }: Loss, before: number): Step =>
  stated(derived, spec, `as in step ${before}`);

/** What stands in place of a term, and with which weight. */
function stated({ term, bound, effectiveWeight }: DerivedTerm, spec: Loss["spec"], why: string): Step {
  const names = termNames(term, spec);
  const text = informationText(term.information);
  const entropies: Partial<Record<typeof bound.reads, string>> = {
    "information minus entropy": `, less the entropy of ${entropyOf(term, spec)},`,
    "information plus entropy": ", plus the entropy of what is decoded,",
  };
  return {
    title: `${term.side} ${text} by ${bound.id}`,
    text: `${bound.title}: ${text}${entropies[bound.reads] ?? ""} is ${sides[bound.side].relation} ${bound.symbol(names)} ${why}. It stands with the weight ${scalarText(effectiveWeight, unicodeStyle)}.`,
    formula: bound.formula(names),
    latex: bound.latex({ left: names.left, right: names.right, given: names.given }),
  };
}

function verdict({ isBound, terms }: Loss): Step {
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
  const rests = [...new Set(terms.map(({ bound }) => `${bound.needs} (\`${bound.id}\`)`))];
  return {
    title: "Is the loss a bound?",
    text: isBound.holds
      ? `Yes: in expectation, the loss is at least the ideal one${entropies}.${constant}`
      : `No${isBound.because.length > 0 ? `: ${isBound.because.join("; ")}` : ": there is no term"}.`,
    ...(isBound.holds ? { facts: [{ name: "Rests on", text: rests.join("; ") }] } : {}),
  };
}
