import type { Expr } from "../../program/expression";
import type { Model } from "../model-interface";

/** A pair of values to score, u [N, a] and v [N, b], and the networks to do it with. */
export interface Pair {
  /** `Zx-Zy`: names the critic's parameters. */
  name: string;
  /** The variables of both sides, for the choice of a network. */
  variables: string[];
  first: Expr;
  second: Expr;
  model: Model;
}

/** How alike two values are. One file a critic. */
export interface Critic {
  name: string;
  doc: string;
  citation: string;
  /** Scores are divided by this unless the term says otherwise. */
  temperature: number;
  /** Whether both values must be equally wide. */
  equalWidths: boolean;
  /** T(u_i, v_j) for all i and j: [N, N]. */
  pairs(pair: Pair): Expr;
  /** T(u_i, v_i): [N]. */
  rows(pair: Pair): Expr;
}

/** Width of the last axis. @throws Error when it is the batch's */
export function widthOf(x: Expr): number {
  const width = x.shape.at(-1);
  if (typeof width !== "number") throw new Error("a value without a width");
  return width;
}
