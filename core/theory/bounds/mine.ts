import { gather, logMeanExp, mean, sub, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { indexed, latexNames, lower, proofNames } from "../terms/names";
import { criticOption, refusesPair, scorer, temperatureOption } from "./between";

export const mine: Bound<Record<"joint" | "product", Expr>> = {
  id: "mine",
  title: "MINE",
  side: "lower",
  serves: ["keep"],
  reads: "information",
  family: "donsker-varadhan",
  doc: "The Donsker-Varadhan value of a critic: its mean over true pairs minus the log of its mean exponential over shuffled pairs.",
  chance: 0,
  gap: "It shrinks with a better critic; its variance grows like exp(I).",
  needs: "an expectation over all data inside the logarithm",
  breaks: "`mine` takes the logarithm of a minibatch's mean, which is biased upward",
  citation: "Donsker and Varadhan 1983; Belghazi et al. 2018, equation 10",
  example: "keep I(Zx; Zy) by mine(critic = concat)",
  symbol: ({ left, right }) => `MINE(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{MINE}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `MINE(${left}; ${right}) = ⟨T(${lower(left)}, ${lower(right)})⟩ − log ⟨exp T(${lower(left)}, ${lower(right)}′)⟩, ${lower(right)}′ shuffled`,
  latex: ({ left, right }) => {
    const [u, v] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} T(${indexed(u, "_i")}, ${indexed(v, "_i")}) - \\log \\frac{1}{N} \\sum_{i=1}^{N} e^{T(${indexed(u, "_i")}, ${indexed(v, "_{\\pi(i)}")})}`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    const [{ a, b }, { a: ta, b: tb }] = [text, tex];
    const value = `\\langle T(${ta}, ${tb}) \\rangle - \\log \\langle e^{T(${ta}, ${tb}')} \\rangle`;
    return {
      formula: `I(${text.A}; ${text.B}) = ⟨T⟩ − log ⟨exp T′⟩ + KL(p(${a}, ${b}) ‖ p(${a}) p(${b}) exp T / ⟨exp T′⟩) ≥ ⟨T⟩ − log ⟨exp T′⟩, T′ of independent pairs`,
      latex: `I(${tex.A}; ${tex.B}) = ${value} + D_{\\mathrm{KL}}\\left(p(${ta}, ${tb}) \\,\\Big\\|\\, \\tfrac{p(${ta}) p(${tb}) e^{T}}{\\langle e^{T(${ta}, ${tb}')} \\rangle}\\right) \\ge ${value}`,
      by: "The Donsker-Varadhan inequality, for every T: the divergence of true pairs from independent pairs reweighted by exp T is dropped. With the mean of a batch inside the logarithm, Jensen's inequality raises the value.",
    };
  },
  options: [criticOption("concat"), temperatureOption],
  refuses: (term, spec) => refusesPair("mine", term, spec, "concat"),
  arguments(term, model, request) {
    const score = scorer(term, model, request, "concat");
    const order = model.permutation(score.pair.name);
    return { joint: score.rows(), product: score.rows((rows) => gather(rows, order)) };
  },
  value({ joint, product }) {
    return sub(mean(joint), logMeanExp(product, 0));
  },
};
