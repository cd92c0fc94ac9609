/** What built-in data or the fields of a file refuse of a request, found without any samples. */
import { nearest } from "../language/nearest";
import { sizeOf } from "../program/program";
import { bindStreams, fieldFor, type StreamRequest } from "./bind";
import { scalarKinds } from "./class-numbers";
import { kindsFor, kindText, writtenField } from "./declarations";
import { DataError, fieldOf, type DataRequest, type DataSubject, type Dataset, type Field } from "./dataset";
import { COMMON_OPTIONS, fieldsWith, optionsOf, type Generator, type Sampling } from "./generator";

export interface Refusal {
  about: DataSubject;
  /** What is wrong and what to do, in sentences. */
  message: string;
  /** Texts that may replace what is refused: the name of an option, the field of a stream, or its kind; or that are added at its end. */
  instead: { what: "option" | "field" | "kind" | "end"; text: string }[];
}

/** Every option, field, shape and number of classes that the generator does not have. */
export function refusals(
  generator: Generator,
  request: DataRequest,
  streams: readonly StreamRequest[],
): Refusal[] {
  const found: Refusal[] = [];
  const options = new Map(Object.entries(request.options));
  for (;;) {
    try {
      const { seed, options: own } = optionsOf(generator, {
        ...request,
        options: Object.fromEntries(options),
      });
      const dataset = exampleOf(generator, { seed, options: own });
      const kindOf = (name: string) => generator.fields.find((field) => field.name === name)?.kind;
      return [...found, ...streams.flatMap((stream) => refusedStream(dataset, stream, kindOf))];
    } catch (error) {
      if (!(error instanceof DataError) || error.about.kind !== "option") throw error;
      const { name } = error.about;
      const names = [...Object.keys(COMMON_OPTIONS), ...generator.options.map((option) => option.name)];
      const near = names.includes(name) ? undefined : nearest(name, names);
      found.push({
        about: error.about,
        message: sentences(error),
        instead: near === undefined ? [] : [{ what: "option", text: near }],
      });
      options.delete(name);
    }
  }
}

/** What is known of a field of a file before its values are. */
interface KnownField extends Pick<Field, "name" | "shape" | "classes" | "words"> {
  /** The kind of a stream that suits it. */
  kind: string;
  /** Of one number a sample: the different ones with the first sample of each; absent where they are many. */
  numbers?: readonly { value: number; sample: number }[];
}

/** What is known of a file, with why some of it are no fields. */
export interface KnownFile extends Pick<Dataset, "name" | "defaultBindings" | "skipped"> {
  fields: readonly KnownField[];
  /** Where samples are windows of rows: how many rows each has. */
  window?: number;
}

/** Every field that a stream reads and the file does not have, and every shape and number of classes that do not fit. */
export function fileRefusals(file: KnownFile, streams: readonly StreamRequest[]): Refusal[] {
  // The shapes are those of all samples.
  const samples = 2;
  const none = new Int32Array();
  const fields = file.fields.map(({ name, shape, classes, words }): [string, Field] => [
    name,
    fieldOf(name, "", {
      shape,
      values: new Float32Array(samples * sizeOf(shape)),
      ...(classes !== undefined && { classes }),
      ...(words !== undefined && { words }),
    }),
  ]);
  const dataset: Dataset = {
    ...file,
    samples,
    fields: Object.fromEntries(fields),
    splits: { train: none, validation: none, test: none },
    ...(file.window !== undefined && {
      windows: { length: file.window, step: file.window, made: samples, dropped: 0 },
    }),
  };
  const kindOf = (name: string) => file.fields.find((field) => field.name === name)?.kind;
  return streams
    .filter(({ name, field = name, kind }) => {
      const { words, shape } = file.fields.find((one) => one.name === field) ?? {};
      // The words of texts that are classes are counted when they are read.
      return !(kind.name === "text" && words !== undefined && shape?.length === 0);
    })
    .flatMap((stream) => {
      const found = refusedStream(dataset, stream, kindOf);
      return found.length > 0 || stream.kind.name !== "label" ? found : refusedClasses(file, dataset, stream);
    });
}

/** What a label refuses of the numbers of its field. */
function refusedClasses(file: KnownFile, dataset: Dataset, stream: StreamRequest): Refusal[] {
  const { name } = fieldFor(dataset, stream).field;
  const { numbers = [] } = file.fields.find((field) => field.name === name) ?? {};
  if (numbers.length === 0) return [];
  const field = fieldOf(name, "", { shape: [], values: Float32Array.from(numbers, ({ value }) => value) });
  const rows = Int32Array.from(numbers, ({ sample }) => sample);
  try {
    bindStreams({ ...dataset, samples: rows.length, rows, fields: { [name]: field } }, [stream]);
    return [];
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const { append } = error;
    const kinds = scalarKinds(field).filter((kind) => /^label\(\d+\)$/.test(kind));
    const instead: Refusal["instead"] =
      append === undefined ? kinds.map((text) => ({ what: "kind", text })) : [{ what: "end", text: append }];
    return [{ about: { kind: "stream", name: stream.name }, message: sentences(error), instead }];
  }
}

/** An error as sentences; a name at its beginning is marked as one. */
function sentences({ message, advice, about }: DataError): string {
  const name = about.kind === "source" ? undefined : about.name;
  const begun =
    name !== undefined && message.startsWith(`${name} `)
      ? `\`${name}\`${message.slice(name.length)}`
      : `${message[0]!.toUpperCase()}${message.slice(1)}`;
  return `${begun}. ${advice}`;
}

/** A data set of two samples: fields have the shapes and classes that all have. */
function exampleOf(generator: Generator, { seed, options }: Pick<Sampling, "seed" | "options">): Dataset {
  const samples = 2;
  const drawn = generator.draw({ seed, samples, options });
  const none = new Int32Array();
  return {
    name: generator.name,
    samples,
    fields: Object.fromEntries(
      fieldsWith(generator, options).map(({ name, doc }) => [name, fieldOf(name, doc, drawn[name]!)]),
    ),
    splits: { train: none, validation: none, test: none },
  };
}

/** The kind in which a field is declared, where it is known. */
type KindOf = (field: string) => string | undefined;

function refusedStream(dataset: Dataset, stream: StreamRequest, kindOf: KindOf): Refusal[] {
  const { name, kind } = stream;
  const about = { kind: "stream", name } as const;
  try {
    const { field } = fieldFor(dataset, stream);
    const own = kind.sizes.at(-1) ?? 0;
    if (kind.name !== "label" || field.classes === undefined || own >= field.classes) return [];
    const message = `\`${name}\` : label(${own}) is too small for the field ${field.name}, which has ${field.classes} classes. Declare it as label(${field.classes}).`;
    return [{ about, message, instead: [{ what: "kind", text: `label(${field.classes})` }] }];
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return [{ about, message: sentences(error), instead: insteadOf(dataset, stream, kindOf) }];
  }
}

/** A field that fits, where the name is near to one or only one has the kind; else the kinds that fit the field. */
function insteadOf(dataset: Dataset, stream: StreamRequest, kindOf: KindOf): Refusal["instead"] {
  const asked = stream.field ?? stream.name;
  const field = Object.hasOwn(dataset.fields, asked) ? dataset.fields[asked] : undefined;
  if (field === undefined) {
    const names = Object.keys(dataset.fields);
    const near = nearest(asked, names);
    const fitting = names.filter((name) => fits(dataset, { ...stream, field: name }));
    const meant = near ?? (fitting.length === 1 ? fitting[0] : undefined);
    return meant === undefined ? [] : [{ what: "field", text: writtenField(meant) }];
  }
  const kinds = [
    kindOf(asked),
    field.classes === undefined ? undefined : `label(${field.classes})`,
    ...kindsFor(field.shape, stream.kind.name).map(kindText),
  ];
  return [...new Set(kinds)].flatMap((text) => (text === undefined ? [] : [{ what: "kind" as const, text }]));
}

function fits(dataset: Dataset, stream: StreamRequest): boolean {
  try {
    fieldFor(dataset, stream);
    return true;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}
