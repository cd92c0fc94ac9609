/** A data file that a new spec may start from: its fields, with the kinds that their shapes suggest. */
import {
  DataError,
  type DataRequest,
  type Dataset,
  type Field,
  type ReadFile,
} from "../../core/data/dataset";
import { loadDataset } from "../../core/data/load";
import { count } from "../../core/language/text";
import type { SpecData, SpecField } from "./data";

/**
 * The data that a `data` statement asks for, read.
 * @throws Error with sentences for a person when a file is not there, damaged or of a form that is not read
 */
export async function readData({ source, options }: DataRequest, readFile: ReadFile): Promise<SpecData> {
  try {
    return dataOfFile(source, await loadDataset({ source, options }, readFile));
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new Error(`${error.message}. ${error.advice}`, { cause: error });
  }
}

/**
 * The data of a file that has been read.
 * @param path as the spec will name it
 */
export function dataOfFile(
  path: string,
  { fields, samples, defaultBindings }: Pick<Dataset, "fields" | "samples" | "defaultBindings">,
): SpecData {
  const names = new Set<string>();
  const declared = Object.values(fields)
    .filter(({ name }) => !Object.hasOwn(fields, name.replace(/_length$/, "")) || !name.endsWith("_length"))
    .map((field): SpecField => {
      const name = freeName(field.name, names);
      names.add(name);
      return { name, ...kindOf(field), doc: "", ...(name === field.name ? {} : { field: field.name }) };
    });
  return {
    source: path,
    title: path,
    doc: `${count(samples, "sample")}.`,
    samples,
    fields: declared,
    ...(defaultBindings === undefined ? {} : { bindings: defaultBindings }),
  };
}

/** A name of the language from that of a field. */
function freeName(field: string, taken: ReadonlySet<string>): string {
  const plain = field.replace(/\W+/g, "_").replace(/^(?=\d|$)/, "f_");
  let name = plain;
  for (let i = 2; taken.has(name); i++) name = `${plain}_${i}`;
  return name;
}

/** Classes above which whole numbers are taken for a quantity. */
const MOST_CLASSES = 100;
/** The longest last axis that holds the colours of a picture. */
const COLOURS = 4;

/** The kind that the shape of a field suggests; one number is a label where it counts classes from 0. */
function kindOf(field: Field): Pick<SpecField, "kind" | "role"> {
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

/** Number of classes from 0 to the largest; undefined where the values are not such numbers. */
function classesOf({ values }: Field): number | undefined {
  let most = 0;
  for (const value of values) {
    if (!Number.isInteger(value) || value < 0 || value >= MOST_CLASSES) return undefined;
    if (value > most) most = value;
  }
  return most > 0 ? most + 1 : undefined;
}
