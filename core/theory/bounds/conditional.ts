import { add, div, exp, mean, mul, slice, square, sub, sum, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import type { Model } from "../model";
import { latexNames, lower } from "../names";
import { latentOf, paymentOf } from "../roles";
import type { BoundRequest, Variable } from "../spec";

/** The Q that the term asks for: `learned`, `prior`, or a variable. */
function chosen(request: BoundRequest | undefined): "learned" | "prior" | Variable {
  const first = request?.arguments[0];
  if (first === undefined || first === "learned" || typeof first === "number") return "learned";
  if (first === "prior") return "prior";
  return typeof first === "string" ? { name: first } : first;
}

/** Mean and log-variance of Q, each [N, k]. */
function guess(
  model: Model,
  code: Variable,
  given: Variable[],
  request: BoundRequest | undefined,
): [Expr, Expr] {
  const q = chosen(request);
  if (q === "prior") {
    const { mean: mu, logVariance } = model.prior(code.name)!;
    return [mu, logVariance];
  }
  if (q !== "learned") {
    const other = model.code(q);
    return [other.mean, other.logVariance!];
  }
  const output = model.backward(code.name, given);
  const size = latentOf(model.spec, code)!.law.size;
  return [slice(output, -1, 0, size), slice(output, -1, size, size)];
}

export const conditional: Bound = {
  id: "conditional",
  title: "Conditional rate",
  side: "upper",
  serves: ["compress"],
  reads: "rate",
  family: "conditional-rate",
  doc: "The mean divergence of the code's distribution, given its inputs, from what Q says of it given the condition.",
  gap: "KL(q(z|b) ‖ Q(z|b)): it vanishes when Q is the code's true distribution given the condition.",
  needs: "a code that the condition tells nothing more about than its own inputs do",
  citation:
    "Fischer 2020, equation 8; Federici et al. 2020, equation 3; Suzuki, Nakayama, Matsuo 2017 (JMVAE)",
  example: "compress I(X; Z | L) by conditional(learned)",
  symbol: ({ left, right, given }) =>
    `KL(q(${lower(right)}|${lower(left)}) ‖ Q(${lower(right)}|${lower(given)}))`,
  symbolLatex: ({ left, right, given }) => {
    const [x, z, b] = [left, right, given].map((names) => lower(latexNames(names)));
    return `D_{\\mathrm{KL}}\\left(q(${z} \\mid ${x}) \\,\\|\\, Q(${z} \\mid ${b})\\right)`;
  },
  formula: ({ left, right, given }) =>
    `⟨KL(q(${lower(right)}|${lower(left)}) ‖ Q(${lower(right)}|${lower(given)}))⟩ = ½ ⟨Σ (((μ − μ_Q)² + σ²)/σ_Q² − 1 − log σ²/σ_Q²)⟩`,
  latex: ({ left, right, given }) => {
    const [x, z, b] = [left, right, given].map((names) => lower(latexNames(names)));
    return `\\frac{1}{N} \\sum_{i=1}^{N} D_{\\mathrm{KL}}\\left(q(${z} \\mid ${x}_i) \\,\\|\\, Q(${z} \\mid ${b}_i)\\right)`;
  },
  options: [],
  positional: {
    name: "Q",
    doc: "What guesses the code from the condition: a network, the code inferred from a part of its inputs, or another code.",
    values: ["learned", "prior"],
    variable: true,
    default: "learned",
  },
  refuses(term, spec) {
    const payment = paymentOf(term, spec);
    if (payment === undefined)
      return "`conditional` is the rate of a code: one side of the term must be latents.";
    if (payment.given.length === 0)
      return "`conditional` needs a condition, as in `I(X; Z | L)`; without one, use `kl`.";
    const q = chosen(term.bound);
    if (q === "learned") return undefined;
    const code = latentOf(spec, payment.codes[0]!);
    if (q === "prior") {
      const named = payment.given.map(({ name }) => name);
      const from = code?.prior.from ?? [];
      if (from.length === named.length && from.every((name) => named.includes(name))) return undefined;
      return `\`conditional(prior)\` needs the prior to be made from the condition: write \`prior ${code?.name} = from ${named.join(", ")}\`, or use \`learned\`.`;
    }
    const other = latentOf(spec, q);
    if (other === undefined)
      return `\`conditional(${q.name})\` needs \`learned\`, a part of the code such as \`Z[X]\`, or another latent.`;
    if (q.subset?.length === 0)
      return "`Z[]` is a draw from the prior; for a rate against the prior, leave the condition out and use `kl`.";
    if (payment.codes.length > 1) return "A condition with a named Q holds one code; write a term for each.";
    if (code !== undefined && (other.law.name !== code.law.name || other.law.size !== code.law.size)) {
      return `\`${other.name}\` is \`${other.law.name}(${other.law.size})\` and \`${code.name}\` is \`${code.law.name}(${code.law.size})\`; the two must have the same law and width.`;
    }
    return undefined;
  },
  arguments(term, model, request) {
    const { codes, given } = paymentOf(term, model.spec)!;
    const code = codes[0]!;
    const { mean: mu, logVariance } = model.code(code);
    const [givenMean, givenLogVariance] = guess(model, code, given, request);
    return { mean: mu, logVariance: logVariance!, givenMean, givenLogVariance };
  },
  value(args) {
    const {
      mean: mu,
      logVariance,
      givenMean,
      givenLogVariance,
    } = args as Record<"mean" | "logVariance" | "givenMean" | "givenLogVariance", Expr>;
    const spread = div(add(square(sub(mu, givenMean)), exp(logVariance)), exp(givenLogVariance));
    return mean(sum(mul(0.5, add(sub(sub(spread, 1), logVariance), givenLogVariance)), 1));
  },
};
