import { add, constant, diagonal, logMeanExp, mean, mul, sub, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower, termNames } from "../names";
import { argumentsTogether, refusesTogether, valueTogether } from "./together";
import { criticOption, defaultCritic, refusesPair, scorer, temperatureOption } from "./between";

/** Mean over i of T(i, i) - log mean over j of exp T(i, j), along rows (axis 1) or columns (axis 0). */
const contrast = (scores: Expr, axis: 0 | 1): Expr => mean(sub(diagonal(scores), logMeanExp(scores, axis)));

const tupleFormula = (codes: string): string =>
  `InfoNCE(${codes}) = ⟨T(${lower(codes)})ᵢ − log 1/N (exp T(${lower(codes)})ᵢ + Σⱼ≠ᵢ exp T of one code's row i with shuffled rows j of the others)⟩, the mean over the codes`;
const tupleLatex = (codes: string): string =>
  `\\frac{1}{N} \\sum_{i=1}^{N} \\left[ T_{i} - \\log \\frac{1}{N} \\Big( e^{T_i} + \\sum_{j \\neq i} e^{T_{ij}} \\Big) \\right], \\quad T \\text{ of } ${latexNames(codes)}`;

export const infonce: Bound = {
  id: "infonce",
  title: "InfoNCE",
  side: "lower",
  serves: ["keep"],
  reads: "information",
  family: "noise-contrastive",
  doc: "How much better a critic scores true pairs than all pairs of the batch; the mean of both directions. Of several codes, true tuples against tuples of shuffled rows: a lower bound on their total correlation.",
  gap: "It shrinks with the batch and with a better critic.",
  ceiling: "log N",
  needs: "independent samples in a batch",
  citation:
    "van den Oord, Li, Vinyals 2018; Poole et al. 2019, equation 12; Saporta et al. 2024 for several codes",
  example: "keep I(Zx; Zy) by infonce(critic = dot)",
  symbol: ({ left, right }) => `InfoNCE(${right ? `${left}; ${right}` : left})`,
  symbolLatex: ({ left, right }) =>
    `I_{\\mathrm{NCE}}(${latexNames(left)}${right ? `; ${latexNames(right)}` : ""})`,
  formula({ left, right }) {
    if (right === "") return tupleFormula(left);
    return `InfoNCE(${left}; ${right}) = ⟨T(${lower(left)}ᵢ, ${lower(right)}ᵢ) − log 1/N Σⱼ exp T(${lower(left)}ᵢ, ${lower(right)}ⱼ)⟩, and both directions' mean`;
  },
  latex({ left, right }) {
    if (right === "") return tupleLatex(left);
    const [u, v] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} \\left[ T(${u}_i, ${v}_i) - \\log \\frac{1}{N} \\sum_{j=1}^{N} e^{T(${u}_i, ${v}_j)} \\right]`;
  },
  proof(term, spec) {
    const { left, right } = termNames(term, spec);
    if (right === "") return undefined;
    const [u, v] = [lower(left), lower(right)];
    const [tu, tv] = [lower(latexNames(left)), lower(latexNames(right))];
    return {
      formula: `I(${left}; ${right}) ≥ ⟨log ρᵢᵢ⟩ + 1 − ⟨ρᵢⱼ⟩ = ⟨log ρᵢᵢ⟩, ρᵢⱼ = exp T(${u}ᵢ, ${v}ⱼ) / (1/N Σₖ exp T(${u}ᵢ, ${v}ₖ)), whose mean over the batch is 1 whatever T is`,
      latex: `I(${latexNames(left)}; ${latexNames(right)}) \\ge \\langle \\log \\rho_{ii} \\rangle + 1 - \\langle \\rho_{ij} \\rangle = \\langle \\log \\rho_{ii} \\rangle, \\quad \\rho_{ij} = \\frac{e^{T(${tu}_i, ${tv}_j)}}{\\frac{1}{N} \\sum_k e^{T(${tu}_i, ${tv}_k)}}`,
    };
  },
  options: [criticOption("dot, or separable when widths differ"), temperatureOption],
  flags: [{ name: "one-way", doc: "Contrasts the first side only, instead of the mean of both directions." }],
  refuses: (term, spec) =>
    term.information.kind === "functional"
      ? refusesTogether("infonce", term, spec)
      : refusesPair("infonce", term, spec, defaultCritic(term, spec)),
  arguments(term, model, request) {
    if (term.information.kind === "functional") return argumentsTogether(term, model, request);
    const scores = scorer(term, model, request, defaultCritic(term, model.spec)).pairs();
    return { scores, ...(request?.flags.includes("one-way") ? { oneWay: constant(1) } : {}) };
  },
  value(args) {
    const { scores, oneWay, together } = args;
    if (together !== undefined) return valueTogether(args);
    if (scores === undefined) throw new Error("infonce needs scores");
    if (oneWay !== undefined) return contrast(scores, 1);
    return mul(0.5, add(contrast(scores, 1), contrast(scores, 0)));
  },
};
