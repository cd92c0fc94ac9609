/**
 * Messages between a trainer host and whoever shows its work (the panel, the command line, a test). One tagged union a
 * direction; every message about a run carries its generation, so that what a stale run still says is dropped.
 * Checked on receipt by `protocol-check`.
 */
import type { Alteration } from "../data/alterations/alteration";
import type { Diagnostic } from "../language/diagnostic";
import type { Uses } from "../language/uses";
import type { Change } from "../theory/change";
import type { DerivationSummary } from "../views/derivation";
import type { BoundSide } from "../theory/sides";
import type { DataDescription } from "./data-description";
import type { ExecutorId } from "./executors/index";
import type { Inspected, Inspection } from "./inspect/messages";
import type { Samples } from "./shown";

/** Raised when a message's meaning changes; compared in the handshake. */
export const PROTOCOL_VERSION = 13;

export interface ExecutorStatus {
  name: ExecutorId;
  available: boolean;
  /** What it is, or why it is not there or does not train. */
  detail: string;
  /** Whether it trains. */
  used?: boolean;
  /** What a step of the spec's program took, where it was measured. */
  milliseconds?: number;
}

// --- To the host --------------------------------------------------------------------------------------------------

export type ToHost =
  | { kind: "hello"; protocol: number }
  /**
   * Derive, load and compile this text. A broken text leaves the running preview as it is. An edit that keeps the
   * program's shape acts on the running training; another restarts it with the weights whose names and shapes match.
   */
  | {
      kind: "open";
      generation: number;
      uri: string;
      text: string;
      /** The files that it uses, gathered. */
      uses: Uses;
      spec?: string;
      autorun: boolean;
      /** In place of what the text says. */
      overrides?: Overrides;
      /** Of a study, where given: it begins afresh, whatever was trained before. */
      trial?: Trial;
      /** What `snapshot` gave earlier; training goes on from there when it fits the text. */
      snapshot?: Uint8Array;
    }
  /** A person asks for training: one that is finished goes on for as many epochs again. */
  | { kind: "run" }
  /** Training need not wait any longer for whoever shows it: what autorun would do, so that one that is finished stays so. */
  | { kind: "resume" }
  | { kind: "pause" }
  /** Starts again from fresh weights, with another seed where given. */
  | { kind: "reset"; seed?: number }
  /** Takes up the run of a `replaced` as it stood, paused; what is at work is told as `replaced` first. */
  | { kind: "restore"; snapshot: Uint8Array }
  /** Weights that were trained elsewhere, as a safetensors file of this name: they are judged as those of an ended training. */
  | { kind: "judge"; name: string; weights: Uint8Array }
  | { kind: "knob"; name: string; value: number }
  /** A page shows a picture of the codes: answered once as `inspected`, and asked again for as long as it is shown. */
  | { kind: "inspect"; question: Inspection }
  /** A page shows the data: answered once as `described`. */
  | { kind: "describe" }
  /** Asks for a `snapshot`. */
  | { kind: "save" }
  /** Measures how fast steps of what is open are, where it has not trained yet: `executors` answers. */
  | { kind: "measure" }
  /** The bytes of a file that was asked for by `read`, or why there are none. */
  | { kind: "file"; id: number; bytes?: Uint8Array; problem?: string }
  | { kind: "close" };

/** What a study asks of one training. */
export interface Trial {
  /** What is changed of the data, one change after another. */
  alterations: Alteration[];
  /** Whether only its end is measured, and no information in nats, which takes longer than many a training. */
  light: boolean;
}

/** What a command line says about a training beside its text. */
export interface Overrides {
  epochs?: number;
  /** In place of epochs. */
  steps?: number;
  seed?: number;
  knobs?: Record<string, number>;
}

// --- From the host ------------------------------------------------------------------------------------------------

export interface TermSummary {
  id: string;
  side: "compress" | "keep";
  /** `I(X; Zx)`. */
  text: string;
  /** Names of its variables, for drawing; a functional of Z has them all in `left`. */
  left: string[];
  right: string[];
  given: string[];
  bound: string;
  boundSide: BoundSide;
  /** Formula of the bound over the term's names, Unicode. */
  formula: string;
  /** Weight in the loss, `-beta * w`, its value at the knobs in force, and at those when the training ends. */
  weightText: string;
  weight: number;
  weightAtEnd: number;
  reads: string;
  /** Before the first step, where the term learns one; what it is now is a measurement. */
  temperature?: number;
  /** What a likelihood's value lacks to be information: the entropy of what is decoded, in nats where it is a label. */
  entropy?: { of: string; nats?: number };
  reason: string;
}

interface StreamSummary {
  name: string;
  role: "modality" | "target" | "observe";
  kind: string;
  sizes: number[];
}

export interface LatentSummary {
  name: string;
  law: string;
  /** Whether it is a function of its inputs, without noise: then it has no rate. */
  deterministic: boolean;
  size: number;
  from: string[];
  /** The variables beyond which its rate is; absent where it is of the code alone. */
  given?: string[];
}

export interface KnobSummary {
  name: string;
  /** As the text says. */
  value: number;
  /** What it is now, where a person has turned it. */
  turned?: number;
  from: number;
  to: number;
  log: boolean;
}

/**
 * What a run is of, in hashes: its training program, numbers written into it aside, and what it reads of which data. A run
 * can take the place of another where both are the same.
 */
export interface RunIdentity {
  program: string;
  data: string;
}

export interface SpecSummary {
  identity: RunIdentity;
  name: string;
  title?: string;
  /** The derived loss, one line of Unicode. */
  loss: string;
  /** The same in its short form, for the head of a page. */
  shortLoss: string;
  /** Name of the published method and how it differs; absent where none is near. */
  method?: string;
  terms: TermSummary[];
  streams: StreamSummary[];
  latents: LatentSummary[];
  knobs: KnobSummary[];
  executor: string;
  derivation: DerivationSummary;
  /** What there is to say about the data: it holds as long as this preview does. */
  findings: Finding[];
  /** Trained numbers in all. */
  parameters: number;
  samples: SampleCounts;
  /** Those of them that lack a stream, or the value of a factor: what reads it is of fewer. Only where some do. */
  lacking?: SampleCounts;
  /** What the alterations of a study have found in the data, by name. */
  facts?: Record<string, number>;
  steps: number;
  epochs: number;
  /** In which of the two the spec gives the length of the training. */
  unit: "epochs" | "steps";
}

/** Values in nats after a step; `heldOut` is measured now and then on the validation rows. */
export interface TermPoint {
  step: number;
  total: number;
  terms: Record<string, number>;
  heldOut?: { total: number; terms: Record<string, number> };
}

/** The weights by which a training is judged, reported and exported. */
export interface CheckpointSummary {
  step: number;
  /** Why it is the last step, where no look can choose one. */
  because?: string;
  /** Values in nats on the test rows; once the training has ended. */
  tested?: { total: number; terms: Record<string, number> };
}

/** A value that is measured of a run; `code`, `factor`, `term` and `class` say what it is of. */
export interface MeasuredValue {
  /** The measurement, by its id. */
  id: string;
  code?: string;
  factor?: string;
  term?: string;
  /** A class of the factor, by its number. */
  class?: number;
  /** A coordinate of the code, from 0. */
  coordinate?: number;
  value: number;
  /** 95 % interval; no upper end where nothing bounds the value from above. */
  low: number;
  high: number | null;
  unit: "nats" | "share" | "R2" | "number";
  /** What no information gives, where that is not 0 nats. */
  chance?: number;
  /** Of a rate: the variables beyond which it is. */
  given?: string[];
}

/** Samples of each split. */
export interface SampleCounts {
  train: number;
  validation: number;
  test: number;
}

/** Whether a code keeps a factor. `hidden`: its draws show nothing, its noiseless mean does. */
export interface Verdict {
  code: string;
  factor: string;
  verdict: "keeps" | "some" | "hidden" | "drops" | "unjudged";
  /** Of one that is `unjudged`: what is wrong with the samples. */
  because?: Unjudgeable;
}

/** How often judged rows of each class are named as each class, from one draw of each row. */
export interface Confusion {
  code: string;
  factor: string;
  /** Rows, [class of the row][class that the probe names]. */
  counts: number[][];
}

/** A number that never varies, labels that are all of one class, or rows too few to decide. */
export type Unjudgeable = "constant" | "one-class" | "few-rows";

/** A group of held-out rows that all codes together fail. */
interface LeftRows {
  /** Of all held-out rows. */
  share: number;
  /**
   * Values that its rows have more often than all held-out rows: a class by its number, or a range of a number; of a stream the
   * column and its range.
   */
  apart: { factor: string; value: number | string; lift: number }[];
  /** Its rows, by their numbers in the data as stored, those that lose most first. */
  samples: number[];
}

/** One of which the streams predict a target or a factor, and the codes do not. */
export interface Unpredicted extends LeftRows {
  /** The target or the factor. */
  target: string;
  accuracyByCodes: number;
  accuracyByStreams: number;
  /** 95 % interval of the difference of the two. */
  low: number;
  high: number;
  /** Whether the target is a number, of which the quarter is predicted: the one next to the true one counts as right. */
  quarters: boolean;
  /** The first of its rows, as people see them: their streams, their class, and what it is taken for. */
  shown: { truth: number[]; byStreams: number[]; byCodes: number[]; samples: Samples[] };
}

/** One found by reconstruction, where the spec names no target and no factor: nothing is predicted of its rows. */
export interface Unreconstructed extends LeftRows {
  target: null;
  /** The stream that has something in these rows that the codes do not carry. */
  stream: string;
  accuracyByCodes: null;
  accuracyByStreams: null;
  low: null;
  high: null;
  shown: { samples: Samples[] };
}

export type LeftBehind = Unpredicted | Unreconstructed;

export interface Finding {
  /** The rule, by its code. */
  code: string;
  /** The code, the term or the stream that it is about, where it is about one. */
  about?: string;
  severity: "error" | "warning" | "information";
  message: string;
  /** What to change in the spec, where that is where the cause is. */
  fix?: Change;
}

export type Phase = "idle" | "loading" | "compiling" | "training" | "paused" | "finished" | "failed";

export type FromHost =
  | { kind: "welcome"; protocol: number }
  /** Asks for a file that the document names, where the host's home has no files. */
  | { kind: "read"; id: number; uri: string; path: string }
  /** Every executor there is: which one trains, how fast others are, why they do not train. */
  | { kind: "executors"; generation: number; executors: ExecutorStatus[] }
  /** The text could not be opened; the last valid preview goes on. */
  | { kind: "rejected"; generation: number; diagnostics: Diagnostic[] }
  | { kind: "opened"; generation: number; summary: SpecSummary; restarted: boolean }
  /** A knob was turned: the values of those turned so far, and the weight of every term now and at the end, by its id. */
  | {
      kind: "turned";
      generation: number;
      knobs: Record<string, number>;
      weights: Record<string, number>;
      weightsAtEnd: Record<string, number>;
    }
  | { kind: "phase"; generation: number; phase: Phase; detail?: string }
  | {
      kind: "progress";
      generation: number;
      step: number;
      steps: number;
      epoch: number;
      epochs: number;
      millisecondsPerStep: number;
      secondsLeft: number;
      /** Weight of each term in force, by its id. */
      weights: Record<string, number>;
    }
  | { kind: "points"; generation: number; points: TermPoint[] }
  /** Which weights a training is judged by: the best so far, and at its end those that were tested. */
  | ({ kind: "checkpoint"; generation: number } & CheckpointSummary)
  /** Rate of each coordinate in nats, by latent. */
  | { kind: "rates"; generation: number; step: number; rates: Record<string, number[]> }
  /** All values of some measurements; those of others stay. */
  | { kind: "measurements"; generation: number; step: number; measurements: MeasuredValue[] }
  /** What each code keeps, and the same in words. */
  | {
      kind: "verdicts";
      generation: number;
      step: number;
      verdicts: Verdict[];
      confusions: Confusion[];
      sentence: string;
    }
  /** All that is left behind by the weights at this step; it holds until the training goes on. Where there is some, the first sentences that say so too. */
  | {
      kind: "left-behind";
      generation: number;
      step: number;
      leftBehind: LeftBehind[];
      sentence?: string;
    }
  | { kind: "samples"; generation: number; step: number; samples: Samples[] }
  /** What a page has asked to see. */
  | { kind: "inspected"; generation: number; found: Inspected }
  /** What the spec reads from its data; of each stream the first columns. */
  | { kind: "described"; generation: number; data: DataDescription }
  | { kind: "finding"; generation: number; step: number; finding: Finding }
  /** A finding that no longer holds. */
  | { kind: "settled"; generation: number; step: number; code: string; about?: string }
  /** The run that the next message takes away, where it had begun: weights, optimiser, step and knobs, for `restore`. */
  | {
      kind: "replaced";
      generation: number;
      step: number;
      by: "text" | "reset" | "restore";
      bytes: Uint8Array;
    }
  /** A `restore` was carried out: its findings, progress and phase follow; whoever kept the run knows the rest. */
  | { kind: "restored"; generation: number; step: number }
  /** Weights, optimiser, step and knobs, to be handed back with `open` after a reload. */
  | { kind: "snapshot"; generation: number; step: number; bytes: Uint8Array };

/** A two-way line between a host and its viewer: postMessage, a child process or a WebSocket. */
export interface Channel<Sent, Received> {
  send(message: Sent): void;
  /** Called for every message that passes the check; returns how to stop listening. */
  listen(listener: (message: Received) => void): () => void;
  close(): void;
}
