import { exp, logSumExp, sigmoid, softplus, sub, type Expr } from "../../program/expression";
import type { Stream } from "../spec";

/** Any numbers [rows, width] as values that a stream could have: pictures within 0 and 1, classes as probabilities. */
export function within({ kind }: Stream, x: Expr): Expr {
  switch (kind.name) {
    case "image":
    case "audio":
    case "video":
      return sigmoid(x);
    case "label":
      return exp(sub(x, logSumExp(x, -1, true)));
    case "counts":
      return softplus(x);
    default:
      return x;
  }
}
