import type { Expr } from "../../program/expression";
import type { Code } from "../model";
import type { LawName } from "../spec";

/** Parameters of a code's distribution, each [N, size]; without a log-variance it is a point. */
export interface Posterior {
  mean: Expr;
  logVariance?: Expr;
}

/** What a code is, given its inputs. One file a law. */
export interface Law {
  name: LawName;
  doc: string;
  /** Whether a code is a function of its inputs: then it has no rate, and its width is its only bottleneck. */
  deterministic: boolean;
  /** Numbers an encoder gives for a code of this size. */
  outputs(size: number): number;
  /** Reads an encoder's output, [N, outputs(size)]. */
  read(output: Expr, size: number): Posterior;
  /** One reparametrised sample; `noise` gives standard normal draws, [N, size]. */
  draw(posterior: Posterior, noise: () => Expr): Code;
}
