import { diagonal, mean, neg, softplus, sub } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower } from "../names";
import { criticOption, defaultCritic, refusesPair, scorer, temperatureOption } from "./between";
import { meanOfOthers, untrue } from "./pairs";

export const js: Bound = {
  id: "js",
  title: "Jensen-Shannon",
  side: "proxy",
  serves: ["keep"],
  reads: "proxy",
  family: "jensen-shannon",
  doc: "How well a critic tells true pairs from untrue ones, by minus its logistic loss; −2 log 2 = −1.386 is chance.",
  gap: "Its value is a Jensen-Shannon divergence less 2 log 2, not information; the best critic is the same as that of the Kullback-Leibler bounds.",
  ceiling: "0",
  needs: "independent samples in a batch",
  citation: "Hjelm et al. 2019, Deep InfoMax; Nowozin, Cseke, Tomioka 2016",
  example: "keep I(Zx; Zy) by js(critic = separable)",
  symbol: ({ left, right }) => `JS(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{JS}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `JS(${left}; ${right}) = −⟨softplus(−T(${lower(left)}ᵢ, ${lower(right)}ᵢ))⟩ − ⟨softplus(T(${lower(left)}ᵢ, ${lower(right)}ⱼ))⟩ over j ≠ i`,
  latex: ({ left, right }) => {
    const [u, v] = [lower(latexNames(left)), lower(latexNames(right))];
    return `-\\frac{1}{N} \\sum_{i=1}^{N} \\mathrm{sp}(-T(${u}_i, ${v}_i)) - \\frac{1}{N(N-1)} \\sum_{i \\neq j} \\mathrm{sp}(T(${u}_i, ${v}_j)), \\quad \\mathrm{sp}(x) = \\log(1 + e^{x})`;
  },
  options: [criticOption("dot, or separable when widths differ"), temperatureOption],
  refuses: (term, spec) => refusesPair("js", term, spec, defaultCritic(term, spec)),
  arguments: (term, model, request) => ({
    scores: scorer(term, model, request, defaultCritic(term, model.spec)).pairs(),
  }),
  value({ scores }) {
    if (scores === undefined) throw new Error("js needs scores");
    const found = neg(mean(softplus(neg(diagonal(scores)))));
    return sub(found, meanOfOthers(softplus(untrue(scores))));
  },
};
