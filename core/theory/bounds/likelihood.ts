/** What all likelihoods share: which terms they hold, and how a decoder's output is asked for. */
import { sigmoid, type Expr } from "../../program/expression";
import type { Bound, Proof } from "../bound";
import type { Model } from "../model-interface";
import {
  indexed,
  informationLatex,
  latexNames,
  lower,
  proofNames,
  termNames,
  type Letters,
} from "../terms/names";
import { informationText, variablesText } from "../terms/print";
import { decodingOf } from "../terms/roles";
import type { BoundRequest, Stream, StreamKindName, Term } from "../spec";

type Own<Args extends Record<string, Expr>> = Pick<
  Bound<Args>,
  "id" | "title" | "doc" | "citation" | "example" | "value"
> &
  Partial<Pick<Bound<Args>, "positional" | "breaks" | "support" | "options" | "written" | "logDensity">> & {
    /** Why it cannot hold a stream with these options, as a sentence with a remedy. */
    unfit?(stream: Stream, request: BoundRequest | undefined): string | undefined;
    /** log p of one value, Unicode and LaTeX, over x and what the decoder gives. */
    density: string;
    densityLatex: string;
    /** Kinds of stream it describes, and what to say of another. */
    kinds: readonly StreamKindName[];
    otherwise: string;
    arguments(stream: Stream, output: Expr, model: Model, request: BoundRequest | undefined): Args;
    reconstruct(output: Expr, stream: Stream): Expr;
  };

/** A likelihood as a bound: lower on I(X; Z) up to the entropy of X (Barber and Agakov 2003, equation 4). */
export function likelihood<Args extends Record<string, Expr>>(own: Own<Args>): Bound<Args> {
  const { density, densityLatex, kinds, otherwise, unfit, options = [], ...common } = own;
  return {
    ...common,
    options,
    side: "lower",
    serves: ["keep"],
    reads: "information minus entropy",
    family: "likelihood",
    gap: "The divergence of the decoder from the true distribution of the stream given the codes, and the stream's entropy (given the condition after `|`), which is a constant.",
    needs: "an observed stream, whose entropy does not depend on the codes",
    symbol: ({ left, right, weighted }) => `D${weighted ? "_w" : ""}(${left}; ${right})`,
    symbolLatex: ({ left, right, weighted }) =>
      `D${weighted ? "_w" : ""}(${latexNames(left)}; ${latexNames(right)})`,
    formula: ({ left, right, weighted }) =>
      weighted
        ? `D_w(${left}; ${right}) = ⟨w(${lower(left)}) log p(${lower(left)}|${lower(right)})⟩, ${density}`
        : `D(${left}; ${right}) = ⟨log p(${lower(left)}|${lower(right)})⟩, ${density}`,
    latex: ({ left, right, weighted }) =>
      `\\frac{1}{N} \\sum_{i=1}^{N} ${weighted ? `w(${lower(latexNames(left))}_i) ` : ""}\\log p(${lower(latexNames(left))}_i \\mid ${indexed(lower(latexNames(right)), "_i")}), \\quad ${densityLatex}`,
    proof(term, spec) {
      const { text, tex } = proofNames(term, spec);
      const given = term.information.kind === "information" ? variablesText(term.information.given) : "";
      if (termNames(term, spec).weighted) return weightedProof(text, tex);
      // A decoder is told the condition with the codes; only the term keeps the two apart.
      const [whole, wholeTex] = [informationText(term.information), informationLatex(term)];
      const [H, HTex] = given
        ? [`H(${text.A} | ${given})`, `H(${tex.A} \\mid ${latexNames(given)})`]
        : [`H(${text.A})`, `H(${tex.A})`];
      return {
        formula: `${whole} = ${H} + ⟨log q(${text.a}|${text.b})⟩ = ${H} + ⟨log p(${text.a}|${text.b})⟩ + ⟨KL(q(${text.a}|${text.b}) ‖ p(${text.a}|${text.b}))⟩ ≥ ${H} + D(${text.A}; ${text.B})`,
        latex: `${wholeTex} = ${HTex} + \\langle \\log p(${tex.a} \\mid ${tex.b}) \\rangle + \\langle D_{\\mathrm{KL}}(q(${tex.a} \\mid ${tex.b}) \\,\\|\\, p(${tex.a} \\mid ${tex.b})) \\rangle \\ge ${HTex} + D(${tex.A}; ${tex.B})`,
        by: "Gibbs' inequality: the divergence of the decoder from the true distribution q of the stream given its inputs is dropped.",
      };
    },
    refuses(term, spec) {
      const decoding = decodingOf(term, spec);
      if (decoding === undefined)
        return `\`${own.id}\` is a likelihood, so one side of the term must be observed streams that are decoded from codes.`;
      const wrong = decoding.streams.find(({ kind }) => !kinds.includes(kind.name));
      if (wrong)
        return `\`${own.id}\` does not fit \`${wrong.name}\`, which is a \`${wrong.kind.name}\`: ${otherwise}`;
      return unfit?.(decoding.streams[0]!, term.bound);
    },
    arguments(term, model, request) {
      const { stream, output } = decoded(term, model, request?.as);
      return own.arguments(stream, output, model, request);
    },
  };
}

/** Of labels whose classes count by weights w(l), of mean 1: they have the shares w(l) f(l), where f are those of the data. */
const weightedProof = (text: Letters, tex: Letters): Proof => ({
  formula: `I_w(${text.A}; ${text.B}) = H_w(${text.A}) + ⟨w(${text.a}) log q_w(${text.a}|${text.b})⟩ ≥ H_w(${text.A}) + D_w(${text.A}; ${text.B})`,
  latex: `I_w(${tex.A}; ${tex.B}) = H_w(${tex.A}) + \\langle w(${tex.a}) \\log q_w(${tex.a} \\mid ${tex.b}) \\rangle \\ge H_w(${tex.A}) + D_w(${tex.A}; ${tex.B})`,
  by: "Gibbs' inequality, over labels that are drawn with the weights w of their classes: the divergence of the decoder from their true distribution q given the codes is dropped. This is information about labels with these shares, not about the labels of the data.",
});

function decoded(term: Term, model: Model, as: string | undefined): { stream: Stream; output: Expr } {
  const { streams, read } = decodingOf(term, model.spec)!;
  const stream = streams[0]!;
  return { stream, output: model.decode(stream.name, read, 1, as) };
}

/** Kinds whose values are numbers on a scale. */
export const numeric: readonly StreamKindName[] = [
  "vector",
  "image",
  "audio",
  "signal",
  "scalar",
  "video",
  "counts",
];

/** Where a distribution of numbers is centred: within 0 and 1 for pictures and spectrograms, anywhere else. */
export const location = (output: Expr, stream: Stream): Expr =>
  stream.kind.name === "image" || stream.kind.name === "audio" || stream.kind.name === "video"
    ? sigmoid(output)
    : output;
