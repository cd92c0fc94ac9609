import { diagonal, log, logSumExp, mean, sub, sum, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower } from "../names";
import { logDensities, ownDensity, refusesOwn } from "./density";
import { others, untrue } from "./pairs";

export const l1out: Bound = {
  id: "l1out",
  title: "Leave one out",
  side: "upper",
  serves: ["compress"],
  reads: "information",
  family: "leave-one-out",
  doc: "A code's density under its own input against its mean density under the other inputs of the batch, which stand for the code's marginal.",
  gap: "It shrinks as the batch grows: the mean over the other inputs comes near the code's marginal.",
  needs: "the code's own density, which the encoder gives, and independent samples in a batch",
  citation: "Poole et al. 2019",
  example: "compress I(X; Z) by l1out",
  symbol: ({ left, right }) => `L1O(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{L1O}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `L1O(${left}; ${right}) = ⟨log q(${lower(right)}ᵢ|${lower(left)}ᵢ) − log 1/(N−1) Σⱼ≠ᵢ q(${lower(right)}ᵢ|${lower(left)}ⱼ)⟩`,
  latex: ({ left, right }) => {
    const [x, z] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} \\log \\frac{q(${z}_i \\mid ${x}_i)}{\\frac{1}{N-1} \\sum_{j \\neq i} q(${z}_i \\mid ${x}_j)}`;
  },
  options: [],
  refuses: (term, spec) => refusesOwn("l1out", term, spec),
  arguments: ownDensity,
  value(args) {
    const densities = sum(logDensities(args as Record<"mean" | "logVariance" | "sample", Expr>), 2);
    const marginal = sub(logSumExp(untrue(densities), 0), log(others()));
    return mean(sub(diagonal(densities), marginal));
  },
};
