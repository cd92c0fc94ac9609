/** A reader: one format of data files. */
import {
  DataError,
  type DataSubject,
  type FieldType,
  type FieldValues,
  type FileRanges,
  type Folder,
} from "./dataset";
import type { Hdf5Node } from "./hdf5-node";
import { sizeOf } from "../program/program";
import { unsupported, type DataFile } from "./readers/file";
import type { Merged } from "./readers/merged";

/** A file as readers see it: its bytes come when they are asked for. */
export interface DataSource {
  uri: string;
  /** What an error in it is about. */
  about: DataSubject;
  /** How many bytes it has. */
  size: number;
  /**
   * The bytes from `start` up to `end`, all of which are there.
   * @param into where they may be put, if it is long enough
   * @throws DataError where they cannot be read
   */
  read(start: number, end: number, into?: Uint8Array): Promise<Uint8Array>;
  /** CRC-32 of bytes after others with a checksum, where the host has one of its own. */
  crc32?(bytes: Uint8Array, before: number): number;
  /** Decompression of raw deflate data, where the host has one of its own. */
  inflateRaw?(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** Decompression of gzip files, checked, where the host has one of its own. */
  gunzip?(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** The file as HDF5, read by range by a library that the host has; or why it has none. */
  hdf5?(): Promise<Hdf5Node | { lack: string }>;
}

/** An array of numbers with its shape, row-major. */
export interface NumberArray {
  shape: number[];
  dtype: FieldType;
  values: FieldValues;
  /** The names of classes that the values number. */
  words?: readonly string[];
  /** Where float32 merges different numbers of the file. */
  merged?: Merged;
  /** The kind of stream that they are, where the format says it. */
  kind?: "audio" | "signal";
  /** Of recordings: how many numbers a second of sound has. */
  rate?: number;
  /** What its columns are called, where the file says it. */
  columns?: readonly string[];
}

/** What an array has instead of numbers; where it is different texts of many rows, these numbered for `groups`. */
export interface NotNumbers {
  notNumbers: string;
  /** Whether it was only put together here, so that nobody misses it. */
  vector?: true;
  groups?: NumberArray;
}

/** An array whose shape is known, and whose numbers are read when they are asked for. */
export interface UnreadArray {
  shape: number[];
  /** The type of its numbers once read; whole numbers beyond int32 become float32. */
  dtype: FieldType;
  /**
   * Reads the rows of these numbers, which ascend; all without.
   * @throws DataError when the file is damaged
   */
  read(rows?: Int32Array): Promise<NumberArray | NotNumbers>;
}

/** An array of a file, read or to be read, or what is there instead. */
export type FileArray = NumberArray | UnreadArray | NotNumbers;

/** The arrays of a file by name. */
export type Arrays = ReadonlyMap<string, FileArray>;

/** Some rows of an array that is there; all where none are given. */
export function ofRows<A extends NumberArray | NotNumbers>(array: A, rows: Int32Array | undefined): A {
  if (rows === undefined) return array;
  if ("notNumbers" in array) return { ...array, ...(array.groups && { groups: ofRows(array.groups, rows) }) };
  const [samples = 0, ...inner] = array.shape;
  if (rows.length === samples) return array;
  return {
    ...array,
    shape: [rows.length, ...inner],
    values: valuesOfRows(array.values, rows, sizeOf(inner)),
  };
}

/** The values of some rows, at most as many as there are. @param width values of a row */
export function valuesOfRows(values: FieldValues, rows: Int32Array, width: number): FieldValues {
  const found = values.slice(0, rows.length * width);
  rows.forEach((row, i) => found.set(values.subarray(row * width, (row + 1) * width), i * width));
  return found;
}

export interface DataReader {
  id: string;
  title: string;
  /** What becomes a field, and what it is named; for the manual. */
  doc: string;
  /** What it does not read. */
  limits: string;
  /** For the manual: Python that writes such a file, where its libraries do, and the lines of a spec that read it. */
  example: { python?: string; spec: string };
  /** Whether it reads a file from its beginning to its end, so that a compressed one need not be held. */
  inOrder?: true;
  /** Whether a file is of this format, by its first bytes (`FIRST_BYTES` at most) and, where these say nothing, its name. */
  recognises(first: Uint8Array, uri: string): boolean;
  /**
   * The arrays of the file, read or to be read. A large library is imported here, not at the top of the reader's file.
   * @throws DataError when the file is damaged or of a form that is not read
   */
  arrays(source: DataSource): Promise<Arrays>;
}

/** A reader of folders, whose files are samples. */
export interface FolderReader extends Pick<DataReader, "id" | "title" | "doc" | "limits" | "example"> {
  /** Whether a folder is of this kind, by its files. */
  recognises(names: readonly string[]): boolean;
  /** @throws DataError when a file is damaged, or they do not fit each other */
  arrays(source: FolderSource): Promise<Arrays>;
}

export interface FolderSource extends Pick<DataSource, "uri" | "about"> {
  folder: Folder;
}

/** How many bytes of a file readers are shown to recognise it. */
export const FIRST_BYTES = 512;

/** The most bytes that are read as one piece. */
export const LARGEST_WHOLE = 2 ** 31 - 1;

/**
 * All bytes of a source, for formats that are read as a whole.
 * @throws DataError when they are more than one piece holds
 */
export async function whole({ uri, about, size, read }: DataSource): Promise<DataFile> {
  if (size > LARGEST_WHOLE)
    throw unsupported(
      { uri, about },
      `it has ${(size / 2 ** 30).toFixed(1)} GiB, and its format is read up to 2 GiB`,
      "Save the arrays that the spec reads with numpy.savez: of such a file only those rows are read that are used.",
    );
  return { uri, about, bytes: await read(0, size) };
}

/** A file whose bytes are there. */
export const inMemory = ({ uri, about, bytes }: DataFile): DataSource => ({
  uri,
  about,
  size: bytes.length,
  read: (start, end) => Promise.resolve(bytes.subarray(start, end)),
});

/** A file that a host reads by ranges. */
export const inRanges = (
  { uri, about }: Pick<DataSource, "uri" | "about">,
  ranges: FileRanges,
): DataSource => ({
  uri,
  about,
  size: ranges.size,
  ...(ranges.crc32 && { crc32: ranges.crc32 }),
  ...(ranges.inflateRaw && { inflateRaw: ranges.inflateRaw }),
  ...(ranges.gunzip && { gunzip: ranges.gunzip }),
  ...(ranges.hdf5 && { hdf5: ranges.hdf5 }),
  async read(start, end, into) {
    const bytes = await ranges.read(start, end, into).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DataError(`"${uri}" cannot be read: ${reason}`, "Open the preview again once it can.", about);
    });
    if (bytes.length === end - start) return bytes;
    throw new DataError(
      `"${uri}" cannot be read: it became shorter while it was read`,
      "Open the preview again once the file is complete.",
      about,
    );
  },
});
