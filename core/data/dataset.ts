import type { Hdf5Node } from "./hdf5-node";
import type { MakeRows } from "./on-demand";
import type { Merged } from "./readers/merged";

/**
 * A data set as the rest of the product sees it: named fields of equal length, and the rows of each split.
 */

export type FieldType = "float32" | "uint8" | "int32";
export type FieldValues = Float32Array | Uint8Array | Int32Array;

/** The arrays that hold values of a type. */
export const ARRAYS = { float32: Float32Array, uint8: Uint8Array, int32: Int32Array };

/** One named column of the data. Row `i` is the `i`-th run of `sizeOf(shape)` values. */
export interface Field {
  name: string;
  /** Shape of one sample; [] for a scalar. Images are [channels, height, width] or [height, width]. */
  shape: number[];
  dtype: FieldType;
  /** Of all samples. Those that are not there yet are made when this is asked for. */
  readonly values: FieldValues;
  /** Of samples that are made on demand: the array that holds them, and what makes some of them. */
  onDemand?: { values: FieldValues; make: MakeRows };
  /** Number of classes, where the values are known to be class numbers from 0. */
  classes?: number;
  /** The words that the values number, where they are known. */
  words?: readonly string[];
  /** Where float32 merges different numbers of the file. */
  merged?: Merged;
  /** The kind of stream that it is, where the file's format says it. */
  kind?: "audio" | "signal";
  /** Of recordings: how many numbers a second of sound has. */
  rate?: number;
  /** What its columns are called, where the file says it: of a vector, one for each value. */
  columns?: readonly string[];
  /** One line for people. */
  description: string;
}

/** What a field is, before it is read. */
export type FieldShape = Pick<Field, "name" | "shape" | "dtype">;

/** The values of a field, row-major. */
export interface Drawn {
  /** Shape of one sample; [] for one number. */
  shape: number[];
  values: FieldValues;
  /** Where they are made on demand. */
  make?: MakeRows;
  /** Number of classes, where the values are class numbers from 0. */
  classes?: number;
  /** The words that the values number. */
  words?: readonly string[];
}

/** A field of what was drawn, or will be. */
export function fieldOf(name: string, description: string, drawn: Drawn): Field {
  const { shape, values, make, classes, words } = drawn;
  const dtype = values instanceof Uint8Array ? "uint8" : values instanceof Int32Array ? "int32" : "float32";
  const known = { ...(classes === undefined ? {} : { classes }), ...(words === undefined ? {} : { words }) };
  const field = { name, shape, dtype, description, ...known } as const;
  if (make === undefined) return { ...field, values };
  return {
    ...field,
    onDemand: { values, make },
    get values() {
      make();
      return values;
    },
  };
}

/** A column with so many different values in so many rows. */
export interface Grouped {
  field: string;
  groups: number;
  rows: number;
}

export type SplitName = "train" | "validation" | "test";

export interface Dataset {
  name: string;
  /** Rows in every field. */
  samples: number;
  fields: Record<string, Field>;
  /** Row numbers of each split; none is empty and no row is in two. */
  splits: Record<SplitName, Int32Array>;
  /** A column of the file that says whose each row is, which the splits do not ask for. */
  grouped?: Grouped;
  /** Field that a stream of this name reads when no field has that name. */
  defaultBindings?: Record<string, string>;
  /** Arrays of the file that cannot be fields, by name, with the reason. */
  skipped?: Record<string, string>;
  /** Fields of the file that no stream reads. */
  unread?: readonly FieldShape[];
  /** The row of the file that each sample is, where others were not read. */
  rows?: Int32Array;
  /** Where no sizes were written and the rows of a file are more than are held: how many it has. */
  sampled?: { of: number } | undefined;
  /** What was left out and what is missing of files that were joined, in sentences. */
  joined?: string[];
  /** Where samples are windows of rows: how long and how far apart they are, how many there are and how many no split has. */
  windows?: { length: number; step: number; made: number; dropped: number };
}

/** A folder: the files in it and below, by their paths within it with `/`, sorted. */
export interface Folder {
  names: readonly string[];
  /** The bytes of one of them; rejects when it cannot be read. */
  read(name: string): Promise<Uint8Array>;
}

/** A file whose bytes are read where they are asked for. */
export interface FileRanges {
  /** How many bytes it has. */
  size: number;
  /**
   * The bytes from `start` up to `end`; rejects when they cannot be read, or the file has changed since it was opened.
   * @param into where they may be put, if it is long enough
   */
  read(start: number, end: number, into?: Uint8Array): Promise<Uint8Array>;
  /** The platform's CRC-32 of bytes after others with a checksum, where it has one. */
  crc32?(bytes: Uint8Array, before: number): number;
  /** The platform's decompression of raw deflate data, where it has one of its own. */
  inflateRaw?(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** The platform's decompression of gzip files of any number of members, checked; fails where they are damaged. */
  gunzip?(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** The file as HDF5, read by a library that the host has beside the ones of the product; or why it has none. */
  hdf5?(): Promise<Hdf5Node | { lack: string }>;
}

/**
 * Opens a file, whole or by ranges, or lists a folder; rejects when it cannot. The host resolves the path relative to the
 * spec.
 */
export type ReadFile = (uri: string) => Promise<Uint8Array | FileRanges | Folder>;

export type OptionValue = number | string | boolean | string[];

/** What a spec's `data` statement asks for: the name of a built-in generator or a path, and options. */
export interface DataRequest {
  source: string;
  options: Record<string, OptionValue>;
}

/** What an error is about, so that a caller can point at the words of the spec that asked for it. */
export type DataSubject =
  { kind: "source" } | { kind: "option"; name: string } | { kind: "stream"; name: string };

/** A fault in the data or in what was asked of it. `message` says what is wrong, `advice` what to do. */
export class DataError extends Error {
  override readonly name = "DataError";

  constructor(
    message: string,
    readonly advice: string,
    readonly about: DataSubject,
    /** What may be written at the end of the stream's line, so that it reads the field. */
    readonly append?: string,
  ) {
    super(message);
  }
}

/** A shape as people write it: "28 x 28", or "one number" for []. */
export function describeShape(shape: readonly number[]): string {
  return shape.length === 0 ? "one number" : shape.join(" x ");
}
