import {
  add,
  binary,
  constant,
  diagonal,
  div,
  matmul,
  mul,
  neg,
  sqrt,
  square,
  sub,
  sum,
  type Expr,
} from "../../program/expression";
import type { Bound } from "../bound";
import { latexNames, proofNames } from "../terms/names";
import { bothSides, refusesUnequal, type Sides } from "./between";
import { centred } from "./covariance";

/** The paper's weight of what is off the diagonal. */
const DEFAULT_WEIGHT = 0.005;
/** Keeps a collapsed coordinate from being divided by zero; far below any spread that training meets. */
const SMALLEST_SQUARED_NORM = 1e-24;

/** Columns of x, centred, as unit vectors. */
const columns = (x: Expr): Expr =>
  div(centred(x), sqrt(binary("max", sum(square(centred(x)), 0, true), SMALLEST_SQUARED_NORM)));

export const barlow: Bound<Sides & { weight: Expr }> = {
  id: "barlow",
  title: "Barlow Twins",
  side: "proxy",
  serves: ["keep"],
  reads: "proxy",
  family: "cross-correlation",
  doc: "Minus the distance of the codes' cross-correlation over the batch from the identity: each coordinate should agree between the two codes and be uncorrelated with the others.",
  gap: "Its value is a distance between matrices, not information.",
  ceiling: "0",
  most: () => 0,
  needs: "codes of equal width, and a batch much larger than that width",
  citation: "Zbontar et al. 2021",
  example: "keep I(Zx; Zy) by barlow(lambda = 0.005)",
  symbol: ({ left, right }) => `Barlow(${left}; ${right})`,
  symbolLatex: ({ left, right }) => `\\mathrm{BT}(${latexNames(left)}; ${latexNames(right)})`,
  formula: ({ left, right }) =>
    `Barlow(${left}; ${right}) = −Σᵢ (1 − Cᵢᵢ)² − λ Σᵢ≠ⱼ Cᵢⱼ², C the cross-correlation of ${left} and ${right} over the batch`,
  latex: ({ left, right }) =>
    `-\\sum_i (1 - C_{ii})^2 - \\lambda \\sum_{i \\neq j} C_{ij}^2, \\quad C = \\mathrm{corr}(${latexNames(left)}, ${latexNames(right)})`,
  proof(term, spec) {
    const { text, tex } = proofNames(term, spec);
    return {
      formula: `Barlow(${text.A}; ${text.B}) ≤ 0 ≤ I(${text.A}; ${text.B})`,
      latex: `\\mathrm{BT}(${tex.A}; ${tex.B}) \\le 0 \\le I(${tex.A}; ${tex.B})`,
      by: "The value is a distance and has no unit of information. It is below the information only because it is never positive. It reaches 0 when both codes are identical, where the information is unlimited.",
    };
  },
  options: [
    {
      name: "lambda",
      doc: "The weight of the off-diagonal entries.",
      number: true,
      default: String(DEFAULT_WEIGHT),
    },
  ],
  refuses: (term, spec) => refusesUnequal("barlow", term, spec),
  arguments(term, model, request) {
    const weight = request?.options.lambda;
    return {
      ...bothSides(term, model),
      weight: constant(typeof weight === "number" ? weight : DEFAULT_WEIGHT),
    };
  },
  value({ first, second, weight }) {
    const c = matmul(columns(first), columns(second), true, false);
    const alike = diagonal(c);
    const apart = sub(sum(square(c)), sum(square(alike)));
    return neg(add(sum(square(sub(1, alike))), mul(weight, apart)));
  },
};
