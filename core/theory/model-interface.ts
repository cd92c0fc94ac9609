/**
 * The parts of a model that bounds ask for by name: codes, decoders, critics, inputs. The same question gives the same
 * expression, so networks are shared exactly where the language says so.
 */
import type { Expr } from "../program/expression";
import type { Distribution, Drawn } from "./laws/law";
import type { PriorParameters } from "./priors/prior";
import type { Spec, Variable } from "./spec";

/** A latent given its inputs: its distribution, and one draw of it. */
export interface Code extends Drawn {
  /** Of one law; of a deterministic code, and of a mixture as a whole, the mean alone. */
  distribution: Distribution;
}

export interface Model {
  spec: Spec;
  /** The code of a latent, inferred from all its inputs or from the variable's subset. */
  code(variable: Variable): Code;
  /** An observed stream as an input: float32 [N, width]; labels one-hot, the words of a text counted. */
  stream(name: string): Expr;
  /** The share of each class of a label among the rows that are trained on, [classes]. */
  shares(label: string): Expr;
  /** What a network reads of a variable: the rows of a stream, or the sample of a code. */
  value(variable: Variable): Expr;
  /** The prior of a latent; undefined for the standard one of its law. */
  prior(latent: string): PriorParameters | undefined;
  /** The distribution that a network guesses for a latent from what is given. */
  backward(latent: string, given: Variable[]): Distribution;
  /** Output of the decoder identified by (stream, variables read, name): [N, outputs * width]. */
  decode(stream: string, read: Variable[], outputs: number, as?: string): Expr;
  /** A parameter that belongs to a bound, such as a learned noise level: created once. */
  parameter(name: string, shape: readonly number[], value: number): Expr;
  /** Critic network of a pair on the last axis of x; `tower` tells the two of a separable critic apart. */
  critic(pair: string, names: string[], x: Expr, output: number, tower?: "first" | "second"): Expr;
  /** A network that gives one number for each row of x, [N, 1], beside the critic of a pair. */
  baseline(pair: string, names: string[], x: Expr): Expr;
  /** A uniform permutation of the batch's rows, int32 [N]; one a name and step. */
  permutation(name: string): Expr;
}
