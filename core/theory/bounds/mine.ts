import { gather, logMeanExp, mean, sub } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower, termNames } from "../names";
import { criticOption, refusesPair, scorer, temperatureOption } from "./between";

export const mine: Bound = {
  id: "mine",
  title: "MINE",
  side: "lower",
  serves: ["keep"],
  reads: "information",
  family: "donsker-varadhan",
  doc: "The Donsker-Varadhan value of a critic: its mean over true pairs, less the log of its mean exponential over shuffled ones.",
  gap: "It shrinks with a better critic; its variance grows like exp(I).",
  needs: "the expectation over all data inside the logarithm",
  breaks: "`mine` takes the logarithm of a minibatch's mean, which is biased upward",
  citation: "Donsker and Varadhan 1983; Belghazi et al. 2018, equation 10",
  example: "keep I(Zx; Zy) by mine(critic = concat)",
  symbol: ({ left, right }) => `MINE(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{MINE}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `MINE(${left}; ${right}) = ⟨T(${lower(left)}, ${lower(right)})⟩ − log ⟨exp T(${lower(left)}, ${lower(right)}′)⟩, ${lower(right)}′ shuffled`,
  latex: ({ left, right }) => {
    const [u, v] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} T(${u}_i, ${v}_i) - \\log \\frac{1}{N} \\sum_{i=1}^{N} e^{T(${u}_i, ${v}_{\\pi(i)})}`;
  },
  proof(term, spec) {
    const { left, right } = termNames(term, spec);
    const [u, v] = [lower(left), lower(right)];
    const [tu, tv] = [lower(latexNames(left)), lower(latexNames(right))];
    const value = `\\langle T(${tu}, ${tv}) \\rangle - \\log \\langle e^{T(${tu}, ${tv}')} \\rangle`;
    return {
      formula: `I(${left}; ${right}) = ⟨T⟩ − log ⟨exp T′⟩ + KL(p(${u}, ${v}) ‖ p(${u}) p(${v}) exp T / ⟨exp T′⟩) ≥ ⟨T⟩ − log ⟨exp T′⟩ for every T, T′ of independent pairs`,
      latex: `I(${latexNames(left)}; ${latexNames(right)}) = ${value} + D_{\\mathrm{KL}}\\left(p(${tu}, ${tv}) \\,\\Big\\|\\, \\tfrac{p(${tu}) p(${tv}) e^{T}}{\\langle e^{T(${tu}, ${tv}')} \\rangle}\\right) \\ge ${value}`,
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
    if (joint === undefined || product === undefined)
      throw new Error("mine needs scores of both kinds of pairs");
    return sub(mean(joint), logMeanExp(product, 0));
  },
};
