import { diagonal, exp, mean, sub } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower, termNames } from "../names";
import { criticOption, defaultCritic, refusesPair, scorer, temperatureOption } from "./between";
import { logMeanExpOfOthers } from "./pairs";

export const nwj: Bound = {
  id: "nwj",
  title: "NWJ",
  side: "lower",
  serves: ["keep"],
  reads: "information",
  family: "nguyen-wainwright-jordan",
  doc: "A critic's mean over true pairs, less its mean exponential over the others: linear in both, so a minibatch's value is unbiased.",
  gap: "It vanishes for the critic 1 + log p(u, v)/(p(u) p(v)); the variance grows like exp(I).",
  needs: "independent samples in a batch",
  citation: "Nguyen, Wainwright, Jordan 2010; Poole et al. 2019",
  example: "keep I(Zx; Zy) by nwj(critic = separable)",
  symbol: ({ left, right }) => `NWJ(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{NWJ}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `NWJ(${left}; ${right}) = ⟨T(${lower(left)}ᵢ, ${lower(right)}ᵢ)⟩ − ⟨exp(T(${lower(left)}ᵢ, ${lower(right)}ⱼ) − 1)⟩ over j ≠ i`,
  latex: ({ left, right }) => {
    const [u, v] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} T(${u}_i, ${v}_i) - \\frac{1}{N(N-1)} \\sum_{i \\neq j} e^{T(${u}_i, ${v}_j) - 1}`;
  },
  proof(term, spec) {
    const { left, right } = termNames(term, spec);
    const [tu, tv] = [lower(latexNames(left)), lower(latexNames(right))];
    return {
      formula: `I(${left}; ${right}) ≥ ⟨T⟩ − log ⟨exp T′⟩ ≥ ⟨T⟩ − ⟨exp(T′ − 1)⟩ for every T, T′ of independent pairs, since log a ≤ a/e`,
      latex: `I(${latexNames(left)}; ${latexNames(right)}) \\ge \\langle T(${tu}, ${tv}) \\rangle - \\log \\langle e^{T(${tu}, ${tv}')} \\rangle \\ge \\langle T(${tu}, ${tv}) \\rangle - \\langle e^{T(${tu}, ${tv}') - 1} \\rangle`,
    };
  },
  options: [criticOption("dot, or separable when widths differ"), temperatureOption],
  refuses: (term, spec) => refusesPair("nwj", term, spec, defaultCritic(term, spec)),
  arguments: (term, model, request) => ({
    scores: scorer(term, model, request, defaultCritic(term, model.spec)).pairs(),
  }),
  value({ scores }) {
    if (scores === undefined) throw new Error("nwj needs scores");
    return sub(mean(diagonal(scores)), exp(sub(logMeanExpOfOthers(scores), 1)));
  },
};
