/**
 * What a bound is. One file a bound in `bounds/`; everything but its LaTeX is made from its one expression.
 */
import type { Expr } from "../program/expression";
import type { Model } from "./model-interface";
import type { BoundSide } from "./sides";
import type { BoundRequest, LawName, Spec, Stream, Term } from "./spec";

/** What must be added to read a value as information: the entropy of a label is known, of a pixel not. */
export type Reading =
  "information" | "information minus entropy" | "information plus entropy" | "rate" | "proxy";

/**
 * How a bound appears in a spec: which side asks for it and what kind of term it can hold. `Args` is what it reads from a
 * model, by name. Lists of bounds leave it open: what one of them asks of a model is handed to it, and to no other.
 */
export interface Bound<Args extends Record<string, Expr> = Record<string, Expr>> {
  /** Word behind `by`. */
  id: string;
  title: string;
  side: BoundSide;
  /** Sides of a spec on which it may stand. */
  serves: ("compress" | "keep")[];
  reads: Reading;
  /** Losses are the same method when their bounds are of the same family: `rate`, `likelihood`, `noise-contrastive`, ... */
  family: string;
  /** One sentence: what it computes. */
  doc: string;
  /** What separates it from the truth, and when it reaches it. */
  gap: string;
  /** The largest value it can report, in words, where there is one (`log N`). */
  ceiling?: string;
  /** The same as a number; `rows`: those of a batch that have all the term reads. */
  most?(term: Term, spec: Spec, rows: number): number;
  /** Its value where the two sides have nothing to do with each other, where it is known: 0 nats, but for a proxy. */
  chance?: number;
  /** What must hold for it to be a bound. */
  needs: string;
  /** Whether a network of it is trained against the codes: its value then says as much of that network as of the codes. */
  adversarial?: true;
  /** Why the value of a minibatch is not a bound, where it is not: a clause. */
  breaks?: string;
  citation: string;
  /** A term that uses it, as text. */
  example: string;
  /** How the loss names it: `KL(q(z|x) ‖ r(z))`; Unicode, and LaTeX. */
  symbol(term: TermNames): string;
  symbolLatex(term: TermNames): string;
  /** The same in a few letters, where a loss must fit on a line; its symbol where absent. */
  short?(term: TermNames, request: BoundRequest | undefined): string;
  /** Formula over the names of a term; the only form written by hand. Unicode is `formula`, LaTeX is `latex`. */
  formula(term: TermNames): string;
  latex(term: TermNames): string;
  /** Why its value lies on its side of the information; of an estimate or a proxy, why it has none. */
  proof(term: Term, spec: Spec): Proof;
  /** Names and defaults of what may stand in its parentheses. */
  options: BoundOption[];
  /** What its first argument without a name is. */
  positional?: BoundOption;
  /** Words that may follow it. */
  flags?: { name: string; doc: string }[];
  /** Why it cannot hold this term, as a sentence with a remedy; undefined when it can. */
  refuses(term: Term, spec: Spec): string | undefined;
  /** What the options that are written change, as a clause, and why its value is then no bound of the term. */
  written?(request: BoundRequest): { note: string; breaks: string } | undefined;
  /** What it reads from the model: codes, decoders, critics, permutations. Creates the networks it needs. */
  arguments(term: Term, model: Model, request: BoundRequest | undefined): Args;
  /**
   * Its value in nats, averaged over the batch, from those arguments alone (a pure function: the export prints it as
   * one). For a lower bound on I(X; Z) - H(X) the value is the mean log-likelihood.
   */
  value(args: Args): Expr;
  /**
   * Of a bound that picks the true tuple among others: its scores, [N, N] each, those of the true tuples on the diagonal.
   * The value is the mean, over these and their rows, of the true tuple's score less the log-mean-exp of the row.
   */
  contrasts?(args: Args): Expr[];
  /**
   * The same coordinate by coordinate, [k] nats, averaged over the batch: its value is their sum. Undefined where it is not such a
   * sum.
   */
  coordinates?(args: Args): Expr | undefined;
  /** Of a likelihood that not every number has: the smallest and the largest value that a stream may have. */
  support?: Support;
  /**
   * Of a likelihood: log p of one value of a stream, in nats, where the decoder gives it this mean and the stream these
   * constants; undefined where a mean alone does not determine it.
   */
  logDensity?(
    request: BoundRequest | undefined,
    stream: StreamConstants,
  ): ((value: number, mean: number) => number) | undefined;
  /** Of a likelihood: the mean of the stream from the decoder's output, [N, width]. */
  reconstruct?(output: Expr, stream: Stream): Expr;
}

/** What a likelihood needs of a stream that no code predicts: the mean variance of its values, and the sum of their means. */
interface StreamConstants {
  variance: number;
  total: number;
}

export interface Support {
  low: number;
  high: number;
}

/** A line of equalities and one inequality, over the names of a term. */
export interface Proof {
  formula: string;
  latex: string;
  /** Which inequality it is and what is dropped, as a sentence. */
  by: string;
}

export interface BoundOption {
  name: string;
  doc: string;
  /** Words it may be. */
  values?: readonly string[];
  /** Whether it may be a number above zero. */
  number?: boolean;
  /** Whether it may be a variable of the spec. */
  variable?: boolean;
  /** Whether it may be a list of numbers above zero, and of what, in words. */
  list?: string;
  default: string;
}

/** Printable names of what a term holds, already joined: `left` is `X, Y`. */
export interface TermNames {
  left: string;
  right: string;
  given: string;
  /** Of a functional: which one. */
  functional?: "TC" | "gap" | "H";
  /** Whether the classes of a label count by weights. */
  weighted?: true;
  /** The law of its codes, on which the formula of a rate depends; `gaussian` where absent. */
  law?: LawName;
}
