import { add, diagonal, exp, log, logSumExp, mean, sub } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower } from "../names";
import { criticOption, defaultCritic, refusesPair, scorer, temperatureOption } from "./between";
import { others, untrue } from "./pairs";

export const flo: Bound = {
  id: "flo",
  title: "FLO",
  side: "lower",
  serves: ["keep"],
  reads: "information",
  family: "fenchel-legendre",
  doc: "Contrasts each true pair with its neighbours through a learned baseline u of the pair: linear in the batch like NWJ, steady like InfoNCE.",
  gap: "It vanishes for the critic log p(u, v)/(p(u) p(v)) with the baseline minus that; any other critic and baseline stay below.",
  needs: "independent samples in a batch",
  citation: "Guo et al. 2022",
  example: "keep I(Zx; Zy) by flo(critic = separable)",
  symbol: ({ left, right }) => `FLO(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{FLO}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `FLO(${left}; ${right}) = 1 − ⟨u(${lower(left)}ᵢ, ${lower(right)}ᵢ) + ⟨exp(−u(${lower(left)}ᵢ, ${lower(right)}ᵢ) + T(${lower(left)}ᵢ, ${lower(right)}ⱼ) − T(${lower(left)}ᵢ, ${lower(right)}ᵢ))⟩ over j ≠ i⟩`,
  latex: ({ left, right }) => {
    const [x, y] = [lower(latexNames(left)), lower(latexNames(right))];
    return `1 - \\frac{1}{N} \\sum_{i=1}^{N} \\left[ u(${x}_i, ${y}_i) + \\frac{1}{N-1} \\sum_{j \\neq i} e^{-u(${x}_i, ${y}_i) + T(${x}_i, ${y}_j) - T(${x}_i, ${y}_i)} \\right]`;
  },
  options: [criticOption("dot, or separable when widths differ"), temperatureOption],
  refuses: (term, spec) => refusesPair("flo", term, spec, defaultCritic(term, spec)),
  arguments(term, model, request) {
    const score = scorer(term, model, request, defaultCritic(term, model.spec));
    return { scores: score.pairs(), baseline: score.baseline() };
  },
  value({ scores, baseline }) {
    if (scores === undefined || baseline === undefined) throw new Error("flo needs scores and a baseline");
    const untruth = sub(logSumExp(untrue(scores), 1), log(others()));
    const contrast = exp(sub(sub(untruth, diagonal(scores)), baseline));
    return sub(1, mean(add(baseline, contrast)));
  },
};
