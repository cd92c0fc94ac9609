/**
 * What a page asks to see of the codes while it shows it, and what it is answered: once for each time it asks, of the
 * weights of now, or of the checkpoint once the training has ended. Checked on receipt by `check`.
 */
import type { Samples } from "../shown";

/** One picture of the codes; `row` is a row of the data as stored. */
export type Inspection =
  | { kind: "map"; code: string }
  | { kind: "sample"; code: string; row: number }
  | { kind: "traversal"; code: string }
  | { kind: "across" };

export type Inspected = CodeMap | OpenedSample | Traversal | Across;

/** Each kind that was asked for, as it was answered last. */
export type AllInspected = { [I in Inspected as I["kind"]]?: I };

interface OfStep {
  /** Steps after which the weights were these. */
  step: number;
}

/** A factor of some rows: classes by their numbers, or values of a number. */
export interface FactorValues {
  factor: string;
  /** How many there are; absent for a number. */
  classes?: number;
  values: number[];
}

/** Held-out rows by the means of their codes, along the two directions in which these vary most. */
export interface CodeMap extends OfStep {
  kind: "map";
  code: string;
  /** Rows of the data as stored. */
  rows: number[];
  x: number[];
  /** Zeros for a code of one coordinate. */
  y: number[];
  /** The share of the variance of the means along each; one alone for a code of one coordinate. */
  shares: number[];
  factors: FactorValues[];
}

/** One held-out row: what it is, what the codes have of it, and what is near to it. */
export interface OpenedSample extends OfStep {
  kind: "sample";
  /** The code in which its neighbours were sought. */
  code: string;
  row: number;
  /** Its streams, with their reconstructions. */
  samples: Samples[];
  codes: { code: string; mean: number[]; draw: number[] }[];
  /** Rows whose means of the code are nearest, the nearest first, with their Euclidean distances. */
  neighbours: { rows: number[]; distances: number[]; samples: Samples[] };
  factors: {
    factor: string;
    classes?: number;
    truth: number;
    neighbours: number[];
    /** What a linear probe predicts from one draw of each code, where a round has judged this row. */
    predictions: { code: string; value: number }[];
  }[];
  /** The step of the round whose probes these are. */
  readAt?: number;
}

/**
 * What the decoders make of a code as one coordinate goes over its range and everything else stays as one held-out row has
 * it. What is decoded stands as the original of its samples, one for each value.
 */
export interface Traversal extends OfStep {
  kind: "traversal";
  code: string;
  row: number;
  /** Of a code that no decoder reads there are none; of one with many, those whose means vary most. */
  coordinates: {
    coordinate: number;
    /** From the 2.5 % quantile of the code's draws to the 97.5 % one; of a categorical code, 1 alone. */
    values: number[];
    samples: Samples[];
    /** The root mean square of the difference of what is decoded at both ends, over the values of each stream. */
    moves: { stream: string; by: number }[];
  }[];
}

/** What the decoders make of codes that know one stream alone, or none. What is decoded stands as the original of its samples. */
export interface Across extends OfStep {
  kind: "across";
  rows: number[];
  /** One stream given, another decoded. */
  pairs: {
    from: string;
    to: string;
    /** The codes that the decoder reads: inferred from the given stream, or drawn from their priors. */
    codes: { code: string; by: "stream" | "prior" }[];
    given: Samples[];
    truth: Samples[];
    /** Of one draw of the codes each. */
    draws: Samples[];
  }[];
  /** Each decoded stream from draws of the priors of all codes that its decoder reads. */
  priors: { stream: string; codes: string[]; samples: Samples }[];
  /** Decoded streams without such draws, and the codes that the loss holds to no prior. */
  without: { stream: string; codes: string[] }[];
}
