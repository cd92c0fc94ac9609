import { mul, neg, sum, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { logProbabilities } from "../laws/categorical";
import { latexNames, lower, proofNames } from "../terms/names";
import { latentOf } from "../terms/roles";
import type { Spec, Term } from "../spec";
import { probabilitiesOf, refusesEntropy, together } from "./entropy";

function refuses(term: Term, spec: Spec): string | undefined {
  const fault = refusesEntropy("cross-entropy", term, spec);
  if (fault !== undefined || term.information.kind !== "functional") return fault;
  const { name, law, prior } = latentOf(spec, term.information.of[0]!)!;
  if (prior.name === "standard")
    return `The prior of \`${name}\` is uniform, so the cross-entropy is always log ${law.size}. Write \`prior ${name} = learned\`.`;
  if (prior.name === "from")
    return `The prior of \`${name}\` reads ${(prior.from ?? []).map((source) => `\`${source}\``).join(", ")}: the cross-entropy then bounds a conditional entropy, not \`H(${name})\`. Write \`prior ${name} = learned\`.`;
  return undefined;
}

export const crossEntropy: Bound<Record<"probabilities" | "priorLogits", Expr>> = {
  id: "cross-entropy",
  title: "Cross-entropy with the prior",
  side: "upper",
  serves: ["compress"],
  reads: "information",
  family: "entropy",
  doc: "The mean of −log r of a categorical code under its prior: the cost of storing the codes with a code book made for r.",
  gap: "KL(q(z) ‖ r(z)): it is zero when the prior has the frequencies of the codes over all data.",
  needs: "a categorical code, and a prior that is learned and does not read the data",
  citation:
    "Strouse and Schwab 2017, The Deterministic Information Bottleneck, for the term; Gibbs' inequality",
  example: "compress H(Z) by cross-entropy",
  symbol: ({ left }) => `H(q(${lower(left)}), r(${lower(left)}))`,
  symbolLatex: ({ left }) => {
    const z = lower(latexNames(left));
    return `H\\left(q(${z}), r(${z})\\right)`;
  },
  short: ({ left }) => `CE(${left})`,
  formula: ({ left }) => `H(q, r) = −⟨Σ q(${lower(left)} = j|x) log r(${lower(left)} = j)⟩`,
  latex: ({ left }) => {
    const z = lower(latexNames(left));
    return `-\\frac{1}{N} \\sum_{i=1}^{N} \\sum_{j=1}^{k} q(${z} = j \\mid x_i) \\log r(${z} = j)`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    return {
      formula: `H(${text.A}) = −⟨log r(${text.a})⟩ − KL(q(${text.a}) ‖ r(${text.a})) ≤ −⟨log r(${text.a})⟩`,
      latex: `H(${tex.A}) = -\\langle \\log r(${tex.a}) \\rangle - D_{\\mathrm{KL}}(q(${tex.a}) \\,\\|\\, r(${tex.a})) \\le -\\langle \\log r(${tex.a}) \\rangle`,
      by: "Gibbs' inequality: the divergence of the codes' frequencies from the prior is dropped.",
    };
  },
  options: [],
  refuses,
  arguments: (term, model) => ({
    probabilities: probabilitiesOf(term, model),
    priorLogits: model.prior(nameOf(term))!.distribution.logits!,
  }),
  value({ probabilities, priorLogits }) {
    return neg(sum(mul(together(probabilities), logProbabilities(priorLogits))));
  },
};

const nameOf = ({ information }: Term): string =>
  information.kind === "functional" ? information.of[0]!.name : "";
