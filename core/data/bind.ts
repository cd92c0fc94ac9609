import { nearest } from "../language/nearest";
import { rounded } from "../language/number-text";
import { transformedKinds } from "../language/words";
import { sizeOf } from "../program/program";
import type { StreamKind, Transform } from "../theory/spec";
import { absentRows, refuseSigns, withoutRows } from "./absent-rows";
import { adviseClasses, refuseMoreClasses, renumbered, scalarKinds } from "./class-numbers";
import { adviseShape, kindsFor, kindText, writtenField } from "./declarations";
import { DataError, describeShape, fieldOf, type Dataset, type Field, type FieldShape } from "./dataset";
import { arrange, type Arrangement } from "./layout";
import type { MakeRows } from "./on-demand";
import { mergedIn, type Merged } from "./readers/merged";
import { wordsOfClasses } from "./readers/texts";
import { middleRow } from "./windows";
import { transform, type Fitted } from "./transforms";

/** A stream of a spec as far as binding needs it. `field` is set when it differs from the stream's name. */
export interface StreamRequest {
  name: string;
  field?: string;
  kind: StreamKind;
  /** The last of several fields, where `field` is the first. */
  fieldTo?: string;
  transforms?: readonly Transform[];
  /** Whether the different numbers of the field become classes from 0. */
  renumber?: true;
}

/** The values that a stream reads, ready for a program. */
export interface BoundStream {
  name: string;
  kind: StreamKind;
  /** Field that was read. */
  field: string;
  /**
   * Shape of one sample as stored here: images [channels, height, width], video [frames, channels, height, width],
   * signals [channels, length], audio [frames, bands], text [length], vectors and counts [d], labels and scalars [].
   */
  shape: number[];
  /**
   * Row-major [samples, ...shape]: int32 for labels and text; bytes of images, video and audio as they are, 255 for 1; else
   * float32. `copyRows` reads them.
   */
  values: Float32Array | Int32Array | Uint8Array;
  /** Where samples are made on demand: makes some of them. */
  makeRows?: MakeRows;
  /** Classes of a label, or words of a text's vocabulary; that number itself stands where a text has no word. */
  classes?: number;
  /** The words of a text's vocabulary, where they are known. */
  words?: readonly string[];
  /**
   * 1 at each sample that lacks the stream, [samples]; absent where none does. Its values there are zeros, and a label's and a
   * text's the number of their classes.
   */
  absent?: Uint8Array;
  /** Where float32 merges different numbers of the file. */
  merged?: Merged;
  /** Of a signal of recordings: how many numbers a second of sound has. */
  rate?: number;
  /** Where the channels could come first or last: that they are read as declared, in words. */
  asDeclared?: string;
  /** What was done to the values of the field, in this order. */
  fitted?: readonly Fitted[];
}

/**
 * Reads each stream from its field: the one it names, else the one of its own name, else the data set's default.
 * Bytes bound to images, video and audio represent numbers from 0 to 1, 255 being 1 unless none is above 1; images, video and signals with channels last are
 * turned to channels first. How many words each text has says the field `<field>_length`; without one, a place with a negative
 * number has no word. `absentRows` says which samples lack a stream.
 * @throws DataError about the stream: no such field, another shape or type, class numbers, words or lengths out of
 *   range, counts that are negative or not whole, or a value that is not a finite number
 */
export function bindStreams(dataset: Dataset, streams: readonly StreamRequest[]): BoundStream[] {
  return streams.map((stream) => bindStream(dataset, stream));
}

/** A field as a stream reads it. */
interface Read {
  field: Field;
  /** How its samples are arranged for the stream. */
  found: Arrangement;
  /** Whether it is the middle row of each window. */
  middle: boolean;
}

/**
 * The field that a stream reads, and how its samples are arranged for it.
 * @throws DataError about the stream: no such field, or another shape
 */
export function fieldFor(dataset: Dataset, stream: StreamRequest): Read {
  const { fieldTo } = stream;
  const read = fieldTo === undefined ? findField(dataset, stream) : sideBySide(dataset, stream, fieldTo);
  const { windows } = dataset;
  const { name } = stream.kind;
  const timeless = name === "label" || name === "scalar" || name === "text";
  const middle = windows !== undefined && (timeless || arrange(stream.kind, read.shape) === undefined);
  const one = middle ? middleRow(read, windows) : read;
  const field = name === "text" ? asText(one) : stream.renumber ? renumbered(one) : one;
  const found = arrange(stream.kind, field.shape);
  if (found === undefined) throw wrongShape(stream, middle && !timeless ? read : field);
  return { field, found, middle };
}

/** A text that repeats is a class to whoever reads the file; a stream of texts reads its words. */
function asText(field: Field): Field {
  const { name, words, shape, values, description } = field;
  if (words === undefined || shape.length > 0) return field;
  const texts = wordsOfClasses(values, words);
  return { name, description, ...texts, shape: texts.shape.slice(1) };
}

function bindStream(dataset: Dataset, stream: StreamRequest): BoundStream {
  const asRead = fieldFor(dataset, stream);
  const { field, found } = asRead;
  const { kind, name } = stream;
  const rate = kind.name === "signal" && field.rate !== undefined ? { rate: field.rate } : {};
  const absent = absentRows(dataset, stream, asRead);
  const { shape, asDeclared } = found;
  const bound = {
    name,
    kind,
    field: field.name,
    shape,
    ...rate,
    ...(absent && { absent }),
    ...(asDeclared !== undefined && { asDeclared }),
  };
  if (kind.name === "label" || kind.name === "text") {
    const classes = kind.sizes.at(-1) ?? 0;
    const width = sizeOf(field.shape);
    const hasWord = kind.name === "text" ? presence(dataset, stream, field) : (): boolean => true;
    const isWord = (i: number): boolean => !absent?.[Math.floor(i / width)] && hasWord(i);
    if (kind.name === "label") refuseSigns(stream, field, classes);
    if (stream.renumber) refuseMoreClasses(name, field, classes);
    const words = kind.name === "text" && field.words !== undefined ? { words: field.words } : {};
    return { ...bound, values: integers(dataset, stream, field, classes, isWord), classes, ...words };
  }
  const merged = mergedOf(field, dataset);
  const read = { ...asRead, absent };
  if (stream.transforms !== undefined)
    return {
      ...bound,
      ...transformed(dataset, stream, stream.transforms, read),
      ...(merged && { merged }),
    };
  // They stay bytes until rows of them are read: data of pictures are large.
  if (field.dtype === "uint8" && ["image", "video", "audio"].includes(kind.name))
    return { ...bound, ...bytes(field, found) };
  return { ...bound, values: numbers(dataset, stream, read), ...(merged && { merged }) };
}

/** A field as a stream reads it, and the samples without it. */
interface ReadRows extends Read {
  absent: Uint8Array | undefined;
}

/** The numbers as they were saved, bytes too, changed as the stream says. */
function transformed(
  dataset: Dataset,
  stream: StreamRequest,
  transforms: readonly Transform[],
  read: ReadRows,
): Pick<BoundStream, "values" | "fitted"> {
  const { field, found, absent } = read;
  const values = inOrder(field.values, found.order, new Float32Array(field.values.length));
  // Transforms pass over NaN.
  withoutRows(values, absent, NaN);
  const fitted = transform(
    values,
    { kind: stream.kind.name, shape: found.shape, absent },
    transforms,
    dataset.splits.train,
  );
  if ("unfit" in fitted) {
    const { index, why } = fitted.unfit;
    throw new DataError(
      `${why}, but ${place(dataset, field, storedIndex(index, field, found))} is ${rounded(values[index]!, 4)}`,
      "Clip the values first, or read another field.",
      { kind: "stream", name: stream.name },
    );
  }
  withoutRows(values, absent, 0);
  refuseNotFinite(dataset, stream, values, read);
  return { values, fitted };
}

function findField(dataset: Dataset, stream: StreamRequest): Field {
  const asked = stream.field ?? stream.name;
  const own = (name: string | undefined): Field | undefined =>
    name !== undefined && Object.hasOwn(dataset.fields, name) ? dataset.fields[name] : undefined;
  const field =
    own(asked) ?? (stream.field === undefined ? own(dataset.defaultBindings?.[asked]) : undefined);
  if (field) return field;
  const fields = allFields(dataset);
  const names = fields.map(({ name }) => name);
  const list = names.map(writtenField).join(", ");
  const about = { kind: "stream", name: stream.name } as const;
  const reason = dataset.skipped?.[asked];
  if (reason !== undefined) {
    throw new DataError(
      `${stream.name} cannot read ${asked} of "${dataset.name}": ${reason}`,
      /^it has \d+ rows/.test(reason)
        ? `Read another field (${list}), or save ${asked} with one row for each of the ${dataset.samples} samples.`
        : `Read another field (${list}), or save ${asked} again as numbers, one row a sample.`,
      about,
    );
  }
  const near = nearest(asked, names);
  const fitting = fields.find(({ shape }) => arrange(stream.kind, shape) !== undefined);
  const meant = fields.find(({ name }) => name === near) ?? fitting ?? fields[0];
  const kind =
    meant && (arrange(stream.kind, meant.shape) ? stream.kind : kindsFor(meant.shape, stream.kind.name)[0]);
  throw new DataError(
    `${stream.name} reads the field ${asked}, which "${dataset.name}" does not have`,
    `${near ? `Did you mean ${near}? ` : ""}Its fields are ${listFields(dataset)}` +
      (meant && kind
        ? `; name one with ${stream.name} : ${kindText(kind)} = ${writtenField(meant.name)}.`
        : "."),
    about,
  );
}

/** The columns of a table from one to another, in the table's order, as one vector. */
function sideBySide(dataset: Dataset, stream: StreamRequest, fieldTo: string): Field {
  const first = findField(dataset, stream);
  const last = findField(dataset, { ...stream, field: fieldTo });
  const fields = Object.values(dataset.fields);
  const range = fields.slice(fields.indexOf(first), fields.indexOf(last) + 1);
  const about = { kind: "stream", name: stream.name } as const;
  if (range.length === 0)
    throw new DataError(
      `${stream.name} reads from ${first.name} to ${last.name}, and ${last.name} comes before ${first.name} in "${dataset.name}"`,
      `Write = ${writtenField(last.name)} .. ${writtenField(first.name)}.`,
      about,
    );
  // Of windows each column has the axis of the window.
  const { windows, samples } = dataset;
  const other = range.find(
    ({ shape, words }) => shape.length > (windows === undefined ? 0 : 1) || words !== undefined,
  );
  if (other !== undefined)
    throw new DataError(
      `${stream.name} reads the columns from ${first.name} to ${last.name}, and ${other.name} among them is ${other.words ? "a column of classes" : describeShape(other.shape)}, not a column of numbers`,
      "Give a range of columns of numbers, or read that field by a stream of its own.",
      about,
    );
  const rows = samples * (windows?.length ?? 1);
  const values = new Float32Array(rows * range.length);
  range.forEach((field, i) => {
    for (let row = 0; row < rows; row++) values[row * range.length + i] = field.values[row]!;
  });
  const found = range.map((field) => mergedOf(field, dataset));
  const column = found.findIndex((merged) => merged !== undefined);
  return {
    ...fieldOf(`${first.name} .. ${last.name}`, "", { shape: [...first.shape, range.length], values }),
    columns: range.map(({ name }) => name),
    ...(column >= 0 && { merged: { ...found[column]!, column } }),
  };
}

/** Different numbers of a field that a stream of numbers reads as one: readers know them, but of whole numbers, which they keep. */
const mergedOf = ({ merged, values, shape, onDemand }: Field, { samples }: Dataset): Merged | undefined =>
  merged ??
  (onDemand === undefined && values instanceof Int32Array
    ? mergedIn((i) => values[i]!, [samples, ...shape])
    : undefined);

/** The fields that the data has, read or not. */
const allFields = ({ fields, unread = [] }: Dataset): FieldShape[] => [...Object.values(fields), ...unread];

function listFields(dataset: Dataset): string {
  return allFields(dataset)
    .map((field) => `${writtenField(field.name)} (${describeShape(field.shape)}, ${field.dtype})`)
    .join(", ");
}

function wrongShape(stream: StreamRequest, field: Field): DataError {
  const { name, kind } = stream;
  return new DataError(
    `${name} : ${kindText(kind)} does not fit the field ${field.name}, whose samples are ${describeShape(field.shape)}`,
    kind.name === "label" && isOneHot(field)
      ? `Each sample is one-hot: save the numbers of the classes, numpy.argmax(${field.name}, axis=1).`
      : field.shape.length === 0
        ? `Declare it as ${scalarKinds(field).join(", or as ")}.`
        : adviseShape(kind, field.name, field.shape),
    { kind: "stream", name },
  );
}

/** Whether each sample is a 1 among zeros. */
function isOneHot({ shape, values }: Field): boolean {
  const width = sizeOf(shape);
  if (shape.length !== 1 || width < 2) return false;
  for (let start = 0; start < values.length; start += width) {
    const row = values.subarray(start, start + width);
    if (!row.every((value) => value === 0 || value === 1) || row.filter(Boolean).length !== 1) return false;
  }
  return true;
}

/** Whether a word stands at a position of a text's values: by the field of its lengths, else where no number is negative. */
function presence(dataset: Dataset, stream: StreamRequest, field: Field): (i: number) => boolean {
  const name = `${field.name}_length`;
  const most = sizeOf(field.shape);
  if (!Object.hasOwn(dataset.fields, name)) return (i) => field.values[i]! >= 0;
  const { windows } = dataset;
  // A text is that of the middle row.
  const lengths = windows ? middleRow(dataset.fields[name]!, windows) : dataset.fields[name]!;
  const { values } = lengths;
  const wrong = values.findIndex((length) => !Number.isInteger(length) || length < 0 || length > most);
  if (sizeOf(lengths.shape) !== 1 || wrong >= 0) {
    const found =
      wrong >= 0
        ? `${place(dataset, lengths, wrong)} is ${values[wrong]!}`
        : `its samples are ${describeShape(lengths.shape)}`;
    throw new DataError(
      `${stream.name} reads the lengths of its texts from ${name}, which must be one whole number from 0 to ${most} a sample, but ${found}`,
      `Count the words of each sample in ${name}, or remove that field and write -1 at positions without a word.`,
      { kind: "stream", name: stream.name },
    );
  }
  return (i) => i % most < values[Math.floor(i / most)]!;
}

/**
 * Class numbers of a label or words of a text, checked to be whole and from 0 to `classes` - 1; `classes` where no word
 * stands.
 */
function integers(
  dataset: Dataset,
  stream: StreamRequest,
  field: Field,
  classes: number,
  isWord: (i: number) => boolean,
): Int32Array {
  const { values } = field;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!isWord(i) || (Number.isInteger(value) && value >= 0 && value < classes)) continue;
    const what = stream.kind.name === "label" ? "class" : "word";
    const classed = what === "class" ? adviseClasses(field, classes) : undefined;
    throw new DataError(
      `${stream.name} : ${stream.kind.name}(${stream.kind.sizes.join(", ")}) needs each ${what} to be a whole number ` +
        `from 0 to ${classes - 1}, but ${place(dataset, field, i)} is ${value}`,
      classed?.advice ??
        (Number.isInteger(value) && value >= classes
          ? `Declare it as text(${sizeOf(field.shape)}, ${largest(values) + 1}).`
          : "Number each word from 0, or read another field."),
      { kind: "stream", name: stream.name },
      classed?.append,
    );
  }
  return Int32Array.from(values, (value, i) => (isWord(i) ? value : classes));
}

function largest(values: ArrayLike<number>): number {
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) most = Math.max(most, values[i]!);
  return most;
}

function bytes(field: Field, { order }: Arrangement): Pick<BoundStream, "values" | "makeRows"> {
  const { onDemand } = field;
  if (onDemand !== undefined && order === undefined)
    return { values: onDemand.values, makeRows: onDemand.make };
  const { values } = field;
  // Masks and binarised pictures: their 1 is the largest value there is, not 1/255.
  const binary = values.every((value) => value <= 1);
  if (order === undefined) return { values: binary ? new Float32Array(values) : values };
  const out = binary ? new Float32Array(values.length) : new Uint8Array(values.length);
  return { values: inOrder(values, order, out) };
}

function numbers(dataset: Dataset, stream: StreamRequest, read: ReadRows): Float32Array {
  const { field, found, absent } = read;
  const { values } = field;
  // Nobody changes the values of a stream, so it shares those of the field.
  const same = values instanceof Float32Array && found.order === undefined && absent === undefined;
  const out = same ? values : inOrder(values, found.order, new Float32Array(values.length));
  withoutRows(out, absent, 0);
  refuseNotFinite(dataset, stream, out, read);
  const noCount =
    stream.kind.name === "counts" ? out.findIndex((value) => value < 0 || !Number.isInteger(value)) : -1;
  if (noCount < 0) return out;
  const at = storedIndex(noCount, field, found);
  throw new DataError(
    `${stream.name} needs whole numbers of 0 or more, since it is declared as counts, but ${place(dataset, field, at)} is ${values[at]!}`,
    `Declare it as vector(${sizeOf(field.shape)}), or read a field of raw counts.`,
    { kind: "stream", name: stream.name },
  );
}

/** @throws DataError about the first of these values of the stream that is no finite number */
function refuseNotFinite(
  dataset: Dataset,
  stream: StreamRequest,
  values: Float32Array,
  { field, found }: Read,
): void {
  const wrong = field.values instanceof Float32Array ? firstNotFinite(values) : -1;
  if (wrong < 0) return;
  const at = storedIndex(wrong, field, found);
  const hole = Number.isNaN(field.values[at]!);
  const fills = hole && transformedKinds.includes(stream.kind.name);
  throw new DataError(
    `${stream.name} needs finite numbers, but ${place(dataset, field, at)} is ${field.values[at]!}`,
    `${fills ? "Write `fill` after the field to put the column's mean there, or remove such samples" : "Remove or fill such samples"}` +
      `${hole ? `. A sample has no ${stream.name} where all of its values are NaN.` : "."}`,
    { kind: "stream", name: stream.name },
    fills && stream.transforms === undefined ? "fill" : undefined,
  );
}

/** The place of a value of the stream in its field. */
function storedIndex(i: number, field: Field, { order }: Arrangement): number {
  const size = sizeOf(field.shape);
  return order ? i - (i % size) + order[i % size]! : i;
}

function firstNotFinite(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return i;
  return -1;
}

/** Samples whose numbers are taken in this order, or as they stand, into `out`. */
function inOrder<Out extends Float32Array | Uint8Array>(
  values: Field["values"],
  order: Int32Array | undefined,
  out: Out,
): Out {
  if (order === undefined) {
    out.set(values);
    return out;
  }
  for (let row = 0; row < out.length; row += order.length)
    for (let i = 0; i < order.length; i++) out[row + i] = values[row + order[i]!]!;
  return out;
}

/** Where a value is: "sample 12 of digit", "column 3 of sample 12 of visible". */
function place(dataset: Dataset, field: Field, index: number): string {
  const width = field.values.length / dataset.samples;
  const row = Math.floor(index / width);
  const sample = `sample ${dataset.rows?.[row] ?? row} of ${field.name}`;
  return width === 1 ? sample : `column ${index % width} of ${sample}`;
}
