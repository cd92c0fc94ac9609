import { add, diagonal, exp, log, logSumExp, mean, sub, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { indexed, latexNames, lower, proofNames } from "../terms/names";
import { criticOption, defaultCritic, refusesPair, scorer, temperatureOption, type Scores } from "./between";
import { others, untrue } from "./pairs";

export const flo: Bound<Scores & { baseline: Expr }> = {
  id: "flo",
  title: "FLO",
  side: "lower",
  serves: ["keep"],
  reads: "information",
  family: "fenchel-legendre",
  doc: "Contrasts each true pair with the other pairs of the batch through a learned baseline u of the pair: unbiased like NWJ, with the low variance of InfoNCE.",
  chance: 0,
  gap: "It is zero for the critic log p(u, v)/(p(u) p(v)), up to a function of u, with minus that logarithm as the baseline. Other critics and baselines give lower values.",
  needs: "independent samples in a batch",
  citation: "Guo et al. 2022",
  example: "keep I(Zx; Zy) by flo(critic = separable)",
  symbol: ({ left, right }) => `FLO(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{FLO}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `FLO(${left}; ${right}) = 1 − ⟨u(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ᵢ")}) + ⟨exp(−u(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ᵢ")}) + T(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ⱼ")}) − T(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ᵢ")}))⟩ over j ≠ i⟩`,
  latex: ({ left, right }) => {
    const [x, y] = [lower(latexNames(left)), lower(latexNames(right))];
    return `1 - \\frac{1}{N} \\sum_{i=1}^{N} \\left[ u(${indexed(x, "_i")}, ${indexed(y, "_i")}) + \\frac{1}{N-1} \\sum_{j \\neq i} e^{-u(${indexed(x, "_i")}, ${indexed(y, "_i")}) + T(${indexed(x, "_i")}, ${indexed(y, "_j")}) - T(${indexed(x, "_i")}, ${indexed(y, "_i")})} \\right]`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    const [{ a, b }, { a: ta, b: tb }] = [text, tex];
    const Z = `\\langle e^{T(${ta}, ${tb}')} \\rangle_{${tb}'}`;
    return {
      formula: `I(${text.A}; ${text.B}) ≥ −⟨log a⟩ ≥ 1 − ⟨u + a exp(−u)⟩, a(${a}, ${b}) = ⟨exp(T(${a}, ${b}′) − T(${a}, ${b}))⟩ over ${b}′`,
      latex: `I(${tex.A}; ${tex.B}) \\ge \\left\\langle T(${ta}, ${tb}) - \\log ${Z} \\right\\rangle \\ge 1 - \\left\\langle u(${ta}, ${tb}) + e^{-u(${ta}, ${tb})} \\, ${Z} \\, e^{-T(${ta}, ${tb})} \\right\\rangle`,
      by: `Gibbs' inequality for the guess p(${b}) exp T(${a}, ${b}) of ${b} given ${a}, normalised for each ${a}; then −log a ≥ 1 − u − a exp(−u) for every u, the Fenchel-Legendre dual of the logarithm, which is linear in a, so that a batch's mean is unbiased.`,
    };
  },
  options: [criticOption("dot, or separable when widths differ"), temperatureOption],
  refuses: (term, spec) => refusesPair("flo", term, spec, defaultCritic(term, spec)),
  arguments(term, model, request) {
    const score = scorer(term, model, request, defaultCritic(term, model.spec));
    return { scores: score.pairs(), baseline: score.baseline() };
  },
  value({ scores, baseline }) {
    const untruth = sub(logSumExp(untrue(scores), 1), log(others()));
    const contrast = exp(sub(sub(untruth, diagonal(scores)), baseline));
    return sub(1, mean(add(baseline, contrast)));
  },
};
