/**
 * A spec with its names resolved: what the derivation works on. Made from the syntax tree by `resolve`; every value
 * keeps the place of the text it came from, so that whatever is found later can be told where it was asked for.
 */
import type { TransformWord } from "../language/words";
import type { Range } from "../language/diagnostic";

export type StreamKindName =
  "vector" | "image" | "audio" | "text" | "video" | "signal" | "counts" | "label" | "scalar";

/** `image(28, 28)`: kind and sizes as written. */
export interface StreamKind {
  name: StreamKindName;
  sizes: number[];
}

/**
 * How a stream is made from another as batches are drawn. `before` and `after` are the steps that all pasts and futures
 * of the stream need around their common present.
 */
export type StreamDerivation =
  | { by: "augment"; of: string; changes: string[] }
  | { by: "past" | "future"; of: string; steps: number; before: number; after: number }
  | { by: "partner"; of: string; same: string };

/** How the values of a field are changed before they are read; fitted on the training rows. */
export interface Transform {
  by: TransformWord;
  /** Of `scale`, what becomes 0 and 1; of `clip`, the least and the largest number. Others have none. */
  between?: { low: number; high: number };
}

/** An observed stream. */
export interface Stream {
  name: string;
  role: "modality" | "target" | "observe";
  kind: StreamKind;
  /** Values a sample has when flattened; 1 for a label or a scalar, the most words of a text. */
  size: number;
  /** Width of a network that reads or writes it: classes for a label, the vocabulary of a text, else `size`. */
  width: number;
  /** Field of the data, when the name differs. */
  field?: string;
  /** The last of several fields of one number each, which are read side by side; `field` is the first. */
  fieldTo?: string;
  /** In the order in which they are carried out. */
  transforms?: Transform[];
  /** Of a label: whether the different numbers of the field become classes from 0, in ascending order. */
  renumber?: true;
  /** How it is made, where it is no field of the data. */
  derived?: StreamDerivation;
  doc?: string;
  range: Range;
}

export type LawName = "gaussian" | "deterministic" | "sphere" | "vmf" | "categorical";
export type FusionName = "single" | "concat" | "poe" | "mean" | "moe" | "mopoe";

export interface Latent {
  name: string;
  law: { name: LawName; size: number };
  /** Streams or latents it is inferred from, in the order written. */
  from: string[];
  fusion: { name: FusionName; options: string[] };
  given: string[];
  /** Whether its encoders are not trained; absent where they are. */
  frozen?: true;
  /** The latent whose encoders these are, where it is another. */
  encoder?: string;
  prior: { name: string; arguments: number[]; from?: string[]; range?: Range };
  doc?: string;
  range: Range;
}

/** A variable inside a term. `subset`: Z inferred from these alone; empty: drawn from the prior. */
export interface Variable {
  name: string;
  subset?: string[];
}

export type Information =
  | { kind: "information"; left: Variable[]; right: Variable[]; given: Variable[] }
  | { kind: "functional"; functional: "TC" | "gap" | "H"; of: Variable[]; each: boolean };

/** A weight: numbers and knobs in arithmetic. */
export type Scalar =
  | { kind: "number"; value: number; text: string }
  | { kind: "knob"; name: string }
  | { kind: "binary"; operator: "+" | "-" | "*" | "/"; left: Scalar; right: Scalar }
  | { kind: "negation"; value: Scalar };

/** What comes after `by`, as written; the derivation chooses where it is absent. */
export interface BoundRequest {
  name: string;
  /** Positional numbers, names and subsets: `gaussian(0.5)`, `conditional(Zy)`, `conditional(Z[X])`. */
  arguments: (number | string | Variable)[];
  /** `critic = dot`, `temperature = 0.1`. */
  options: Record<string, number | string | readonly number[]>;
  flags: string[];
  /** `as second`. */
  as?: string;
  range: Range;
}

/** `at 5`, `below 5`, `floor 0.5`, `floor 0.5 each`, in nats. */
export interface Target {
  mode: "at" | "below" | "floor";
  value: Scalar;
  /** Of `floor`: the place of `each`, where the nats are those of each coordinate. */
  each?: Range;
}

export interface Term {
  /** Stable within the spec: its label, else its canonical text, numbered when repeated. */
  id: string;
  side: "compress" | "keep";
  label?: string;
  weight: Scalar;
  information: Information;
  bound?: BoundRequest;
  target?: Target;
  /** Taken at some steps only: term `index` of `of`, of which `count` are drawn at each step under this name. */
  drawn?: { name: string; index: number; of: number; count: number };
  /** Place of the weighted term. */
  range: Range;
  /** What to delete to remove the term: its statement, or its part of a sum with the sign. */
  removal: Range;
}

export interface Knob {
  name: string;
  value: number;
  from: number;
  to: number;
  log: boolean;
  anneal?: Anneal;
  range: Range;
}

/** A part of a schedule. */
export interface Length {
  value: number;
  unit: "epochs" | "steps";
}

/** `anneal beta from 0 over 5 epochs after 2 epochs hold 5 epochs repeat 4`. */
export interface Anneal {
  from: number;
  over: number;
  unit: "epochs" | "steps";
  /** How long the knob stays at `from` first. */
  after?: Length;
  /** How long each cycle stays at the knob's value. */
  hold?: Length;
  /** How many cycles there are. */
  repeat?: number | "endless";
}

export interface Want {
  intent: "shared" | "private" | "predict" | "reconstruct" | "forget";
  of: string[];
  in: string[];
  range: Range;
}

/** Networks that are built here. */
export type NetworkName = "linear" | "mlp" | "cnn" | "bag";

/** A network with its numbers: widths of hidden layers, or what its own file says. */
export interface BuiltNetwork {
  name: NetworkName;
  sizes: readonly number[];
}

/** `network encoder X = mlp(256, 256)`; `names` are streams or latents as written. */
export interface NetworkChoice {
  role: "encoder" | "decoder" | "critic";
  names: string[];
  /** Or a module of the user's own, by its full name in Python. */
  network: BuiltNetwork | { name: "torch"; module: string };
  range: Range;
}

/** `missing X rate 0.2`: a stream that may be absent, and the share of samples that lack it. */
export interface Missing {
  stream: string;
  rate: number;
  /** Whether the data say which samples lack it, and so how many. */
  measured?: boolean;
  range: Range;
}

/** Rows that lack the same streams. */
export interface Pattern {
  absent: readonly string[];
  rows: number;
}

export interface Training {
  /** Passes over the data, where `steps` does not say how long it is. */
  epochs: number;
  steps?: number;
  batch: number;
  optimizer: { name: "adam"; rate: number };
  seed: number;
  range?: Range;
}

export interface DataRequest {
  source: string;
  /** Address of the file where its paths start, when that is not the spec's own. */
  location?: string;
  options: Record<string, number | string | boolean | string[]>;
  /** Places of the source and of each option, for errors of the data. */
  ranges: { source: Range; options: Record<string, Range> };
  range: Range;
}

export interface Spec {
  name: string;
  title?: string;
  doc?: string;
  streams: Stream[];
  latents: Latent[];
  terms: Term[];
  knobs: Knob[];
  wants: Want[];
  networks: NetworkChoice[];
  missing: Missing[];
  /** How many training samples lack the same streams, where the data say it: of the streams that are `measured`. */
  patterns?: readonly Pattern[];
  training: Training;
  data?: DataRequest;
  range: Range;
}
