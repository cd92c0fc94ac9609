/** What a built-in generator refuses of a request, found without drawing its samples. */
import { nearest } from "../language/nearest";
import { fieldFor, type StreamRequest } from "./bind";
import { DataError, fieldOf, type DataRequest, type DataSubject, type Dataset } from "./dataset";
import { COMMON_OPTIONS, fieldsWith, optionsOf, type Generator, type Sampling } from "./generator";

export interface Refusal {
  about: DataSubject;
  /** What is wrong and what to do, in sentences. */
  message: string;
  /** Texts that may replace what is refused: the name of an option, the field of a stream, or its kind. */
  instead: { what: "option" | "field" | "kind"; text: string }[];
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
      return [...found, ...streams.flatMap((stream) => refusedStream(generator, dataset, stream))];
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

function refusedStream(generator: Generator, dataset: Dataset, stream: StreamRequest): Refusal[] {
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
    return [{ about, message: sentences(error), instead: insteadOf(generator, dataset, stream) }];
  }
}

/** A field that fits, where the name is near to one or only one has the kind; else the kinds that fit the field. */
function insteadOf(generator: Generator, dataset: Dataset, stream: StreamRequest): Refusal["instead"] {
  const asked = stream.field ?? stream.name;
  const field = Object.hasOwn(dataset.fields, asked) ? dataset.fields[asked] : undefined;
  if (field === undefined) {
    const names = Object.keys(dataset.fields);
    const near = nearest(asked, names);
    const fitting = names.filter((name) => fits(dataset, { ...stream, field: name }));
    const meant = near ?? (fitting.length === 1 ? fitting[0] : undefined);
    return meant === undefined ? [] : [{ what: "field", text: meant }];
  }
  const declared = generator.fields.find(({ name }) => name === asked)?.kind;
  const [length, ...more] = field.shape;
  const kinds = [
    declared,
    field.classes === undefined ? undefined : `label(${field.classes})`,
    length !== undefined && more.length === 0 ? `vector(${length})` : undefined,
    length === undefined ? "scalar" : undefined,
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
