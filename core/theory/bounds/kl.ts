import { add, logSumExp, mean, reshape, sub, sum, type Expr } from "../../program/expression";
import type { Bound, Proof } from "../bound";
import { asArguments, fromArguments, ownIn } from "../laws/arguments";
import { densityOf } from "../laws/index";
import { indexed, latexNames, lower } from "../terms/names";
import { priorOf } from "../priors/index";
import { ancestors, latentOf, paymentOf, streamOf } from "../terms/roles";
import type { Model } from "../model-interface";
import type { Spec, Variable } from "../spec";
import { rateProof } from "./rate";

export const kl: Bound = {
  id: "kl",
  title: "Rate",
  side: "upper",
  serves: ["compress"],
  reads: "rate",
  family: "rate",
  doc: "The mean divergence of the code's distribution, given its inputs, from its prior.",
  gap: "KL(q(z) ‖ r(z)): it is zero when the codes over all data are distributed like the prior. With a prior of independent coordinates it is TC(Z) plus the divergence of each coordinate from its prior.",
  needs:
    "a code with noise, and a prior that does not read the data; with a mixture as prior, one sample estimates the mean",
  citation: "Kingma and Welling 2014, appendix B; Alemi et al. 2017, equation 14",
  example: "compress I(X; Z) by kl",
  symbol: ({ left, right }) => `KL(q(${lower(right)}|${lower(left)}) ‖ r(${lower(right)}))`,
  symbolLatex: ({ left, right }) => {
    const [x, z] = [lower(latexNames(left)), lower(latexNames(right))];
    return `D_{\\mathrm{KL}}\\left(q(${z} \\mid ${x}) \\,\\|\\, r(${z})\\right)`;
  },
  short: ({ right }) => `R(${right})`,
  formula: ({ left, right, law = "gaussian" }) =>
    `⟨KL(q(${lower(right)}|${lower(left)}) ‖ r(${lower(right)}))⟩ = ${densityOf(law).formula.standard}`,
  latex: ({ left, right }) => {
    const [x, z] = [lower(latexNames(left)), lower(latexNames(right))];
    return `\\frac{1}{N} \\sum_{i=1}^{N} D_{\\mathrm{KL}}\\left(q(${z} \\mid ${indexed(x, "_i")}) \\,\\|\\, r(${z})\\right)`;
  },
  proof(term, spec) {
    const levels = levelsFrom(paymentOf(term, spec)!.codes[0]!, spec);
    if (levels.length > 1) return proofOfLevels(levels, spec);
    const { text, tex, start, startTex, first } = rateProof(term, spec);
    const rate = `⟨KL(q(${text.b}|${text.a}) ‖ r(${text.b}))⟩`;
    const rateTex = `\\langle D_{\\mathrm{KL}}(q(${tex.b} \\mid ${tex.a}) \\,\\|\\, r(${tex.b})) \\rangle`;
    return {
      formula: `${start} = ⟨KL(q(${text.b}|${text.a}) ‖ q(${text.b}))⟩ = ${rate} − KL(q(${text.b}) ‖ r(${text.b})) ≤ ${rate}`,
      latex: `${startTex} = ${rateTex} - D_{\\mathrm{KL}}(q(${tex.b}) \\,\\|\\, r(${tex.b})) \\le ${rateTex}`,
      by: `${first}Gibbs' inequality: the divergence of the codes over all data from the prior is dropped.`,
    };
  },
  options: [],
  refuses(term, spec) {
    const payment = paymentOf(term, spec);
    if (payment === undefined)
      return "`kl` is the rate of a code, so one side of the term must be latents that are inferred from the other.";
    if (payment.given.length > 0)
      return "`kl` bounds I(X; Z) without a condition. Use `conditional`, or remove the condition.";
    if (payment.codes.some(({ subset }) => subset?.length === 0))
      return "`Z[]` is a sample from the prior, so its rate is zero. Remove this term.";
    const [code] = payment.codes;
    const condition = latentOf(spec, code!)?.prior.from?.find((name) => streamOf(spec, { name }));
    if (condition !== undefined) {
      const about = payment.about.map(({ name }) => name).join(", ");
      return `The prior of \`${code!.name}\` reads \`${condition}\`: a rate against it bounds \`I(${about}; ${code!.name} | ${condition})\`. Write that term with \`by conditional(prior)\`.`;
    }
    return undefined;
  },
  arguments(term, model) {
    const [variable] = paymentOf(term, model.spec)!.codes;
    return argumentsOf(variable!, model);
  },
  value: (args) => mean(rateOfArguments(args)),
  coordinates(args) {
    const { density, own } = ownIn(args);
    if (args["sample"] !== undefined || !density.independent) return undefined;
    return mean(density.divergence(own, fromArguments(density, args, "prior")), 0);
  },
};

function argumentsOf(variable: Variable, model: Model): Record<string, Expr> {
  const { distribution, sample } = model.code(variable);
  const prior = model.prior(variable.name);
  return {
    ...distribution,
    ...(isSampled(variable, model.spec) ? { sample } : {}),
    ...(prior ? asArguments("prior", prior.distribution) : {}),
    ...(prior?.logWeights ? { priorLogWeights: prior.logWeights } : {}),
  };
}

/** The rate of each row, [N] nats, of a code of one law against its prior. */
export const rateOfRows = (variable: Variable, model: Model): Expr =>
  rateOfArguments(argumentsOf(variable, model));

/** [N]: in closed form, or log q - log r at one sample, where the constants of both densities cancel. */
function rateOfArguments(args: Readonly<Record<string, Expr>>): Expr {
  const { density, own } = ownIn(args);
  const prior = fromArguments(density, args, "prior");
  const { sample, priorLogWeights } = args;
  if (sample === undefined) return sum(density.divergence(own, prior), 1);
  const ofOwn = density.logDensity(sample, own);
  if (priorLogWeights === undefined) return sub(ofOwn, density.logDensity(sample, prior!));
  const apart = reshape(sample, ["N", 1, sample.shape[1]!]);
  const components = add(priorLogWeights, density.logDensity(apart, prior!));
  return sub(ofOwn, logSumExp(components, 1));
}

/** A code and those that its prior is made from, level by level. */
function levelsFrom(code: Variable, spec: Spec): Variable[] {
  const levels = [code];
  for (const level of levels)
    for (const name of latentOf(spec, level)?.prior.from ?? [])
      if (!levels.some((known) => known.name === name)) levels.push({ name });
  return levels;
}

/** Of a hierarchy: the rates of all levels together pay for what all of them hold. */
function proofOfLevels(levels: readonly Variable[], spec: Spec): Proof {
  const streams = spec.streams.filter(({ name }) =>
    levels.some((level) => ancestors(spec, level.name).has(name)),
  );
  const write = (tex: boolean): Record<"X" | "Z" | "q" | "r", string> => {
    const name = (text: string): string => (tex ? latexNames(text) : text);
    const bar = tex ? " \\mid " : "|";
    const X = name(streams.map((stream) => stream.name).join(", "));
    const Z = name(levels.map((level) => level.name).join(", "));
    const priors = levels.map((level) => {
      const from = latentOf(spec, level)?.prior.from ?? [];
      return `r(${lower(name(level.name))}${from.length > 0 ? bar + lower(name(from.join(", "))) : ""})`;
    });
    return { X, Z, q: `q(${lower(Z)}${bar}${lower(X)})`, r: priors.join(tex ? " \\, " : " ") };
  };
  const [text, tex] = [write(false), write(true)];
  const rates = `⟨log ${text.q} − log ${text.r}⟩`;
  const ratesTex = `\\left\\langle \\log \\frac{${tex.q}}{${tex.r}} \\right\\rangle`;
  const names = levels.map((level) => level.name);
  return {
    formula: `I(${text.X}; ${text.Z}) = ${rates} − KL(q(${lower(text.Z)}) ‖ ${text.r}) ≤ ${rates}`,
    latex: `I(${tex.X}; ${tex.Z}) = ${ratesTex} - D_{\\mathrm{KL}}(q(${lower(tex.Z)}) \\,\\|\\, ${tex.r}) \\le ${ratesTex}`,
    by: `Gibbs' inequality, and the chain rule of the densities: the bound is the sum of the rates of ${names.slice(0, -1).join(", ")} and ${names.at(-1)!}, each at the same weight. One of these rates alone can be negative.`,
  };
}

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
