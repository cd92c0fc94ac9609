import { diagonal, log, logSumExp, mean, sub, sum } from "../../program/expression";
import type { Bound } from "../bound";
import { indexed, latexNames, lower } from "../terms/names";
import { logDensities, ownDensity, refusesOwn, type OwnDensity } from "./density";
import { others, untrue } from "./pairs";
import { rateProof } from "./rate";

export const l1out: Bound<OwnDensity> = {
  id: "l1out",
  title: "Leave one out",
  side: "upper",
  serves: ["compress"],
  reads: "information",
  family: "leave-one-out",
  doc: "The log-density of a code given its own input, minus the log of its mean density over the other inputs of the batch, which approximates the code's marginal.",
  gap: "It shrinks as the batch grows, because the mean over the other inputs approaches the code's marginal. When small, it is about the variance of q(z|x′)/q(z) divided by 2N, which grows like the exponential of the information.",
  needs: "the code's true density, which the encoder gives, and independent samples in a batch",
  citation: "Poole et al. 2019",
  example: "compress I(X; Z) by l1out",
  symbol: ({ left, right }) => `L1O(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{L1O}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `L1O(${left}; ${right}) = ⟨log q(${indexed(lower(right), "ᵢ")}|${indexed(lower(left), "ᵢ")}) − log 1/(N−1) Σⱼ≠ᵢ q(${indexed(lower(right), "ᵢ")}|${indexed(lower(left), "ⱼ")})⟩`,
  latex: ({ left, right }) => {
    const [x, z] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} \\log \\frac{q(${indexed(z, "_i")} \\mid ${indexed(x, "_i")})}{\\frac{1}{N-1} \\sum_{j \\neq i} q(${indexed(z, "_i")} \\mid ${indexed(x, "_j")})}`;
  },
  proof(term, spec) {
    const { text, tex, start, startTex, first } = rateProof(term, spec);
    const [{ a, b }, { a: ta, b: tb }] = [text, tex];
    const others = `\\tfrac{1}{N-1} \\sum_{j \\neq i} q(${indexed(tb, "_i")} \\mid ${indexed(ta, "_j")})`;
    return {
      formula: `${start} = ⟨log q(${indexed(b, "ᵢ")}|${indexed(a, "ᵢ")}) − log q(${indexed(b, "ᵢ")})⟩ ≤ ⟨log q(${indexed(b, "ᵢ")}|${indexed(a, "ᵢ")}) − log 1/(N−1) Σⱼ≠ᵢ q(${indexed(b, "ᵢ")}|${indexed(a, "ⱼ")})⟩`,
      latex: `${startTex} = \\langle \\log q(${indexed(tb, "_i")} \\mid ${indexed(ta, "_i")}) - \\log q(${indexed(tb, "_i")}) \\rangle \\le \\left\\langle \\log q(${indexed(tb, "_i")} \\mid ${indexed(ta, "_i")}) - \\log ${others} \\right\\rangle`,
      by: `${first}Jensen's inequality: the mean over other inputs is q(${indexed(b, "ᵢ")}) in expectation, so its logarithm is at most log q(${indexed(b, "ᵢ")}).`,
    };
  },
  options: [],
  refuses: (term, spec) => refusesOwn("l1out", term, spec),
  arguments: ownDensity,
  value(args) {
    const densities = sum(logDensities(args), 2);
    const marginal = sub(logSumExp(untrue(densities), 0), log(others()));
    return mean(sub(diagonal(densities), marginal));
  },
};
