import type { Expr } from "../../program/expression";
import type { Density, Distribution } from "../laws/law";
import type { Latent } from "../spec";

/**
 * A prior of the code's own law: one distribution, the same for all rows or one for each where it is made from other
 * variables. A mixture has its parameters as [components, ...], with the log-weights of its components.
 */
export interface PriorParameters {
  distribution: Distribution;
  logWeights?: Expr;
}

/** What a prior may ask of the model. */
interface PriorSource {
  latent: Latent;
  /** The code's law. */
  density: Density;
  /** What the encoder says at `count` learned inputs, [count, ...]; one for each component of a mixture. */
  pseudo(count: number): Distribution[];
  /** What a network makes of the variables that the prior is from. */
  guess(): Distribution;
}

/** What a rate is measured against. One file a prior. */
export interface Prior {
  name: string;
  doc: string;
  /** The content of its parentheses. */
  argument?: string;
  /** Whether it is a mixture, against which a rate has no closed form unless a mixture is of the code's law itself. */
  mixture: boolean;
  /** Creates its parameters for a latent; undefined for the standard prior of its law. */
  parameters(source: PriorSource): PriorParameters | undefined;
}
