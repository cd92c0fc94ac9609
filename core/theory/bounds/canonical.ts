import { diagonal, identity, log, matmul, sub, sum, whitener } from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, proofNames } from "../terms/names";
import { bothSides, refusesCovariance, type Sides } from "./between";
import { whitenedCross } from "./covariance";

export const canonical: Bound<Sides> = {
  id: "canonical",
  title: "Canonical information",
  side: "exact",
  serves: ["keep"],
  reads: "information",
  family: "canonical",
  doc: "The information of two Gaussian codes with the batch's covariances: −½ log det(1 − C Cᵀ), C their whitened cross-covariance.",
  gap: "For jointly Gaussian codes only the batch causes a gap: the value is about kx·ky / 2N too high. For other codes it is neither an upper nor a lower bound; for codes that are each Gaussian, it is a lower bound.",
  needs: "jointly Gaussian codes, and a batch much larger than the sum of their widths",
  breaks:
    "`canonical` is the information of Gaussian codes with the batch's covariances: it is biased upward, and for other codes it is not a bound",
  citation: "Kay 1992; Chechik et al. 2005",
  example: "keep I(Zx; Zy) by canonical",
  symbol: ({ left, right }) => `CCA-I(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `I_{\\mathrm{CCA}}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `CCA-I(${left}; ${right}) = −½ log det(1 − C Cᵀ), C the whitened cross-covariance of ${left} and ${right} over the batch`,
  latex: ({ left, right }) =>
    `-\\tfrac{1}{2} \\log \\det\\left(1 - C C^{\\top}\\right), \\quad C = L_x^{-1} \\Sigma_{xy} L_y^{-\\top}, \\quad L L^{\\top} = \\Sigma, \\quad x = ${latexNames(left)}, \\; y = ${latexNames(right)}`,
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    const [{ a, b }, { a: ta, b: tb }] = [text, tex];
    const kl = (x: string): string => `D_{\\mathrm{KL}}(p(${x}) \\,\\|\\, g(${x}))`;
    return {
      formula: `I(${text.A}; ${text.B}) = −½ log det(1 − C Cᵀ) + KL(p(${a}, ${b}) ‖ g(${a}, ${b})) − KL(p(${a}) ‖ g(${a})) − KL(p(${b}) ‖ g(${b})), g the Gaussian of the same covariances`,
      latex: `I(${tex.A}; ${tex.B}) = -\\tfrac{1}{2} \\log \\det\\left(1 - C C^{\\top}\\right) + ${kl(`${ta}, ${tb}`)} - ${kl(ta)} - ${kl(tb)}`,
      by: "The entropy of a density is the entropy of the Gaussian with the same covariances minus the divergence between the two. For Gaussian codes all three divergences are zero; for others their sum can have either sign.",
    };
  },
  options: [],
  refuses: (term, spec) => refusesCovariance("canonical", term, spec),
  arguments: bothSides,
  value({ first, second }) {
    const c = whitenedCross(first, second);
    const wide = (c.shape[0] as number) > (c.shape[1] as number);
    const rest = sub(identity(c.shape[wide ? 1 : 0]!), matmul(c, c, wide, !wide));
    // The diagonal of the whitener is that of the inverse Cholesky factor, whose square has the inverse determinant.
    return sum(log(diagonal(whitener(rest))));
  },
};
