/** A data file that a new spec may start from: its fields, with the kinds that their shapes suggest. */
import { UNKNOWN } from "../../core/data/class-numbers";
import { DataError, type DataRequest, type Dataset, type ReadFile } from "../../core/data/dataset";
import { lookInto, type LookedInto } from "../../core/data/look";
import type { KnownFile } from "../../core/data/refusals";
import { count } from "../../core/language/text";
import type { SpecData, SpecField } from "./data";

/**
 * The data that a `data` statement asks for, looked into: as little of it is read as its format allows.
 * @param most bytes that may be read
 * @throws Error with sentences for a person when more would have to be read, or a file is not there, damaged or of a form that is not read
 */
export async function readData(
  { source, options, most = Infinity }: DataRequest & { most?: number },
  readFile: ReadFile,
): Promise<SpecData> {
  try {
    return dataLookedInto(source, await lookInto({ source, options }, reading(most, readFile)));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new Error(`${error.message}. ${error.advice}`, { cause: error });
  }
}

/** The end of a field's name that says how long each sample of another field is, or which samples have it. */
const BESIDE = /_(length|present)$/;

/** A picture or a recording of a folder is decoded too, which takes about so many times as long as to read it. */
const DECODED = 8;

/** The same files, of which so many bytes are read at most; of folders, fewer. */
function reading(most: number, readFile: ReadFile): ReadFile {
  let left = most;
  const take = (bytes: number): void => {
    left -= bytes;
    if (left < 0) throw new Error(`to know its fields, more than ${most} bytes would have to be read`);
  };
  return async (path) => {
    const found = await readFile(path);
    if (found instanceof Uint8Array) {
      take(found.length);
      return found;
    }
    if (!("names" in found))
      return {
        size: found.size,
        read: async (start, end) => {
          take(end - start);
          return found.read(start, end);
        },
      };
    return {
      names: found.names,
      read: async (name: string) => {
        const bytes = await found.read(name);
        take(DECODED * bytes.length);
        return bytes;
      },
    };
  };
}

/**
 * The data of a file that has been read.
 * @param path as the spec will name it
 */
export const dataOfFile = (
  path: string,
  { fields, ...dataset }: Pick<Dataset, "fields" | "samples" | "defaultBindings">,
): SpecData => dataLookedInto(path, { ...dataset, fields: Object.values(fields) });

function dataLookedInto(path: string, { fields, samples, ...about }: LookedInto): SpecData {
  const kinds = new Map(fields.map((field) => [field.name, kindOf(field)]));
  const names = new Set<string>();
  const declared = fields
    .filter(({ name }) => !(BESIDE.test(name) && kinds.has(name.replace(BESIDE, ""))))
    .map((field): SpecField => {
      const name = freeName(field.name, names);
      names.add(name);
      return {
        name,
        ...kinds.get(field.name)!,
        doc: "",
        ...(name === field.name ? {} : { field: field.name }),
      };
    });
  const { defaultBindings } = about;
  return {
    source: path,
    title: path,
    doc: `${count(samples, "sample")}.`,
    samples,
    fields: declared,
    ...(defaultBindings === undefined ? {} : { bindings: defaultBindings }),
    known: {
      name: path,
      ...about,
      fields: fields.map(({ name, shape, classes, words, values }) => ({
        name,
        shape,
        kind: kinds.get(name)!.kind,
        ...(classes !== undefined && { classes }),
        ...(words !== undefined && { words }),
        ...numbersOf(shape, words, values),
      })),
    },
  };
}

/** A name of the language from that of a field. */
function freeName(field: string, taken: ReadonlySet<string>): string {
  const plain = field.replace(/\W+/g, "_").replace(/^(?=\d|$)/, "f_");
  let name = plain;
  for (let i = 2; taken.has(name); i++) name = `${plain}_${i}`;
  return name;
}

type Looked = LookedInto["fields"][number];

/** Classes above which whole numbers are taken for a quantity. */
const MOST_CLASSES = 100;
/** The longest last axis that holds the colours of a picture. */
const COLOURS = 4;

/** The kind that the shape of a field suggests; one number is a label where it counts classes from 0. */
function kindOf(field: Looked): Pick<SpecField, "kind" | "role"> {
  const shape = [...field.shape];
  if (field.words !== undefined && shape.length === 1)
    return { kind: `text(${shape[0]}, ${field.words.length})`, role: "stream" };
  if (field.kind === "signal") return { kind: `signal(${shape.join(", ")}, 1)`, role: "stream" };
  if (field.kind === "audio") return { kind: `audio(${shape.join(", ")})`, role: "stream" };
  // One channel says nothing.
  while (shape.length > 1 && shape[0] === 1) shape.shift();
  while (shape.length > 1 && shape.at(-1) === 1) shape.pop();
  if (shape.length === 0 || (shape.length === 1 && shape[0] === 1)) {
    const classes = field.classes ?? classesOf(field);
    return { kind: classes === undefined ? "scalar" : `label(${classes})`, role: "factor" };
  }
  const last = channelsLast(shape);
  if (shape.length === 2) return { kind: `image(${shape.join(", ")})`, role: "stream" };
  if (shape.length === 3)
    return {
      kind: last === undefined ? `video(${shape.join(", ")})` : `image(${last.join(", ")})`,
      role: "stream",
    };
  if (shape.length === 4 && last !== undefined)
    return { kind: `video(${shape[0]}, ${channelsLast(shape.slice(1))!.join(", ")})`, role: "stream" };
  return { kind: `vector(${shape.reduce((a, b) => a * b, 1)})`, role: "stream" };
}

/** The shape with its channels last; undefined where neither of its ends is short enough for channels. */
function channelsLast(shape: readonly number[]): number[] | undefined {
  const picture = shape.slice(-3);
  if (picture.length < 3) return undefined;
  if (picture.at(-1)! <= COLOURS) return picture;
  return picture[0]! <= COLOURS ? [...picture.slice(1), picture[0]!] : undefined;
}

/** The different numbers of a field that may be of classes, each with its first sample. */
function numbersOf(
  shape: readonly number[],
  words: Looked["words"] | undefined,
  values: Looked["values"] | undefined,
): Pick<KnownFile["fields"][number], "numbers"> {
  if (values === undefined || words !== undefined || shape.length > 0) return {};
  const first = new Map<number, number>();
  for (let sample = 0; sample < values.length && first.size <= MOST_CLASSES; sample++) {
    const value = values[sample]!;
    if (Number.isFinite(value) && !first.has(value)) first.set(value, sample);
  }
  if (first.size > MOST_CLASSES) return {};
  return { numbers: Array.from(first, ([value, sample]) => ({ value, sample })) };
}

/**
 * Number of classes from 0 to the largest, where -1 is a class that is not known; undefined where the values are not
 * such numbers, or are the two signs.
 */
function classesOf({ values }: Looked): number | undefined {
  if (values === undefined) return undefined;
  const known = values.filter((value) => value !== UNKNOWN);
  let most = 0;
  for (const value of known) {
    if (!Number.isInteger(value) || value < 0 || value >= MOST_CLASSES) return undefined;
    if (value > most) most = value;
  }
  const signs = most === 1 && known.length < values.length && !known.includes(0);
  return most > 0 && !signs ? most + 1 : undefined;
}
