import { binary, div, matmul, mul, sqrt, square, sum, type Expr } from "../../program/expression";
import type { Critic } from "./critic";

/** Keeps a code at the origin from being divided by zero; far below any norm that training meets. */
const SMALLEST_SQUARED_NORM = 1e-24;

const direction = (x: Expr): Expr =>
  div(x, sqrt(binary("max", sum(square(x), -1, true), SMALLEST_SQUARED_NORM)));

export const cosine: Critic = {
  name: "cosine",
  doc: "The cosine of the angle between the two codes, divided by the temperature.",
  citation: "Chen et al. 2020, SimCLR; Radford et al. 2021, CLIP",
  temperature: 0.1,
  equalWidths: true,
  pairs: ({ first, second }) => matmul(direction(first), direction(second), false, true),
  rows: ({ first, second }) => sum(mul(direction(first), direction(second)), -1),
};
