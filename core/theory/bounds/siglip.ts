import { add, batchSize, diagonal, div, mean, softplus, sub, sum, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { indexed, latexNames, lower, proofNames } from "../terms/names";
import { criticOption, refusesPair, scorer, temperatureOption, type Scores } from "./between";

/** The paper's, so that a batch's many untrue pairs weigh little at first. */
const FIRST_BIAS = -10;

export const siglip: Bound<Scores & { bias: Expr }> = {
  id: "siglip",
  title: "SigLIP",
  side: "proxy",
  serves: ["keep"],
  reads: "proxy",
  family: "pairwise-logistic",
  doc: "Minus the logistic loss of every pair separately, with a learned bias. Unlike InfoNCE it does not compare pairs with each other.",
  gap: "Its value is a mean log-probability, not information.",
  ceiling: "0",
  most: () => 0,
  needs: "independent samples in a batch",
  citation: "Zhai et al. 2023",
  example: "keep I(Zx; Zy) by siglip(critic = cosine, temperature = learned)",
  symbol: ({ left, right }) => `SigLIP(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `\\mathrm{SigLIP}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `SigLIP(${left}; ${right}) = 1/N Σᵢⱼ log sigmoid(sᵢⱼ (T(${indexed(lower(left), "ᵢ")}, ${indexed(lower(right), "ⱼ")}) + b)), s = 1 for true pairs, else −1`,
  latex: ({ left, right }) => {
    const [u, v] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i,j=1}^{N} \\log \\sigma\\left(s_{ij} \\left(T(${indexed(u, "_i")}, ${indexed(v, "_j")}) + b\\right)\\right), \\quad s_{ij} = 2 \\delta_{ij} - 1`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    const [{ a, b }, { a: ta, b: tb }] = [text, tex];
    return {
      formula: `⟨SigLIP(${text.A}; ${text.B})⟩ + log N + (N−1) log(N/(N−1)) ≤ I(${text.A}; ${text.B}) − N KL(m ‖ p(${a}) p(${b})), m = (p(${a}, ${b}) + (N−1) p(${a}) p(${b}))/N`,
      latex: `\\langle \\mathrm{SigLIP}(${tex.A}; ${tex.B}) \\rangle + \\log N + (N-1) \\log \\tfrac{N}{N-1} \\le I(${tex.A}; ${tex.B}) - N D_{\\mathrm{KL}}(m \\,\\|\\, p(${ta}) p(${tb})), \\quad m = \\tfrac{1}{N} p(${ta}, ${tb}) + \\tfrac{N-1}{N} p(${ta}) p(${tb})`,
      by: "The logistic loss of one true pair among N is the dual of a skewed Jensen-Shannon divergence. The value plus these constants is below the information. The value itself is never above 0.",
    };
  },
  options: [criticOption("cosine"), temperatureOption],
  refuses: (term, spec) => refusesPair("siglip", term, spec, "cosine"),
  arguments(term, model, request) {
    const score = scorer(term, model, request, "cosine");
    return {
      scores: score.pairs(),
      bias: model.parameter(`critic.${score.pair.name}.bias`, [], FIRST_BIAS),
    };
  },
  value({ scores, bias }) {
    const logits = add(scores, bias);
    // log sigmoid(x) = x - softplus(x) for true pairs, -softplus(x) for the others.
    return sub(mean(diagonal(logits)), div(sum(softplus(logits)), batchSize()));
  },
};
