import { diagonal, mean, neg, softplus, sub } from "../../program/expression";
import type { Bound } from "../bound";
import { indexed, latexNames, lower, proofNames } from "../terms/names";
import { criticOption, defaultCritic, refusesPair, scorer, temperatureOption, type Scores } from "./between";
import { meanOfOthers, untrue } from "./pairs";

export const js: Bound<Scores> = {
  id: "js",
  title: "Jensen-Shannon",
  side: "proxy",
  serves: ["keep"],
  reads: "proxy",
  family: "jensen-shannon",
  doc: "How well a critic distinguishes true pairs from shuffled ones: minus its logistic loss. Chance is −2 log 2 = −1.386.",
  chance: -2 * Math.LN2,
  gap: "With the best critic its value is twice the Jensen-Shannon divergence of true from independent pairs, minus 2 log 2. That is not information, although the best critic, log p(u, v)/(p(u) p(v)), is the same as for the Kullback-Leibler bounds.",
  ceiling: "0",
  most: () => 0,
  needs: "independent samples in a batch",
  citation: "Hjelm et al. 2019, Deep InfoMax; Nowozin, Cseke, Tomioka 2016",
  example: "keep I(Zx; Zy) by js(critic = separable)",
  symbol: ({ left, right }) => `JS(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{JS}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `JS(${left}; ${right}) = −⟨softplus(−T(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ᵢ")}))⟩ − ⟨softplus(T(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ⱼ")}))⟩ over j ≠ i`,
  latex: ({ left, right }) => {
    const [u, v] = [lower(latexNames(left)), lower(latexNames(right))];
    return `-\\frac{1}{N} \\sum_{i=1}^{N} \\mathrm{sp}(-T(${indexed(u, "_i")}, ${indexed(v, "_i")})) - \\frac{1}{N(N-1)} \\sum_{i \\neq j} \\mathrm{sp}(T(${indexed(u, "_i")}, ${indexed(v, "_j")})), \\quad \\mathrm{sp}(x) = \\log(1 + e^{x})`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    const [{ a, b }, { a: ta, b: tb }] = [text, tex];
    return {
      formula: `⟨JS(${text.A}; ${text.B})⟩ + 2 log 2 ≤ 2 JSD(p(${a}, ${b}), p(${a}) p(${b})) = I(${text.A}; ${text.B}) − 2 KL(m ‖ p(${a}) p(${b})), m = ½ p(${a}, ${b}) + ½ p(${a}) p(${b})`,
      latex: `\\langle I_{\\mathrm{JS}}(${tex.A}; ${tex.B}) \\rangle + 2 \\log 2 \\le 2 \\, \\mathrm{JSD}(p(${ta}, ${tb}), p(${ta}) p(${tb})) = I(${tex.A}; ${tex.B}) - 2 D_{\\mathrm{KL}}(m \\,\\|\\, p(${ta}) p(${tb})), \\quad m = \\tfrac{1}{2} p(${ta}, ${tb}) + \\tfrac{1}{2} p(${ta}) p(${tb})`,
      by: "The logistic loss is the dual of an f-divergence. The value plus 2 log 2 is below the information and never above 2 log 2, however large the information is. The value itself is never above 0.",
    };
  },
  options: [criticOption("dot, or separable when widths differ"), temperatureOption],
  refuses: (term, spec) => refusesPair("js", term, spec, defaultCritic(term, spec)),
  arguments: (term, model, request) => ({
    scores: scorer(term, model, request, defaultCritic(term, model.spec)).pairs(),
  }),
  value({ scores }) {
    const found = neg(mean(softplus(neg(diagonal(scores)))));
    return sub(found, meanOfOthers(softplus(untrue(scores))));
  },
};
