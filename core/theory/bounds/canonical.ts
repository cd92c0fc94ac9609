import { diagonal, identity, log, matmul, sub, sum, whitener } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames } from "../names";
import { bothSides, refusesCovariance } from "./between";
import { whitenedCross } from "./covariance";

export const canonical: Bound = {
  id: "canonical",
  title: "Canonical information",
  side: "exact",
  serves: ["keep"],
  reads: "information",
  family: "canonical",
  doc: "The information of two Gaussian codes with the batch's covariances: −½ log det(1 − C Cᵀ), C their whitened cross-covariance.",
  gap: "None between jointly Gaussian codes, but for the batch: about kx·ky / 2N too much. Of other codes it is neither an upper nor a lower bound.",
  needs: "jointly Gaussian codes, and a batch well above the sum of their widths",
  breaks:
    "`canonical` is the information of Gaussian codes with the batch's covariances, which is biased upward and, for other codes, on neither side",
  citation: "Kay 1992; Chechik et al. 2005",
  example: "keep I(Zx; Zy) by canonical",
  symbol: ({ left, right }) => `CCA-I(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{CCA}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `CCA-I(${left}; ${right}) = −½ log det(1 − C Cᵀ), C the whitened cross-covariance of ${left} and ${right} over the batch`,
  latex: ({ left, right }) =>
    `-\\tfrac{1}{2} \\log \\det\\left(1 - C C^{\\top}\\right), \\quad C = L_x^{-1} \\Sigma_{xy} L_y^{-\\top}, \\quad L L^{\\top} = \\Sigma, \\quad x = ${latexNames(left)}, \\; y = ${latexNames(right)}`,
  options: [],
  refuses: (term, spec) => refusesCovariance("canonical", term, spec),
  arguments: bothSides,
  value({ first, second }) {
    if (first === undefined || second === undefined) throw new Error("canonical needs two codes");
    const c = whitenedCross(first, second);
    const wide = (c.shape[0] as number) > (c.shape[1] as number);
    const rest = sub(identity(c.shape[wide ? 1 : 0]!), matmul(c, c, wide, !wide));
    // The diagonal of the whitener is that of the inverse Cholesky factor, whose square has the inverse determinant.
    return sum(log(diagonal(whitener(rest))));
  },
};
