/** What can go wrong in a training. One file a rule in this folder, and a line in the list. */
import type { DerivedTerm } from "../../theory/derivation/loss";
import type { Spec } from "../../theory/spec";
import type { Measured } from "../evaluation";
import type { Finding } from "../protocol";

/** What a rule looks at: all of it is of now, but for `first`. */
export interface Observed {
  /** Values on held-out rows now, and at the first look. */
  now: Measured;
  first: Measured;
  /** The rate of each code in nats, whatever its prior is. */
  rates: Readonly<Record<string, number>>;
  terms: readonly DerivedTerm[];
  spec: Spec;
  /** The factor of each term in the loss now, by id: negative for what is kept. */
  weights: Readonly<Record<string, number>>;
  /** Rows over which the estimates were made. */
  batch: number;
  /** Rows that a step was to read, and those that it reads. */
  steps: { asked: number; rows: number };
  /** Training and validation samples there are. */
  samples: { train: number; validation: number };
  /** Values of the knobs in force. */
  knobs: Readonly<Record<string, number>>;
  /** Share of the training that is done. */
  progress: number;
}

/** One thing that is seen; of a code or a term where `about` names it, with its fix in the spec where there is one. */
export type Seen = Pick<Finding, "message" | "about" | "fix"> & {
  /** Where it is another than the rule's. */
  severity?: Finding["severity"];
};

/** A state of a training in few words, for the tests and the manual: values of terms by id, first and now. */
export interface Example {
  spec: string;
  terms?: Readonly<Record<string, readonly [first: number, now: number]>>;
  rates?: Readonly<Record<string, number>>;
  progress?: number;
  batch?: number;
  steps?: Observed["steps"];
  samples?: Observed["samples"];
}

/** A rule on what is looked at, with examples of that. */
export interface Rule<Looked, Shown> {
  /** Kebab-case and stable. */
  code: string;
  severity: Finding["severity"];
  /** What is seen, why it happens, and what to change: a sentence or two each. */
  seen: string;
  why: string;
  change: string;
  find(looked: Looked): Seen[];
  /** A state that has it, and a like one that has not. */
  example: Shown;
  healthy: Shown;
}

export type FindingRule = Rule<Observed, Example>;
