import { matmul, mul, parameter, sum } from "../../program/expression";
import type { Expr } from "../../program/expression";
import { widthOf, type Critic, type Pair } from "./critic";

/** u W, with one matrix a pair. */
const turned = ({ name, first, second }: Pair): Expr => {
  const fanIn = widthOf(first);
  return matmul(
    first,
    parameter(`critic.${name}.weight`, [fanIn, widthOf(second)], { kind: "uniform", fanIn }),
  );
};

export const bilinear: Critic = {
  name: "bilinear",
  doc: "u W v with a learned matrix W.",
  citation: "van den Oord, Li, Vinyals 2018",
  temperature: 1,
  equalWidths: false,
  pairs: (pair) => matmul(turned(pair), pair.second, false, true),
  rows: (pair) => sum(mul(turned(pair), pair.second), -1),
};
