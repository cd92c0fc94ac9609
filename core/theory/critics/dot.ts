import { div, matmul, mul, sum } from "../../program/expression";
import { widthOf, type Critic, type Pair } from "./critic";

/** Keeps scores of order one as codes widen, as in attention (Vaswani et al. 2017). */
const scale = ({ first }: Pair): number => Math.sqrt(widthOf(first));

export const dot: Critic = {
  name: "dot",
  doc: "The inner product of the two codes, divided by the square root of their width. It has no parameters.",
  citation: "van den Oord, Li, Vinyals 2018; the scale of Vaswani et al. 2017",
  temperature: 1,
  equalWidths: true,
  pairs: (pair) => div(matmul(pair.first, pair.second, false, true), scale(pair)),
  rows: (pair) => div(sum(mul(pair.first, pair.second), -1), scale(pair)),
};
