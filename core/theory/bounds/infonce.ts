import {
  add,
  constant,
  diagonal,
  logMeanExp,
  mean,
  mul,
  sub,
  transpose,
  type Expr,
} from "../../program/expression";
import type { Bound } from "../bound";
import { indexed, latexNames, lower, proofNames } from "../terms/names";
import {
  argumentsTogether,
  contrastsTogether,
  refusesTogether,
  valueTogether,
  type Together,
} from "./together";
import { criticOption, defaultCritic, refusesPair, scorer, temperatureOption, type Scores } from "./between";

/** Mean over i of T(i, i) - log mean over j of exp T(i, j), along rows (axis 1) or columns (axis 0). */
const contrast = (scores: Expr, axis: 0 | 1): Expr => mean(sub(diagonal(scores), logMeanExp(scores, axis)));

const tupleFormula = (codes: string): string =>
  `InfoNCE(${codes}) = ⟨T(${lower(codes)})ᵢ − log 1/N (exp T(${lower(codes)})ᵢ + Σⱼ≠ᵢ exp T of one code's row i with shuffled rows j of the others)⟩, the mean over the codes`;
const tupleLatex = (codes: string): string =>
  `\\frac{1}{N} \\sum_{i=1}^{N} \\left[ T_{i} - \\log \\frac{1}{N} \\Big( e^{T_i} + \\sum_{j \\neq i} e^{T_{ij}} \\Big) \\right], \\quad T \\text{ of } ${latexNames(codes)}`;

export const infonce: Bound<(Scores & { oneWay?: Expr }) | Together> = {
  id: "infonce",
  title: "InfoNCE",
  side: "lower",
  serves: ["keep"],
  reads: "information",
  family: "noise-contrastive",
  doc: "How much higher a critic scores true pairs than all pairs of the batch, as the mean of both directions. For several codes it compares true tuples with tuples of shuffled rows, which bounds their total correlation from below.",
  chance: 0,
  gap: "It shrinks with a larger batch and a better critic. The value is at most log N, so any information above log N is missing.",
  ceiling: "log N",
  most: (_term, _spec, rows) => Math.log(rows),
  needs: "independent samples in a batch; for several codes, shuffled rows that act as independent samples",
  citation:
    "van den Oord, Li, Vinyals 2018; Poole et al. 2019, equation 12; Saporta et al. 2024 for several codes",
  example: "keep I(Zx; Zy) by infonce(critic = dot)",
  symbol: ({ left, right }) => `InfoNCE(${right ? `${left}; ${right}` : left})`,
  symbolLatex: ({ left, right }) =>
    `I_{\\mathrm{NCE}}(${latexNames(left)}${right ? `; ${latexNames(right)}` : ""})`,
  short: ({ left, right }) => `NCE(${right ? `${left}; ${right}` : left})`,
  formula({ left, right }) {
    if (right === "") return tupleFormula(left);
    return `InfoNCE(${left}; ${right}) = ⟨T(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ᵢ")}) − log 1/N Σⱼ exp T(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ⱼ")})⟩, and both directions' mean`;
  },
  latex({ left, right }) {
    if (right === "") return tupleLatex(left);
    const [u, v] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} \\left[ T(${indexed(u, "_i")}, ${indexed(v, "_i")}) - \\log \\frac{1}{N} \\sum_{j=1}^{N} e^{T(${indexed(u, "_i")}, ${indexed(v, "_j")})} \\right]`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    if (text.B === "")
      return {
        formula: `TC(${text.A}) ≥ ⟨log ρ⟩ + 1 − ⟨ρ′⟩ = ⟨log ρ⟩, ρ = exp T of the true tuple over the mean of its N candidates', ρ′ the same for independent codes`,
        latex: `\\mathrm{TC}(${tex.A}) \\ge \\langle \\log \\rho \\rangle + 1 - \\langle \\rho' \\rangle = \\langle \\log \\rho \\rangle, \\quad \\rho = \\frac{e^{T_i}}{\\frac{1}{N} \\left( e^{T_i} + \\sum_{j \\neq i} e^{T_{ij}} \\right)}`,
        by: "The NWJ inequality with the critic 1 + log ρ. For independent codes every candidate is equally likely to be the true one, so the mean of ρ′ is 1 for every T; shuffled rows act as independent samples. ρ is at most N.",
      };
    const { a, b } = text;
    const { a: ta, b: tb } = tex;
    return {
      formula: `I(${text.A}; ${text.B}) ≥ ⟨log ρᵢᵢ⟩ + 1 − ⟨ρ′⟩ = ⟨log ρᵢᵢ⟩, ρᵢⱼ = exp T(${indexed(a, "ᵢ")}, ${indexed(b, "ⱼ")}) / (1/N Σₖ exp T(${indexed(a, "ᵢ")}, ${b}ₖ)), ρ′ the same for a ${a} that belongs to no ${b} of the batch`,
      latex: `I(${tex.A}; ${tex.B}) \\ge \\langle \\log \\rho_{ii} \\rangle + 1 - \\langle \\rho' \\rangle = \\langle \\log \\rho_{ii} \\rangle, \\quad \\rho_{ij} = \\frac{e^{T(${indexed(ta, "_i")}, ${indexed(tb, "_j")})}}{\\frac{1}{N} \\sum_k e^{T(${indexed(ta, "_i")}, ${tb}_k)}}`,
      by: "The NWJ inequality with the critic 1 + log ρ, which depends on the whole batch. If no pair is a true one, every position in the batch is equally likely and the N values of ρ′ add up to N, so their mean is 1 for every T. ρ is at most N.",
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
    if ("together" in args) return valueTogether(args);
    const { scores, oneWay } = args;
    if (oneWay !== undefined) return contrast(scores, 1);
    return mul(0.5, add(contrast(scores, 1), contrast(scores, 0)));
  },
  contrasts(args) {
    if ("together" in args) return contrastsTogether(args);
    return args.oneWay === undefined ? [args.scores, transpose(args.scores)] : [args.scores];
  },
};
