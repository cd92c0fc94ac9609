import { matmul, mul, sum, type Expr } from "../../program/expression";
import { widthOf, type Critic, type Pair } from "./critic";

/** One network on each side, to the width of the wider code. */
function towers({ name, variables, first, second, model }: Pair): [Expr, Expr] {
  const width = Math.max(widthOf(first), widthOf(second));
  return [
    model.critic(name, variables, first, width, "first"),
    model.critic(name, variables, second, width, "second"),
  ];
}

export const separable: Critic = {
  name: "separable",
  doc: "The inner product of f(u) and g(v), with one network for each side.",
  citation: "Poole et al. 2019",
  temperature: 1,
  equalWidths: false,
  pairs(pair) {
    const [f, g] = towers(pair);
    return matmul(f, g, false, true);
  },
  rows(pair) {
    const [f, g] = towers(pair);
    return sum(mul(f, g), -1);
  },
};
