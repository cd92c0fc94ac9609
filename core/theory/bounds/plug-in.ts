import { binary, log, mul, neg, sum, type Expr } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower, proofNames } from "../terms/names";
import { variablesOf } from "../terms/print";
import { latentOf } from "../terms/roles";
import { probabilitiesOf, refusesEntropy, together } from "./entropy";

/** Keeps the logarithm of a value that no row takes finite; below any share of a batch. */
const SMALLEST_SHARE = 1e-12;

export const plugIn: Bound<Record<"probabilities", Expr>> = {
  id: "plug-in",
  title: "Plug-in entropy",
  side: "lower",
  serves: ["keep"],
  reads: "information",
  family: "entropy",
  doc: "The entropy of the batch's mean probabilities. An entropy is concave, so over batches its mean is at most the entropy of the mean.",
  gap: "About (k − 1) / 2N nats for codes with certain values, less for others. It goes to zero as the batch grows.",
  ceiling: "log k",
  most: (term, spec) => Math.log(latentOf(spec, variablesOf(term)[0]!)!.law.size),
  needs: "a categorical code, and independent samples in a batch",
  citation:
    "Miller 1955, Note on the bias of information estimates; Paninski 2003, Estimation of Entropy and Mutual Information",
  example: "keep H(Z) by plug-in",
  symbol: ({ left }) => `Ĥ(${left})`,
  symbolLatex: ({ left }) => `\\hat{H}(${latexNames(left)})`,
  formula: ({ left }) => `Ĥ(${left}) = −Σ q̄ⱼ log q̄ⱼ, q̄ⱼ = ⟨q(${lower(left)} = j|x)⟩ over the batch`,
  latex: ({ left }) => {
    const z = lower(latexNames(left));
    return `-\\sum_{j=1}^{k} \\bar{q}_j \\log \\bar{q}_j, \\quad \\bar{q}_j = \\frac{1}{N} \\sum_{i=1}^{N} q(${z} = j \\mid x_i)`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    return {
      formula: `H(${text.A}) = −Σ ⟨q̄ⱼ⟩ log ⟨q̄ⱼ⟩ ≥ ⟨−Σ q̄ⱼ log q̄ⱼ⟩`,
      latex: `H(${tex.A}) = -\\sum_j \\langle \\bar{q}_j \\rangle \\log \\langle \\bar{q}_j \\rangle \\ge \\Big\\langle -\\sum_j \\bar{q}_j \\log \\bar{q}_j \\Big\\rangle`,
      by: "Jensen's inequality over batches: an entropy is concave, and the mean of q̄ over batches is the codes' distribution.",
    };
  },
  options: [],
  refuses: (term, spec) => refusesEntropy("plug-in", term, spec),
  arguments: (term, model) => ({ probabilities: probabilitiesOf(term, model) }),
  value({ probabilities }) {
    const shares = together(probabilities);
    return neg(sum(mul(shares, log(binary("max", shares, SMALLEST_SHARE)))));
  },
};
