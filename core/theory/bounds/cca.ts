import { mul, polar, stop, sum } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, proofNames } from "../terms/names";
import { bothSides, refusesCovariance, smallerWidth, type Sides } from "./between";
import { whitenedCross } from "./covariance";

export const cca: Bound<Sides> = {
  id: "cca",
  title: "Canonical correlations",
  side: "proxy",
  serves: ["keep"],
  reads: "proxy",
  family: "canonical-correlation",
  doc: "The sum of the canonical correlations of two codes over the batch.",
  gap: "Its value is a sum of correlations, not information. For Gaussian codes the information is a function of the same correlations.",
  ceiling: "the smaller width",
  most: smallerWidth,
  needs: "a batch much larger than the sum of the codes' widths",
  citation: "Hotelling 1936; Andrew et al. 2013",
  example: "keep I(Zx; Zy) by cca",
  symbol: ({ left, right }) => `CCA(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `\\mathrm{CCA}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `CCA(${left}; ${right}) = Σ ρᵢ, the singular values of the whitened cross-covariance of ${left} and ${right} over the batch`,
  latex: ({ left, right }) =>
    `\\sum_i \\rho_i = \\left\\| L_x^{-1} \\Sigma_{xy} L_y^{-\\top} \\right\\|_{*}, \\quad L L^{\\top} = \\Sigma, \\quad x = ${latexNames(left)}, \\; y = ${latexNames(right)}`,
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    return {
      formula: `CCA(${text.A}; ${text.B}) = Σ ρᵢ, and for Gaussian codes I(${text.A}; ${text.B}) = −½ Σ log(1 − ρᵢ²)`,
      latex: `\\mathrm{CCA}(${tex.A}; ${tex.B}) = \\sum_i \\rho_i, \\qquad I(${tex.A}; ${tex.B}) = -\\tfrac{1}{2} \\sum_i \\log(1 - \\rho_i^2)`,
      by: "A correlation of 0.5 adds 0.5 for 0.14 nats, and one of 0.95 adds 0.95 for 1.16 nats, so the sum is neither an upper nor a lower bound, even for Gaussian codes.",
    };
  },
  options: [],
  refuses: (term, spec) => refusesCovariance("cca", term, spec),
  arguments: bothSides,
  value({ first, second }) {
    const c = whitenedCross(first, second);
    // The sum of singular values is the largest product with an orthogonal matrix: at it, only c moves the value.
    return sum(mul(c, stop(polar(c))));
  },
};
