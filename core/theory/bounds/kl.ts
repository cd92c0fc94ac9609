import {
  add,
  div,
  exp,
  logSumExp,
  mean,
  mul,
  reshape,
  square,
  sub,
  sum,
  type Expr,
} from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower } from "../names";
import { priorOf } from "../priors/index";
import { ancestors, latentOf, paymentOf, streamOf } from "../roles";
import type { Spec, Variable } from "../spec";

export const kl: Bound = {
  id: "kl",
  title: "Rate",
  side: "upper",
  serves: ["compress"],
  reads: "rate",
  family: "rate",
  doc: "The mean divergence of the code's distribution, given its inputs, from its prior.",
  gap: "KL(q(z) ‖ r(z)): it vanishes when the codes, over all data, are spread as the prior.",
  needs:
    "a code with noise, and a prior that does not read the data; against a mixture one sample stands for the mean",
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
    const [code] = payment.codes;
    const condition = latentOf(spec, code!)?.prior.from?.find((name) => streamOf(spec, { name }));
    if (condition !== undefined) {
      const about = payment.about.map(({ name }) => name).join(", ");
      return `The prior of \`${code!.name}\` reads \`${condition}\`: a rate against it bounds \`I(${about}; ${code!.name} | ${condition})\`. Write that, by \`conditional(prior)\`.`;
    }
    return undefined;
  },
  arguments(term, model) {
    const [variable] = paymentOf(term, model.spec)!.codes;
    const { mean: mu, logVariance, sample } = model.code(variable!);
    const prior = model.prior(variable!.name);
    return {
      mean: mu,
      logVariance: logVariance!,
      ...(isSampled(variable!, model.spec) ? { sample } : {}),
      ...(prior ? { priorMean: prior.mean, priorLogVariance: prior.logVariance } : {}),
      ...(prior?.logWeights ? { priorLogWeights: prior.logWeights } : {}),
    };
  },
  value: (args) =>
    args.sample === undefined ? mean(sum(rateByCoordinate(args), 1)) : rateOfSample(args as SampledArguments),
};

type SampledArguments = Record<
  "mean" | "logVariance" | "sample" | "priorMean" | "priorLogVariance" | "priorLogWeights",
  Expr
>;

/**
 * Whether the rate of a code is taken at its sample, log q(z|x) - log r(z), whose mean is the divergence: its prior is a
 * mixture, or is made from a code that is itself inferred from this one.
 */
export function isSampled({ name }: Variable, spec: Spec): boolean {
  const prior = latentOf(spec, { name })?.prior;
  if (prior === undefined) return false;
  return (
    priorOf(prior.name).mixture || (prior.from ?? []).some((source) => ancestors(spec, source).has(name))
  );
}

/** log q - log r at one sample, averaged over the batch; the constants of both densities cancel. */
function rateOfSample(args: SampledArguments): Expr {
  const { mean: mu, logVariance, sample, priorMean, priorLogVariance, priorLogWeights } = args;
  const logDensity = (z: Expr, centre: Expr, spread: Expr): Expr =>
    mul(-0.5, sum(add(div(square(sub(z, centre)), exp(spread)), spread), -1));
  const own = logDensity(sample, mu, logVariance);
  if (priorLogWeights === undefined) return mean(sub(own, logDensity(sample, priorMean, priorLogVariance)));
  const apart = reshape(sample, ["N", 1, sample.shape[1]!]);
  const components = add(priorLogWeights, logDensity(apart, priorMean, priorLogVariance));
  return mean(sub(own, logSumExp(components, 1)));
}

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
