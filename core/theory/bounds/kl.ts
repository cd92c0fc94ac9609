import { add, div, exp, mean, mul, sub, square, sum } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower } from "../names";
import { paymentOf } from "../roles";

export const kl: Bound = {
  id: "kl",
  title: "Rate",
  side: "upper",
  serves: ["compress"],
  reads: "rate",
  family: "rate",
  doc: "The mean divergence of the code's distribution, given its inputs, from its prior.",
  gap: "KL(q(z) ‖ r(z)): it vanishes when the codes, over all data, are spread as the prior.",
  needs: "a code with noise, and a prior that does not read the data",
  citation: "Kingma and Welling 2014, appendix B; Alemi et al. 2017, equation 14",
  example: "compress I(X; Z) by kl",
  symbol: ({ left, right }) => `KL(q(${lower(right)}|${lower(left)}) ‖ r(${lower(right)}))`,
  symbolLatex: ({ left, right }) => {
    const [x, z] = [lower(latexNames(left)), lower(latexNames(right))];
    return `D_{\\mathrm{KL}}\\left(q(${z} \\mid ${x}) \\,\\|\\, r(${z})\\right)`;
  },
  formula: ({ left, right }) =>
    `⟨KL(q(${lower(right)}|${lower(left)}) ‖ r(${lower(right)}))⟩ = ½ ⟨Σ (μ² + σ² − 1 − log σ²)⟩ for a standard prior`,
  latex: ({ left, right }) => {
    const [x, z] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} D_{\\mathrm{KL}}\\left(q(${z} \\mid ${x}_i) \\,\\|\\, r(${z})\\right)`;
  },
  options: [],
  refuses(term, spec) {
    const payment = paymentOf(term, spec);
    if (payment === undefined)
      return "`kl` is the rate of a code: one side of the term must be latents, inferred from the other.";
    if (payment.given.length > 0)
      return "`kl` bounds I(X; Z) without a condition; use `conditional`, or leave the condition out.";
    if (payment.codes.some(({ subset }) => subset?.length === 0))
      return "`Z[]` is a draw from the prior: its rate is zero.";
    return undefined;
  },
  arguments(term, model) {
    const [variable] = paymentOf(term, model.spec)!.codes;
    const { mean: mu, logVariance } = model.code(variable!);
    const prior = model.prior(variable!.name);
    return {
      mean: mu,
      logVariance: logVariance!,
      ...(prior ? { priorMean: prior.mean, priorLogVariance: prior.logVariance } : {}),
    };
  },
  value: (args) => mean(sum(rateByCoordinate(args), 1)),
};

/**
 * KL of N(mean, exp logVariance) from the prior, for each sample and coordinate: [N, k]. The standard normal when no
 * prior is given.
 */
export function rateByCoordinate(args: Parameters<Bound["value"]>[0]): ReturnType<Bound["value"]> {
  const { mean: mu, logVariance, priorMean, priorLogVariance } = args;
  if (mu === undefined || logVariance === undefined)
    throw new Error("a rate needs a mean and a log-variance");
  if (priorMean === undefined || priorLogVariance === undefined) {
    return mul(0.5, sub(sub(add(square(mu), exp(logVariance)), 1), logVariance));
  }
  const spread = div(add(square(sub(mu, priorMean)), exp(logVariance)), exp(priorLogVariance));
  return mul(0.5, add(sub(sub(spread, 1), logVariance), priorLogVariance));
}
