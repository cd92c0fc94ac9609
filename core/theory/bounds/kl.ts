import { add, logSumExp, mean, reshape, sub, sum, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { asArguments, fromArguments, ownIn } from "../laws/arguments";
import { densityOf } from "../laws/index";
import { latexNames, lower, termNames } from "../names";
import { priorOf } from "../priors/index";
import { ancestors, latentOf, paymentOf, streamOf, unpaid } from "../roles";
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
  formula: ({ left, right, law = "gaussian" }) =>
    `⟨KL(q(${lower(right)}|${lower(left)}) ‖ r(${lower(right)}))⟩ = ${densityOf(law).formula.standard}`,
  latex: ({ left, right }) => {
    const [x, z] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} D_{\\mathrm{KL}}\\left(q(${z} \\mid ${x}_i) \\,\\|\\, r(${z})\\right)`;
  },
  proof(term, spec) {
    const { left, right } = termNames(term, spec);
    // Against a prior that reads another code, the rates of both bound together; what the term does not name is paid too.
    const above = paymentOf(term, spec)?.codes.some((code) => latentOf(spec, code)?.prior.from !== undefined);
    if (above === true || unpaid(term, spec).length > 0) return undefined;
    const [x, z] = [lower(left), lower(right)];
    const [tx, tz] = [lower(latexNames(left)), lower(latexNames(right))];
    const rate = `\\langle D_{\\mathrm{KL}}(q(${tz} \\mid ${tx}) \\,\\|\\, r(${tz})) \\rangle`;
    return {
      formula: `I(${left}; ${right}) = ⟨KL(q(${z}|${x}) ‖ q(${z}))⟩ = ⟨KL(q(${z}|${x}) ‖ r(${z}))⟩ − KL(q(${z}) ‖ r(${z})) ≤ ⟨KL(q(${z}|${x}) ‖ r(${z}))⟩`,
      latex: `I(${latexNames(left)}; ${latexNames(right)}) = ${rate} - D_{\\mathrm{KL}}(q(${tz}) \\,\\|\\, r(${tz})) \\le ${rate}`,
    };
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
    const { distribution, sample } = model.code(variable!);
    const prior = model.prior(variable!.name);
    return {
      ...distribution,
      ...(isSampled(variable!, model.spec) ? { sample } : {}),
      ...(prior ? asArguments("prior", prior.distribution) : {}),
      ...(prior?.logWeights ? { priorLogWeights: prior.logWeights } : {}),
    };
  },
  value(args) {
    if (args.sample !== undefined) return rateOfSample(args, args.sample);
    const { density, own } = ownIn(args);
    return mean(sum(density.divergence(own, fromArguments(density, args, "prior")), 1));
  },
};

/**
 * Whether the rate of a code is taken at its sample, log q(z|x) - log r(z), whose mean is the divergence: its prior is a
 * mixture, or is made from a code that is itself inferred from this one.
 */
export function isSampled({ name }: Variable, spec: Spec): boolean {
  const latent = latentOf(spec, { name });
  if (latent === undefined) return false;
  const { law, prior } = latent;
  const mixed = priorOf(prior.name).mixture && densityOf(law.name).mixed === undefined;
  return mixed || (prior.from ?? []).some((source) => ancestors(spec, source).has(name));
}

/** log q - log r at one sample, averaged over the batch; the constants of both densities cancel. */
function rateOfSample(args: Readonly<Record<string, Expr>>, sample: Expr): Expr {
  const { density, own } = ownIn(args);
  const prior = fromArguments(density, args, "prior")!;
  const ofOwn = density.logDensity(sample, own);
  const { priorLogWeights } = args;
  if (priorLogWeights === undefined) return mean(sub(ofOwn, density.logDensity(sample, prior)));
  const apart = reshape(sample, ["N", 1, sample.shape[1]!]);
  const components = add(priorLogWeights, density.logDensity(apart, prior));
  return mean(sub(ofOwn, logSumExp(components, 1)));
}
