import { diagonal, exp, mean, sub } from "../../program/expression";
import type { Bound } from "../bound";
import { indexed, latexNames, lower, proofNames } from "../terms/names";
import { criticOption, defaultCritic, refusesPair, scorer, temperatureOption, type Scores } from "./between";
import { logMeanExpOfOthers } from "./pairs";

export const nwj: Bound<Scores> = {
  id: "nwj",
  title: "NWJ",
  side: "lower",
  serves: ["keep"],
  reads: "information",
  family: "nguyen-wainwright-jordan",
  doc: "A critic's mean over true pairs minus its mean exponential over the other pairs. It is linear in both, so the value of a minibatch is unbiased.",
  chance: 0,
  gap: "It is zero for the critic 1 + log p(u, v)/(p(u) p(v)); the variance grows like exp(I).",
  needs: "independent samples in a batch",
  citation: "Nguyen, Wainwright, Jordan 2010; Poole et al. 2019",
  example: "keep I(Zx; Zy) by nwj(critic = separable)",
  symbol: ({ left, right }) => `NWJ(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{NWJ}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `NWJ(${left}; ${right}) = ⟨T(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ᵢ")})⟩ − ⟨exp(T(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ⱼ")}) − 1)⟩ over j ≠ i`,
  latex: ({ left, right }) => {
    const [u, v] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} T(${indexed(u, "_i")}, ${indexed(v, "_i")}) - \\frac{1}{N(N-1)} \\sum_{i \\neq j} e^{T(${indexed(u, "_i")}, ${indexed(v, "_j")}) - 1}`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    const { a: ta, b: tb } = tex;
    return {
      formula: `I(${text.A}; ${text.B}) ≥ ⟨T⟩ − log ⟨exp T′⟩ ≥ ⟨T⟩ − ⟨exp(T′ − 1)⟩, T′ of independent pairs`,
      latex: `I(${tex.A}; ${tex.B}) \\ge \\langle T(${ta}, ${tb}) \\rangle - \\log \\langle e^{T(${ta}, ${tb}')} \\rangle \\ge \\langle T(${ta}, ${tb}) \\rangle - \\langle e^{T(${ta}, ${tb}') - 1} \\rangle`,
      by: "The Donsker-Varadhan inequality, for every T, and log a ≤ a/e: the dual of the Kullback-Leibler divergence as an f-divergence.",
    };
  },
  options: [criticOption("dot, or separable when widths differ"), temperatureOption],
  refuses: (term, spec) => refusesPair("nwj", term, spec, defaultCritic(term, spec)),
  arguments: (term, model, request) => ({
    scores: scorer(term, model, request, defaultCritic(term, model.spec)).pairs(),
  }),
  value({ scores }) {
    return sub(mean(diagonal(scores)), exp(sub(logMeanExpOfOthers(scores), 1)));
  },
};
