import type { Expr } from "../../program/expression";
import type { LawName } from "../spec";

/** Parameters of a distribution of some law, by name; rows [N, ...], or without N where it is the same for all. */
export type Distribution = Readonly<Record<string, Expr>>;

/** One reparametrised draw, and what probes and decoders see where a code is wanted without noise: [N, size] each. */
export interface Drawn {
  mean: Expr;
  sample: Expr;
}

/** Standard normal draws of this width, [N, width]. */
export type Noise = (width: number) => Expr;

/** What one encoder says of a code. */
export interface Expert {
  says: Distribution;
  /** The power to which it is taken in a product, a scalar or one for each coordinate; 1 where absent. */
  weight?: Expr;
  /** 1 on rows that have its input, else 0, [N, 1]; absent where all have it. */
  there?: Expr | undefined;
}

/** What a code with noise has beside: a density, and so a rate. */
export interface Density {
  /** Names of its parameters, in their order. */
  parameters: readonly string[];
  /** KL of q from r in nats: a term for each coordinate, or one for the code, [N, terms]. Without r: the standard prior. */
  divergence(q: Distribution, r?: Distribution): Expr;
  /** Whether its coordinates are independent, so that the divergence has a term for each. */
  independent: boolean;
  /** log q(z), up to a constant that all codes of its size share; z and parameters broadcast, the last axis is summed. */
  logDensity(z: Expr, q: Distribution): Expr;
  /**
   * The density as an exponential family: log q(z) is the inner product of both, and a number of q's own, [N, t] each. With
   * them the density of every row's code under every other row's q is one product of matrices.
   */
  natural(q: Distribution): Expr;
  statistic(z: Expr): Expr;
  /** What is trained by itself, as a prior is: one distribution, or `count` that start apart, [count, ...]. */
  trained(name: string, size: number, count?: number): Distribution;
  /** The product of experts and of the standard prior, to this power, where that is not uniform. */
  product(experts: readonly Expert[], prior: Expr | number): Distribution;
  /** Shape of the powers that an expert may have: one for each independent coordinate of a code of this size. */
  powers(size: number): readonly number[];
  /** Whether the standard prior is uniform: as an expert it changes nothing. */
  uniform: boolean;
  /** An equal mixture, [components, ...], as one distribution: of a law whose mixtures are of the law itself. */
  mixed?(parts: Distribution): Distribution;
  /** The divergence for people: from the standard prior, and from any other of its law. */
  formula: { standard: string; given: string };
}

/** What a code is, given its inputs. One file a law. */
export interface Law {
  name: LawName;
  doc: string;
  citation?: string;
  /** Whether a code is a function of its inputs: then it has no rate, and its width is its only bottleneck. */
  deterministic: boolean;
  /** The smallest size, where it is not 1, and why: the end of a sentence. */
  least?: { size: number; because: string };
  /** What a training loop of one's own hands in for a code: `(mean, log-variance), [N, k] each`. */
  handed: string;
  /** Numbers an encoder gives for a code of this size. */
  outputs(size: number): number;
  /** Reads an encoder's output, [N, outputs(size)]. */
  read(output: Expr, size: number): Distribution;
  draw(distribution: Distribution, noise: Noise): Drawn;
  /** A draw from the standard prior. */
  standard(size: number, noise: Noise): Drawn;
  /** What several encoders say, averaged over those whose input is there. */
  average(experts: readonly Expert[]): Distribution;
  /** Present unless it is deterministic. */
  density?: Density;
}
