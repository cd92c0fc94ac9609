/** A reader: one format of data files. */
import type { DataSubject, FieldType, FieldValues, Folder } from "./dataset";
import type { DataFile } from "./readers/file";
import type { Merged } from "./readers/merged";

/** A file as readers see it: its bytes come when they are asked for. */
export interface DataSource {
  uri: string;
  /** What an error in it is about. */
  about: DataSubject;
  /** The bytes from `start` up to `end`, fewer where the file ends before; all of them without both. */
  read(start?: number, end?: number): Promise<Uint8Array>;
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
}

/** The arrays of a file by name; `notNumbers` says what is there instead of numbers. */
export type Arrays = ReadonlyMap<string, NumberArray | { notNumbers: string }>;

export interface DataReader {
  id: string;
  title: string;
  /** What becomes a field, and what it is named; for the manual. */
  doc: string;
  /** What it does not read. */
  limits: string;
  /** For the manual: Python that writes such a file, where its libraries do, and the lines of a spec that read it. */
  example: { python?: string; spec: string };
  /** Whether a file is of this format, by its first bytes (`FIRST_BYTES` at most) and, where these say nothing, its name. */
  recognises(first: Uint8Array, uri: string): boolean;
  /**
   * Reads what it needs of the file. A large library is imported here, not at the top of the reader's file.
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

/** All bytes of a source, for formats that are read as a whole. */
export const whole = async (source: DataSource): Promise<DataFile> => ({
  uri: source.uri,
  about: source.about,
  bytes: await source.read(),
});

/** A file whose bytes are there. */
export const inMemory = ({ uri, about, bytes }: DataFile): DataSource => ({
  uri,
  about,
  read: (start = 0, end = bytes.length) => Promise.resolve(bytes.subarray(start, end)),
});
