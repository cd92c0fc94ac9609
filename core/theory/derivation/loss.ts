/**
 * The derived loss: one value from which every view is made, so what is shown is what is trained and what is exported.
 */
import type { Diagnostic } from "../../language/diagnostic";
import type { Expr } from "../../program/expression";
import type { Bound, Proof, Reading } from "../bound";
import type { Graph } from "./graph";
import type { Distribution } from "../laws/law";
import type { Presence } from "../missing/presence";
import type { Role } from "../terms/roles";
import type { Schedule } from "../terms/schedule";
import type { BoundRequest, Missing, Scalar, Spec, Term } from "../spec";

/** A term with its bound. */
export interface DerivedTerm {
  /** As written, or a part of it: a term over several streams or codes stands as one for each, at the same place. */
  term: Term;
  bound: Bound;
  /** What the term is: a payment, a decoding, a link, a functional. */
  role: Role;
  /** As written, or what the derivation chose. */
  request?: BoundRequest;
  /** Why this bound: written, or the default of its kind. */
  reason: string;
  /** The factor it stands with in the loss: +weight for compress, -beta * weight for keep. */
  effectiveWeight: Scalar;
  reads: Reading;
  /** The rows that have all it reads, where streams may be absent: it is a mean over these. Empty: all rows. */
  rows: Presence;
}

/** One step of the derivation, for people. */
export interface Step {
  title: string;
  text: string;
  /** Unicode, and the same in LaTeX. */
  formula?: string;
  latex?: string;
  /** Why it holds, or why it is no bound, in a line of mathematics; `lead` is said before it. */
  proof?: Proof & { lead: string };
  /** What is to be known beside it: its gap, what it rests on, what breaks it, its source. */
  facts?: { name: string; text: string }[];
}

export interface DerivedLoss {
  spec: Spec;
  encoderGraph: Graph;
  decoderGraph: Graph;
  terms: DerivedTerm[];
  /** How weights change during training: of the knobs that `anneal` moves. */
  schedules: Schedule[];
  steps: Step[];
  /** Whether L >= ideal + beta * (weighted entropies) holds, and what breaks it. */
  isBound: { holds: boolean; because: string[] };
  /** Findings of the derivation; with an error among them there is no objective. */
  diagnostics: Diagnostic[];
}

/** What the derivation gives to be compiled: expressions over the batch. */
export interface Objective {
  /** Scalar, minimised. */
  total: Expr;
  /** Value of each term in nats, by term id. */
  terms: Record<string, Expr>;
  /** Of a term whose target is of each coordinate: its value by coordinate, [k] nats. */
  coordinates: Record<string, Expr>;
  /** What stands in the loss where it is not the value itself, by term id: it has a target, or is drawn at some steps. */
  shaped: Record<string, Expr>;
  /** What each term's bound is applied to, by term id: its value is `bound.value` of these. */
  applications: Record<string, Record<string, Expr>>;
  /** Scores of terms that pick the true tuple among others, by term id; see `Bound.contrasts`. */
  contrasts: Record<string, Expr[]>;
  /** Rate of each coordinate in nats, [size], or of the whole code, [1], by latent; only latents with a rate. */
  rates: Record<string, Expr>;
  /** The rate of each row, [N] nats, by latent: under its own prior, in closed form or at one sample; summed over coordinates. */
  rowRates: Record<string, Expr>;
  /** Means and draws of each code, [N, size], by latent: what probes see. */
  means: Record<string, Expr>;
  draws: Record<string, Expr>;
  /** The density of each code with noise, by its component's text (`Z`, or `Z[X]` of a mixture): see `Density`. */
  densities: Record<string, { natural: Expr; own: Expr; density: Expr }>;
  /** The statistic of the draw of each latent with noise, [N, t]. */
  statistics: Record<string, Expr>;
  /** What is inferred of each latent, and of the parts of one that a term reads (`Z[X]`), as terms write it. */
  codes: Record<string, Distribution>;
  /** Streams that may be absent, and the parts of the batch that terms read for it. */
  missing: readonly Missing[];
  parts: readonly Presence[];
  /** Mean of each decoded stream, [N, width], decoded from all codes its first decoder reads (at their means). */
  reconstructions: Record<string, Expr>;
  /** The same decoders over codes that are handed in, and what there is to hand in. */
  generation: Generation;
}

/** With the latents and the streams that it is made from. */
export interface Generated {
  value: Expr;
  codes: readonly string[];
  streams: readonly string[];
}

/** What is decoded and drawn by itself; codes that are read are inputs of their names, [N, size]. */
export interface Generation {
  /** Mean of each decoded stream, [N, width], by its first decoder. */
  decoded: Record<string, Generated>;
  /** A draw from the prior, [N, size], of each latent whose codes the loss holds to it. */
  priors: Record<string, Generated>;
  /** A draw of a code inferred from one of its streams, [N, size], where each has an encoder of its own: as `Z[X]`. */
  parts: Record<string, Expr>;
}
