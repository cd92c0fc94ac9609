import type { Expr } from "../../program/expression";
import type { Posterior } from "../laws/law";
import type { Latent } from "../spec";

/**
 * Mean and log-variance of a Gaussian prior, each [size], or [N, size] where it is made from other variables; none for
 * the standard normal. A mixture has them as [components, size], with the log-weights of its components.
 */
export interface PriorParameters {
  mean: Expr;
  logVariance: Expr;
  logWeights?: Expr;
}

/** What a prior may ask of the model. */
export interface PriorSource {
  latent: Latent;
  /** What the encoder says at `count` learned inputs, [count, size]; one for each component of a mixture. */
  pseudo(count: number): Posterior[];
  /** What a network makes of the variables that the prior is from: [N, 2 * size]. */
  guess(): Expr;
}

/** What a rate is measured against. One file a prior. */
export interface Prior {
  name: string;
  doc: string;
  /** What stands in its parentheses. */
  argument?: string;
  /** Whether it is a mixture, against which a rate has no closed form. */
  mixture: boolean;
  /** Creates its parameters for a latent; undefined for the standard normal. */
  parameters(source: PriorSource): PriorParameters | undefined;
}
