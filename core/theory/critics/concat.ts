import { concat as join, expand, reshape, type Expr } from "../../program/expression";
import { widthOf, type Critic, type Pair } from "./critic";

const score = ({ name, variables, model }: Pair, x: Expr): Expr => model.critic(name, variables, x, 1);

export const concat: Critic = {
  name: "concat",
  doc: "One network reads both codes, concatenated. To score all pairs of a batch it runs N × N times.",
  citation: "Belghazi et al. 2018; Poole et al. 2019",
  temperature: 1,
  equalWidths: false,
  pairs(pair) {
    const a = widthOf(pair.first);
    const b = widthOf(pair.second);
    const rows = expand(reshape(pair.first, ["N", 1, a]), ["N", "N", a]);
    const columns = expand(reshape(pair.second, [1, "N", b]), ["N", "N", b]);
    return reshape(score(pair, join([rows, columns])), ["N", "N"]);
  },
  rows: (pair) => reshape(score(pair, join([pair.first, pair.second])), ["N"]),
};
