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
  /** What kept terms are without any code, and at most, by id: of those where it is known. */
  levels: Readonly<Record<string, Level>>;
  /** Values of the terms on the batches of the steps since the last look. */
  training: {
    steps: number;
    means: Readonly<Record<string, number>>;
    deviations: Readonly<Record<string, number>>;
  };
  /** Nats that draws of a code carry of its mean, by code: of those that have a rate. */
  carried: Readonly<Record<string, number>>;
  leaks: readonly Leak[];
  /** The learned temperature in force, by the id of the term whose scores it divides. */
  temperatures: Readonly<Record<string, number>>;
  /** The looks before this one at the same knobs, in order. */
  earlier: readonly Earlier[];
}

/** The scale on which the value of a kept term is read. */
export interface Level {
  /** Held-out nats of the best constant prediction, or of sides that have nothing to do with each other. */
  nothing: number;
  /** Held-out nats of a perfect reconstruction; absent where nothing bounds it. */
  all?: number;
}

/** What a private code predicts of a view that it does not read. */
export interface Leak {
  /** The private code, the shared one beside it, and the view that the private one does not read. */
  code: string;
  shared: string;
  view: string;
  /** Share of the view's variance that a linear map of each predicts, with the 95 % interval of the private one's. */
  r2: number;
  low: number;
  high: number;
  sharedR2: number;
}

/** What an earlier look has read on held-out rows. */
export interface Earlier {
  progress: number;
  total: number;
  terms: Readonly<Record<string, number>>;
  rates: Readonly<Record<string, number>>;
  leaks: readonly Leak[];
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
  levels?: Observed["levels"];
  /** Means of terms over steps, and how much they differ from step to step. */
  training?: Readonly<Record<string, readonly [mean: number, deviation: number]>>;
  /** How much held-out terms differ from batch to batch, of four batches. */
  deviations?: Readonly<Record<string, number>>;
  carried?: Observed["carried"];
  leaks?: Observed["leaks"];
  temperatures?: Observed["temperatures"];
  earlier?: Observed["earlier"];
  /** The loss on held-out rows. */
  total?: number;
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
