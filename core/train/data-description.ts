/** What a spec reads from its data, in a few numbers for each stream; made by `describe-data`, checked by `data-check`. */
import type { SplitName } from "../data/dataset";
import type { Skipped } from "../data/describe";
import type { Stream, StreamDerivation } from "../theory/spec";

export interface DataDescription {
  /** Name of the spec. */
  spec: string;
  /** As `data "..."` names it. */
  source: string;
  /** Rows of the data, whether a split has them or not. */
  samples: number;
  splits: Record<SplitName, number>;
  /** How the samples were taken from the rows of a file, where they are not these rows, in sentences. */
  taken: string[];
  streams: StreamDescription[];
  skipped: Skipped[];
}

/** Numbers are null where the stream has classes or words instead, or is made as batches are drawn. */
export interface StreamDescription extends Spread {
  name: string;
  role: Stream["role"];
  /** The kind as a spec declares it. */
  kind: string;
  /** The field that is read; null for a stream that is made from another. */
  field: string | null;
  /** Shape of one sample as networks read it. */
  shape: number[];
  /** Where channels first and channels last both fit: how they are read, in words. */
  axes?: string;
  /** Samples that the numbers are of: all of the splits, or some at even distances. */
  looked: number;
  /** NaN in the field. */
  missing: number;
  /** Samples of each split that lack the stream, or whose class is not known; only where there are such. */
  absent?: Record<SplitName, number>;
  /**
   * How many values of all columns are in each of 20 equally wide bins from the least to the largest, which is in the last;
   * where all values are the same, they are in the first. Empty where there are no numbers.
   */
  histogram: number[];
  /** Values of a vector or of counts one by one, channels of a signal; any other kind of numbers is one column. */
  columns: ColumnDescription[];
  /** The columns that never vary. */
  constant: number[];
  /** The columns of a vector, scalar or signal with a value far from all others, as the finding `outliers` sees it. */
  outlying: number[];
  transforms: { by: string; text: string }[];
  /** Samples of each class of a label in each split. */
  classes?: ClassCount[];
  /** Words of a sample, of a text. */
  words?: Spread;
  /** How it is made from another stream. */
  made?: { by: StreamDerivation["by"]; of: string };
}

/** Numbers as the training reads them, so after all transforms, and bytes of pictures from 0 to 1. */
export interface Spread {
  least: number | null;
  most: number | null;
  mean: number | null;
  standardDeviation: number | null;
}

export interface ColumnDescription extends Spread {
  index: number;
  /** What the file calls it, where it says that. */
  name?: string;
  /** As of the stream, of this column alone; empty of a stream of one column or very many. */
  histogram: number[];
  /** Half of the values are below it. */
  median: number;
}

export interface ClassCount extends Record<SplitName, number> {
  class: number;
  /** The text of the class in the file, where it has one. */
  name?: string;
}
