/** The derivation as steps for people. */
import type { Graph } from "./graph";
import type { DerivedLoss, Step } from "./loss";
import { lettersLatex, lettersText, shownTerms, sumLatex, sumText, type ShownTerm } from "./patterns";
import { entropyOf, informationLatex, termNames } from "../terms/names";
import { informationText } from "../terms/print";
import { scalarText } from "../terms/scalar";
import { sides } from "../sides";
import { scheduleText } from "../terms/schedule";
import type { Spec } from "../spec";
import { latexStyle, unicodeStyle } from "../terms/style";

type Loss = Omit<DerivedLoss, "steps">;

export function derivationSteps(loss: Loss): Step[] {
  const terms = shownTerms(loss);
  const side = (name: "compress" | "keep"): ShownTerm[] => terms.filter(({ term }) => term.side === name);
  const steps: Step[] = [
    {
      title: "Compressed information",
      text: `The encoder graph shows the inputs of each code: ${edges(loss.encoderGraph, "→")}. Each compressed term is information that flows into a code.`,
      formula: sum(side("compress")) || "nothing is compressed, so only the widths limit the codes",
    },
    {
      title: "Kept information",
      text: `The decoder graph shows which information must survive: ${edges(loss.decoderGraph, "→")}.`,
      formula: sum(side("keep")) || "nothing is kept",
    },
    ...frozen(loss.spec),
    ...absences(loss.spec),
    ...schedules(loss),
  ];
  if (loss.terms.length > 0) steps.push(ideal(terms));
  const first = new Map<string, number>();
  for (const term of terms) {
    const like = [term.bound.id, term.reason, term.bound.proof(term.term, loss.spec).by].join(" ");
    const before = first.get(like);
    steps.push(before === undefined ? boundStep(term, loss) : repeated(term, loss, before));
    if (before === undefined) first.set(like, steps.length);
  }
  return [...steps, verdict(loss)];
}

function frozen({ latents }: Spec): Step[] {
  const names = latents.filter((latent) => latent.frozen).map(({ name }) => name);
  if (names.length === 0) return [];
  const [are, they, their] = names.length === 1 ? ["is", "it", "Its"] : ["are", "they", "Their"];
  return [
    {
      title: "Frozen codes",
      text: `${names.join(", ")} ${are} not trained, so what ${they} can carry is fixed. ${their} rate against a standard prior is a constant; a bound with a prior, decoder or critic that is trained becomes tighter, but the information itself stays the same.`,
    },
  ];
}

function absences({ missing }: Spec): Step[] {
  if (missing.length === 0) return [];
  const drawn = missing.filter(({ measured }) => !measured);
  const found = missing.filter(({ measured }) => measured);
  const texts = [
    ...(drawn.length > 0
      ? [
          `Each step randomly drops ${drawn.map(({ stream, rate }) => `${stream} from ${rate} of the rows`).join(", ")}.`,
        ]
      : []),
    ...(found.length > 0
      ? [
          `The data lack ${found.map(({ stream, rate }) => `${stream} in ${Number(rate.toPrecision(2))} of the samples`).join(", ")}.`,
        ]
      : []),
    "A term is the mean over the rows that have every stream it reads.",
    found.length === 0
      ? "Rows are dropped independently of their content, so each bound is the same as with complete data."
      : "Its bound is of such samples, which can differ from the others.",
    "A code that fuses several streams only uses the streams that are present.",
  ];
  return [{ title: "Missing streams", text: texts.join(" ") }];
}

function schedules({ schedules, spec }: Loss): Step[] {
  if (schedules.length === 0) return [];
  const courses = schedules.map((schedule) => scheduleText(schedule, spec.training));
  const text = `${courses.join(". ")}. The weights of the loss change with it, so losses of different steps cannot be compared.`;
  return [{ title: "What changes during training", text }];
}

function edges({ edges: all }: Graph, arrow: string): string {
  const shown = all.map(({ from, to, symmetric }) => `${from} ${symmetric ? "—" : arrow} ${to}`);
  return shown.length > 0 ? shown.join(", ") : "no edges";
}

const sum = (terms: readonly ShownTerm[]): string =>
  terms
    .map((shown) => {
      const { term } = shown;
      const text = `${sumText(shown)}${informationText(term.information)}`;
      const weight = scalarText(term.weight, unicodeStyle);
      return weight === "1" ? text : `${weight}·${text}`;
    })
    .join(" + ") + lettersText(terms);

/** The loss before any bound: the compressed terms minus beta times the kept terms. */
function ideal(terms: readonly ShownTerm[]): Step {
  const written = (
    minus: string,
    times: string,
    weightOf: (term: ShownTerm) => string,
    name: (term: ShownTerm) => string,
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
    (shown) => `${sumText(shown)}${informationText(shown.term.information)}`,
  );
  const latex = written(
    latexStyle.minus,
    " \\, ",
    ({ effectiveWeight }) => scalarText(effectiveWeight, latexStyle),
    (shown) => `${sumLatex(shown)}${informationLatex(shown.term)}`,
  );
  return {
    title: "The ideal",
    text: "The compressed information minus beta times the kept information. Mutual information between continuous variables cannot be computed from samples alone, so each term is replaced by a bound: an upper bound if it is compressed, a lower bound if it is kept. If every replacement is a true bound, the loss cannot be below the ideal.",
    formula: `L* = ${unicode}${lettersText(terms)}`,
    latex: `\\mathcal{L}^{*} = ${latex}${lettersLatex(terms)}`,
  };
}

function boundStep(derived: ShownTerm, { spec }: Loss): Step {
  const { term, bound, reason } = derived;
  const facts: [string, string | undefined][] = [
    ["Side", sides[bound.side].name],
    ["Gap", bound.gap],
    ["Ceiling", bound.ceiling],
    ["Assumes", bound.needs],
    ["Broken by", bound.breaks ?? (term.bound && bound.written?.(term.bound)?.breaks)],
    ["Source", bound.citation],
  ];
  return {
    ...stated(derived, spec, `(${reason})`),
    proof: { lead: sides[bound.side].proof, ...bound.proof(term, spec) },
    facts: facts.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }])),
  };
}

/** A term whose bound was explained for an earlier term. @param before number of that step */
const repeated = (derived: ShownTerm, { spec }: Loss, before: number): Step =>
  stated(derived, spec, `as in step ${before}`);

/** The bound that replaces a term, and its weight. */
function stated({ term, bound, effectiveWeight, over }: ShownTerm, spec: Loss["spec"], why: string): Step {
  const names = termNames(term, spec);
  const text = informationText(term.information);
  const entropies: Partial<Record<typeof bound.reads, string>> = {
    "information minus entropy": `, minus the entropy of ${entropyOf(term, spec)},`,
    "information plus entropy": ", plus the entropy of the decoded streams,",
  };
  return {
    title: `${term.side} ${text} by ${bound.id}`,
    text: `${over ? `For ${over.text}: ` : ""}${bound.title}: ${text}${entropies[bound.reads] ?? ""} is ${sides[bound.side].relation} ${bound.symbol(names)} ${why}. Its weight in the loss is ${scalarText(effectiveWeight, unicodeStyle)}.`,
    formula: bound.formula(names),
    latex: bound.latex({
      left: names.left,
      right: names.right,
      given: names.given,
      ...(names.weighted ? { weighted: true } : {}),
    }),
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
          " up to the entropies of the decoded streams, multiplied by the weights of their terms",
          " That constant depends on beta, so do not compare losses at different betas.",
        ]
      : ["", " Do not compare losses at different betas: each has a different ideal."];
  const rests = [...new Set(terms.map(({ bound }) => `${bound.needs} (\`${bound.id}\`)`))];
  return {
    title: "Is the loss a bound?",
    text: isBound.holds
      ? `Yes: in expectation, the loss is at least the ideal one${entropies}.${constant}`
      : `No${isBound.because.length > 0 ? `: ${isBound.because.join("; ")}` : ": there is no term"}.`,
    ...(isBound.holds ? { facts: [{ name: "Assumes", text: rests.join("; ") }] } : {}),
  };
}
