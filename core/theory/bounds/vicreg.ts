import {
  add,
  batchSize,
  constant,
  diagonal,
  div,
  matmul,
  mean,
  mul,
  neg,
  sqrt,
  square,
  sub,
  sum,
  unary,
  type Expr,
} from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, lower, proofNames } from "../terms/names";
import { bothSides, refusesUnequal, type Sides } from "./between";
import { centred } from "./covariance";

/** The paper's weights. */
const weights = { invariance: 25, variance: 25, covariance: 1 };
type Part = keyof typeof weights;
/** The paper's, inside the root of the variance. */
const EPSILON = 1e-4;

/** How far the spread of each coordinate is below 1, and how much the coordinates covary; both over N - 1. */
function penalties(z: Expr): { spread: Expr; covariance: Expr } {
  const scatter = div(matmul(centred(z), centred(z), true, false), sub(batchSize(), 1));
  const variances = diagonal(scatter);
  return {
    spread: mean(unary("relu", sub(1, sqrt(add(variances, EPSILON))))),
    covariance: div(sub(sum(square(scatter)), sum(square(variances))), z.shape.at(-1) as number),
  };
}

export const vicreg: Bound<Sides & Record<Part, Expr>> = {
  id: "vicreg",
  title: "VICReg",
  side: "proxy",
  serves: ["keep"],
  reads: "proxy",
  family: "invariance-variance-covariance",
  doc: "Minus the distance between the two codes, with a minimum for the variance of each coordinate and a penalty on correlations between coordinates.",
  gap: "Its value is a distance, not information; without the minimum variance both codes would collapse to a point.",
  ceiling: "0",
  most: () => 0,
  needs: "codes of equal width, and a variance weight above 0",
  citation: "Bardes, Ponce, LeCun 2022",
  example: "keep I(Zx; Zy) by vicreg(invariance = 25, variance = 25, covariance = 1)",
  symbol: ({ left, right }) => `VICReg(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `\\mathrm{VICReg}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `VICReg(${left}; ${right}) = −a ⟨‖${lower(left)} − ${lower(right)}‖²⟩ − b Σ_z mean(max(0, 1 − √(Var z + 10⁻⁴))) − c Σ_z 1/k Σᵢ≠ⱼ Cov(z)ᵢⱼ², z each of ${left} and ${right}`,
  latex: ({ left, right }) => {
    const [u, v] = [lower(latexNames(left)), lower(latexNames(right))];
    return `-a \\left\\langle \\|${u} - ${v}\\|^2 \\right\\rangle - \\sum_{z} \\left[ \\tfrac{b}{k} \\sum_i \\max\\left(0, 1 - \\sqrt{\\mathrm{Var}(z_i) + 10^{-4}}\\right) + \\tfrac{c}{k} \\sum_{i \\neq j} \\mathrm{Cov}(z)_{ij}^2 \\right]`;
  },
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    return {
      formula: `VICReg(${text.A}; ${text.B}) ≤ 0 ≤ I(${text.A}; ${text.B})`,
      latex: `\\mathrm{VICReg}(${tex.A}; ${tex.B}) \\le 0 \\le I(${tex.A}; ${tex.B})`,
      by: "The value is a distance: it has no unit of information and changes with the scale of the codes, which information does not. It is below the information only because it is never positive.",
    };
  },
  options: Object.entries(weights).map(([name, weight]) => ({
    name,
    doc: `The weight of the ${name}.`,
    number: true,
    default: String(weight),
  })),
  refuses: (term, spec) => refusesUnequal("vicreg", term, spec),
  arguments(term, model, request) {
    const weight = (name: Part): Expr => {
      const option = request?.options[name];
      return constant(typeof option === "number" ? option : weights[name]);
    };
    return {
      ...bothSides(term, model),
      invariance: weight("invariance"),
      variance: weight("variance"),
      covariance: weight("covariance"),
    };
  },
  value({ first, second, invariance, variance, covariance }) {
    const distance = mean(sum(square(sub(first, second)), 1));
    const [a, b] = [penalties(first), penalties(second)];
    const spread = mul(variance, add(a.spread, b.spread));
    const shared = mul(covariance, add(a.covariance, b.covariance));
    return neg(add(mul(invariance, distance), add(spread, shared)));
  },
};
