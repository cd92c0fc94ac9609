import { mean, sum, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { asArguments, fromArguments, ownIn } from "../laws/arguments";
import { densityOf } from "../laws/index";
import type { Distribution } from "../laws/law";
import { componentsOf } from "../fusions/mixture";
import type { Model } from "../model-interface";
import { indexed, latexNames, lower } from "../terms/names";
import { variableText } from "../terms/print";
import { latentOf, paymentOf } from "../terms/roles";
import type { BoundRequest, Variable } from "../spec";
import { rateProof } from "./rate";

/** The Q that the term asks for: `learned`, `prior`, or a variable. */
function chosen(request: BoundRequest | undefined): "learned" | "prior" | Variable {
  const first = request?.arguments[0];
  if (first === undefined || first === "learned" || typeof first === "number") return "learned";
  if (first === "prior") return "prior";
  return typeof first === "string" ? { name: first } : first;
}

/** Whether a term is the rate of a code against the code's own prior. */
export const isAgainstPrior = (request: BoundRequest | undefined): boolean => chosen(request) === "prior";

function guess(
  model: Model,
  code: Variable,
  given: Variable[],
  request: BoundRequest | undefined,
): Distribution {
  const q = chosen(request);
  if (q === "prior") return model.prior(code.name)!.distribution;
  return q === "learned" ? model.backward(code.name, given) : model.code(q).distribution;
}

/** The divergence of each row's code from what is guessed of it, by coordinate or of the whole code: [N, size] or [N, 1]. */
export function divergenceFromGuess(args: Readonly<Record<string, Expr>>): Expr {
  const { density, own } = ownIn(args);
  return density.divergence(own, fromArguments(density, args, "given"));
}

export const conditional: Bound = {
  id: "conditional",
  title: "Conditional rate",
  side: "upper",
  serves: ["compress"],
  reads: "rate",
  family: "conditional-rate",
  doc: "The mean divergence of the code's distribution, given its inputs, from Q, which predicts it from the condition.",
  gap: "The mean over b of KL(q(z|b) ‖ Q(z|b)): it is zero when Q is the code's true distribution given the condition.",
  needs: "a code about which the condition adds nothing to its own inputs",
  citation:
    "Fischer 2020, equation 8; Federici et al. 2020, equation 3; Suzuki, Nakayama, Matsuo 2017 (JMVAE)",
  example: "compress I(X; Z | L) by conditional(learned)",
  symbol: ({ left, right, given }) =>
    `KL(q(${lower(right)}|${lower(left)}) ‖ Q(${lower(right)}|${lower(given)}))`,
  symbolLatex: ({ left, right, given }) => {
    const [x, z, b] = [left, right, given].map((names) => lower(latexNames(names)));
    return `D_{\\mathrm{KL}}\\left(q(${z} \\mid ${x}) \\,\\|\\, Q(${z} \\mid ${b})\\right)`;
  },
  short: ({ right, given }, request) => {
    const q = chosen(request);
    if (q === "learned") return `R(${right}|${given})`;
    return `R(${right}‖${q === "prior" ? q : variableText(q)})`;
  },
  formula: ({ left, right, given, law = "gaussian" }) =>
    `⟨KL(q(${lower(right)}|${lower(left)}) ‖ Q(${lower(right)}|${lower(given)}))⟩ = ${densityOf(law).formula.given}`,
  latex: ({ left, right, given }) => {
    const [x, z, b] = [left, right, given].map((names) => lower(latexNames(names))) as [
      string,
      string,
      string,
    ];
    return `\\frac{1}{N} \\sum_{i=1}^{N} D_{\\mathrm{KL}}\\left(q(${z} \\mid ${indexed(x, "_i")}) \\,\\|\\, Q(${z} \\mid ${indexed(b, "_i")})\\right)`;
  },
  proof(term, spec) {
    const { text, tex, start, startTex, first } = rateProof(term, spec);
    const [{ a, b, c }, { a: ta, b: tb, c: tc }] = [text, tex];
    const rate = `⟨KL(q(${b}|${a}) ‖ Q(${b}|${c}))⟩`;
    const rateTex = `\\langle D_{\\mathrm{KL}}(q(${tb} \\mid ${ta}) \\,\\|\\, Q(${tb} \\mid ${tc})) \\rangle`;
    return {
      formula: `${start} = ${rate} − ⟨KL(q(${b}|${c}) ‖ Q(${b}|${c}))⟩ ≤ ${rate}`,
      latex: `${startTex} = ${rateTex} - \\langle D_{\\mathrm{KL}}(q(${tb} \\mid ${tc}) \\,\\|\\, Q(${tb} \\mid ${tc})) \\rangle \\le ${rateTex}`,
      by: `${first}Gibbs' inequality: the divergence of Q from the code's distribution given ${text.C} is dropped.`,
    };
  },
  options: [],
  positional: {
    name: "Q",
    doc: "The distribution that predicts the code from the condition: a network, the code inferred from a part of its inputs, or another code.",
    values: ["learned", "prior"],
    variable: true,
    default: "learned",
  },
  refuses(term, spec) {
    const payment = paymentOf(term, spec);
    if (payment === undefined)
      return "`conditional` is the rate of a code, so one side of the term must be latents.";
    if (payment.given.length === 0)
      return "`conditional` needs a condition, as in `I(X; Z | L)`. Without a condition, use `kl`.";
    const q = chosen(term.bound);
    if (q === "learned") return undefined;
    const code = latentOf(spec, payment.codes[0]!);
    if (q === "prior") {
      const named = payment.given.map(({ name }) => name);
      const from = code?.prior.from ?? [];
      if (from.length === named.length && from.every((name) => named.includes(name))) return undefined;
      return `\`conditional(prior)\` needs a prior that depends on the condition: write \`prior ${code?.name} = from ${named.join(", ")}\`, or use \`learned\`.`;
    }
    const other = latentOf(spec, q);
    if (other === undefined)
      return `\`conditional(${q.name})\` needs \`learned\`, a part of the code such as \`Z[X]\`, or another latent.`;
    if (q.subset?.length === 0)
      return "`Z[]` is a sample from the prior. For a rate against the prior, remove the condition and use `kl`.";
    if (componentsOf(spec, q) !== undefined)
      return `\`${q.name}\` is a mixture, so the rate has no closed form. Name one of its components, as in \`${q.name}[${other.from[0]}]\`.`;
    if (payment.codes.length > 1)
      return "With a named Q the term needs a single code. Write a term for each code.";
    if (code !== undefined && (other.law.name !== code.law.name || other.law.size !== code.law.size)) {
      return `\`${other.name}\` is \`${other.law.name}(${other.law.size})\` and \`${code.name}\` is \`${code.law.name}(${code.law.size})\`; both must have the same law and width.`;
    }
    return undefined;
  },
  arguments(term, model, request) {
    const { codes, given } = paymentOf(term, model.spec)!;
    const code = codes[0]!;
    const { distribution } = model.code(code);
    return { ...distribution, ...asArguments("given", guess(model, code, given, request)) };
  },
  value: (args) => mean(sum(divergenceFromGuess(args), 1)),
  coordinates: (args) => (ownIn(args).density.independent ? mean(divergenceFromGuess(args), 0) : undefined),
};
