import { add, div, type Expr } from "../../program/expression";
import type { Distribution } from "./law";

export const total = (values: readonly Expr[]): Expr => values.reduce((sum, value) => add(sum, value));

/** The mean of each parameter. */
export const averageEach = (all: readonly Distribution[]): Distribution =>
  Object.fromEntries(
    Object.keys(all[0]!).map((name) => [name, div(total(all.map((one) => one[name]!)), all.length)]),
  );
