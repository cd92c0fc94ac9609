import { count } from "../language/text";
import { nearest } from "../language/nearest";
import {
  DataError,
  type DataRequest,
  type Dataset,
  type DataSubject,
  type Field,
  type ReadFile,
} from "./dataset";
import { fileSplits } from "./file-splits";
import { generate } from "./generator";
import { generatorOf, generators } from "./generators/index";
import { noisyViews } from "./noisy-views";
import { Options } from "./options";
import type { StreamRequest } from "./bind";
import { joined } from "./joined";
import { likelyGroups } from "./likely-groups";
import { inMemory, inRanges } from "./reader";
import { unsupported } from "./readers/file";
import { fieldsRead, mostRows, usedRows } from "./rows-read";
import { columnsOfWindows, stretchesOf, windowed, windowsOf, withoutOverlap, type Windows } from "./windows";
import { openFolder, openTable, readFields, shapesOf, type OpenTable, type Table } from "./table";

/** Options of a file and their meaning. */
export const FILE_OPTIONS = {
  samples: "Number of training samples; by default all that are neither validation nor test samples.",
  validation: "Number of validation samples; by default a tenth of the rows.",
  test: "Number of test samples; by default a tenth of the rows.",
  seed: "Seed of the random split into training, validation and test samples.",
  groups:
    "The field whose equal values stay in one split, such as the subject of repeated measurements. The sizes are reached as nearly as whole groups, taken in random order, allow.",
  stratify:
    "The field of classes: each class has its share, and at least one row, in every split. With `groups`, a group counts as its most frequent class.",
  split:
    "The field with the split of each row: 0, 1 or 2, or the texts train, validation (also val, valid or dev) and test. Sizes, where written, take random rows of each.",
  window:
    "Rows of a window, of a file with recordings: each sample is so many rows that follow one another, such as `signal(64, 12)` of rows of 12 numbers. What has no time, such as a label, is that of the middle row. `groups` separates recordings; of one recording, stretches of neighbouring windows stay in one split, and windows that overlap one of another split are left out.",
  step: "Rows from the start of one window to that of the next; by default as many as a window has.",
  join: "Another file, or a list of them, whose fields are read beside those of this one: each sample has the row of the same `key`. Where it has none, the stream is absent.",
  key: "With `join`: the field by which rows of both files meet, such as `patient`; numbers or texts.",
  labels: "Of a file with one array: a second file, with the labels. With `views`: the field of the labels.",
  views: "Makes the two views of `noisy-digits` from pictures of a file.",
  images: "With `views`: the field of the pictures.",
  standardise:
    "`true` standardises every vector, signal, spectrogram and number that has no transform of its own.",
} as const;

/**
 * The data set that a spec's `data` statement asks for: a built-in generator, or a file that a reader
 * recognises (`readers`; plain or gzip), with `FILE_OPTIONS`.
 * @param streams whose fields are read; all fields where absent
 * @throws DataError with what is wrong, what to do, and which word of the statement it is about
 */
export async function loadDataset(
  request: DataRequest,
  readFile: ReadFile,
  streams?: readonly StreamRequest[],
): Promise<Dataset> {
  const generator = generatorOf(request.source);
  if (generator !== undefined) return generate(generator, request);
  const data = await openData(request, readFile);
  const { options, seed, views, samples, windows, columns, said } = data;
  if (views !== undefined) return twoViews(request.source, data, views);
  const all = shapesOf(samples);
  const names = streams && fieldsRead(streams, all, DEFAULT_BINDINGS);
  const asked = names === undefined ? all : all.filter(({ name }) => names.has(name));
  const most = mostRows(asked);
  const dealt = windows
    ? windowSplits(options, columns, seed, { windows, most })
    : { splits: fileSplits(options, columns, seed, { most }) };
  options.refuseOthers();
  const used = usedRows(dealt.splits, samples.samples, asked);
  const read = await readFields(samples, { ...(names && { names }), rows: used?.rows });
  const grouped = await likelyGroups(samples, options, used?.rows);
  return {
    name: request.source,
    ...read,
    ...dealt,
    ...used,
    ...(grouped && { grouped }),
    ...(said.length > 0 && { joined: said }),
    ...(most < samples.samples && !options.has("samples") && { sampled: { of: samples.samples } }),
    defaultBindings: DEFAULT_BINDINGS,
  };
}

/** A file that is open, with its options. */
interface OpenData {
  options: Options;
  seed: number;
  /** The options `images` and `labels`, where two views are made. */
  views?: { images: string | undefined; labels: string | undefined; besides: boolean };
  table: OpenTable;
  /** The table, or its windows. */
  samples: OpenTable;
  windows?: Windows;
  /** The columns that options name. */
  columns: Table;
  /** What is to be said of joined files. */
  said: string[];
}

/** @throws DataError as `loadDataset` does */
export async function openData(request: DataRequest, readFile: ReadFile): Promise<OpenData> {
  const options = new Options(request);
  const seed = options.integer("seed", 0, 1);
  const views = options.text("views");
  const images = options.text("images");
  const labels = options.text("labels");
  // Streams have it as their transform.
  options.flag("standardise");
  if (views !== undefined && views !== "noisy-views") {
    throw new DataError(`unknown views "${views}"`, 'Use views = "noisy-views".', option("views"));
  }
  if (images !== undefined && views === undefined) {
    throw new DataError(
      "images only works together with views",
      'Add views = "noisy-views".',
      option("images"),
    );
  }
  const file = await open(request.source, { kind: "source" }, readFile);
  const besides = labels !== undefined && file.arrays.size === 1;
  const { table, said } = besides
    ? { table: await withLabels(file, labels, readFile), said: [] }
    : await withJoined(file, options, readFile);
  const settings = ["groups", "split", "stratify"].map((name) => options.field(name));
  const columns = await readFields(table, { names: new Set(settings.filter((name) => name !== undefined)) });
  const opened = { options, seed, table, columns, said };
  if (views !== undefined) return { ...opened, samples: table, views: { images, labels, besides } };
  const windows = windowsOf(options, table.samples, separating(settings, columns));
  return windows ? { ...opened, windows, samples: windowed(table, windows) } : { ...opened, samples: table };
}

/** Two views of the pictures of a file, and its labels. */
export async function twoViews(
  source: string,
  { options, columns, seed, table }: OpenData,
  asked: NonNullable<OpenData["views"]>,
): Promise<Dataset> {
  const splits = fileSplits(options, columns, seed);
  options.refuseOthers();
  const read = await readFields(table, {});
  const images = find(read, "images", asked.images ?? "image");
  const labels = find(read, "labels", asked.besides ? "label" : (asked.labels ?? "label"));
  const aboutImages = asked.images === undefined ? { kind: "source" as const } : option("images");
  const aboutLabels = asked.labels === undefined ? { kind: "source" as const } : option("labels");
  return noisyViews(source, { images, labels, aboutImages, aboutLabels }, seed, splits);
}

/** The columns whose values differ from one recording to the next: a window has one group, and is in one split. */
function separating([groups, split]: readonly (string | undefined)[], columns: Table): Field[] {
  const named = (name: string | undefined): Field[] => {
    const field = name === undefined ? undefined : (columns.fields[name] ?? columns.groups[name]);
    return field === undefined || field.shape.length > 0 ? [] : [field];
  };
  return [...named(groups), ...named(split)];
}

/** The splits of windows: of one recording, stretches of it stay together, and none of two splits overlap. */
function windowSplits(
  options: Options,
  columns: Table,
  seed: number,
  { windows, most }: { windows: Windows; most: number },
): Pick<Dataset, "splits" | "windows"> {
  const separated = options.has("groups") || options.has("split");
  const stretches = separated ? undefined : stretchesOf(windows);
  const dealt = fileSplits(options, columnsOfWindows(columns, windows), seed, { most, stretches });
  const { splits, dropped } = withoutOverlap(dealt, windows);
  const { length, step, starts } = windows;
  return { splits, windows: { length, step, made: starts.length, dropped } };
}

/** The field that a stream of a name reads where no field has it. */
export const DEFAULT_BINDINGS = { X: "image", L: "label", digit: "label" };

function option(name: string): DataSubject {
  return { kind: "option", name };
}

/** Rows that are put in a random order. */
const MOST_ROWS = 100_000_000;

/** The table that a path names: a file, or a folder of them. */
async function open(uri: string, about: DataSubject, readFile: ReadFile): Promise<OpenTable> {
  const table = await opened(uri, about, readFile);
  if (table.samples <= MOST_ROWS) return table;
  throw unsupported(
    table,
    `it has ${table.samples} rows, and at most ${MOST_ROWS / 1e6} million are looked at`,
    "Save some of its rows, or several of its numbers as one row.",
  );
}

async function opened(uri: string, about: DataSubject, readFile: ReadFile): Promise<OpenTable> {
  const found = await readFile(uri).catch((error: unknown) => {
    throw unopened(uri, about, error);
  });
  if (found instanceof Uint8Array) return openTable(inMemory({ uri, about, bytes: found }));
  return "names" in found
    ? openFolder({ uri, about, folder: found })
    : openTable(inRanges({ uri, about }, found));
}

/** A failure to read, as an error about what named the file. */
function unopened(uri: string, about: DataSubject, error: unknown): DataError {
  const names = generators.map(({ name }) => name);
  const near = nearest(uri, names);
  const builtIn = near
    ? `did you mean the built-in data "${near}"?`
    : `the built-in data: ${names.join(", ")}.`;
  const advice = `Give a path relative to the spec${about.kind === "source" ? `; ${builtIn}` : "."}`;
  const reason = error instanceof Error ? error.message : String(error);
  return new DataError(`"${uri}" cannot be opened: ${reason}`, advice, about);
}

/** The table with the one field of a labels file as `label`. */
async function withLabels(table: OpenTable, uri: string, readFile: ReadFile): Promise<OpenTable> {
  const about = option("labels");
  const labels = await open(uri, about, readFile);
  const [field, ...others] = labels.arrays.values();
  if (field === undefined || others.length > 0 || labels.samples !== table.samples) {
    throw new DataError(
      `"${uri}" has ${labels.samples} rows in ${count(1 + others.length, "field")}, not one label for each of ${table.samples} samples`,
      "Give the file of the labels of the same samples.",
      about,
    );
  }
  return { ...table, arrays: new Map([...table.arrays, ["label", field]]) };
}

/** The table with the fields of the files that it is joined with, and what is to be said of that. */
async function withJoined(
  first: OpenTable,
  options: Options,
  readFile: ReadFile,
): Promise<{ table: OpenTable; said: string[] }> {
  const files = options.texts("join");
  const key = options.field("key");
  if ((files.length === 0) !== (key === undefined)) {
    const lacks = key === undefined ? "key" : "join";
    throw new DataError(
      `${key === undefined ? "join" : "key"} needs ${lacks}`,
      `Write both, such as join = "clinic.csv", key = patient.`,
      option(key === undefined ? "join" : "key"),
    );
  }
  let table = first;
  const said: string[] = [];
  for (const file of files) {
    const found = await joined(table, await open(file, option("join"), readFile), key!);
    table = found.table;
    if (found.said !== undefined) said.push(found.said);
  }
  return { table, said };
}

function find({ fields }: Table, option: "images" | "labels", name: string): Field {
  if (Object.hasOwn(fields, name)) return fields[name]!;
  throw new DataError(
    `noisy-views needs a field ${name}, which the file does not have`,
    `Name it with ${option} = "...": the fields are ${Object.keys(fields).join(", ")}.`,
    { kind: "option", name: option },
  );
}
