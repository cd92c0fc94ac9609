import { add, div, type Expr } from "../../program/expression";
import type { Fusion } from "./fusion";

const average = (values: readonly Expr[]): Expr =>
  div(
    values.reduce((total, value) => add(total, value)),
    values.length,
  );

export const mean: Fusion = {
  name: "mean",
  doc: "An encoder for each input; the means are averaged, and the log-variances too.",
  options: [],
  experts: true,
  gaussianOnly: false,
  fuse(experts) {
    const logVariances = experts.flatMap(({ logVariance }) => (logVariance ? [logVariance] : []));
    return {
      mean: average(experts.map((expert) => expert.mean)),
      ...(logVariances.length > 0 ? { logVariance: average(logVariances) } : {}),
    };
  },
};
