/** Writes a new spec from a few choices: its data, its streams, what must survive, and the codes and terms for that. */
import { applyEdits, formatText } from "../../core/language/formatter";
import { parse } from "../../core/language/parser";
import { quote } from "../../core/language/scanner";
import { wordOf } from "../../core/language/house-order";
import type { Statement } from "../../core/language/tree";
import { analyse } from "../../core/theory/analyse";
import { writeWants } from "../../core/theory/write-wants";
import { declaration, type SpecData, type SpecField } from "./data";
import { labelsOf, survivors, type Survivor } from "./survivors";
import { whole } from "../../core/language/number-text";

export interface SpecChoices {
  data: SpecData;
  /** Names of the streams to use. */
  streams: readonly string[];
  /** Ids of what must survive; what is usual where there are none. */
  wants: readonly string[];
  /** The label to predict, where one is to be predicted: the first label of the data where it is absent. */
  target?: string;
}

/** The text of a file with the chosen spec: it has no errors, and trains at once where there is data. */
export function newSpec({ data, streams, wants, target }: SpecChoices): string {
  const possible = survivors(data, streams);
  const chosen = possible.filter(({ id }) => wants.includes(id));
  const asked = chosen.length > 0 ? chosen : possible.filter(({ usual }) => usual);
  const label = asked.some(({ intent }) => intent === "predict")
    ? (labelsOf(data).find(({ name }) => name === target) ?? labelsOf(data)[0])
    : undefined;
  const used = usedStreams(streams, asked);
  const spec = [
    `spec ${nameOf(data)} ${quote(questionOf(asked, label))} {`,
    ...(data.source === undefined ? [] : [`  data ${quote(data.source)} { ${settingsOf(data)} }`, ""]),
    ...data.fields.filter(({ name }) => used.includes(name)).map((field) => declared("modality", field)),
    ...(label === undefined ? [] : ["", declared("target", label)]),
    ...paragraph(observed(data, used, label).map((field) => declared("observe", field))),
    "",
    `  want ${asked.map((want) => written(want, label)).join(", ")}`,
    "",
    `  train { epochs = 15, batch = ${batchOf(data)} }`,
    "}",
    "",
  ].join("\n");
  return formatText(explained(withTerms(spec), data));
}

/** Streams that a want is about: one that no code would read is left out. */
function usedStreams(streams: readonly string[], asked: readonly Survivor[]): string[] {
  if (asked.some(({ intent }) => intent === "predict")) return [...streams];
  return streams.filter((name) => asked.some((want) => want.streams.includes(name)));
}

const nameOf = ({ source = "new-spec" }: SpecData): string =>
  (source.split(/[\\/]/).at(-1) ?? "")
    .replace(/(\.\w+)+$/, "")
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")
    .replace(/^(?=\d|$)/, "Spec");

function questionOf([first, ...others]: readonly Survivor[], label: SpecField | undefined): string {
  if (first === undefined || others.length > 0) return "What must the codes keep?";
  if (label !== undefined) return `What does it take to predict ${label.name}?`;
  const names = first.streams.join(" and ");
  if (first.intent === "shared") return `What do ${first.streams.join(" and ")} share?`;
  return first.intent === "private"
    ? `What has only ${names}?`
    : `What does it take to reconstruct ${names}?`;
}

const settingsOf = ({ samples }: SpecData): string =>
  samples === undefined ? "samples = 8000, seed = 1" : "seed = 1";

const declared = (...line: Parameters<typeof declaration>): string => `  ${declaration(...line)}`;

const paragraph = (lines: readonly string[]): string[] => (lines.length > 0 ? ["", ...lines] : []);

const written = ({ intent, streams }: Survivor, label: SpecField | undefined): string =>
  `${intent}(${intent === "predict" ? label!.name : streams.join(", ")})`;

/** Factors of one place that are observed. */
const MOST_OBSERVED = 2;

/** A few factors that all streams contain, and of each stream a few that only it contains. */
function observed({ fields }: SpecData, used: readonly string[], label: SpecField | undefined): SpecField[] {
  const factors = fields.filter((field) => field.role === "factor" && field.name !== label?.name);
  return [undefined, ...used].flatMap((place) =>
    factors.filter(({ only }) => only === place).slice(0, MOST_OBSERVED),
  );
}

/** A file of few rows has smaller batches, so that an epoch has some steps. */
function batchOf({ samples = Infinity }: SpecData): number {
  let batch = 128;
  while (batch > 8 && batch * 8 > samples) batch /= 2;
  return batch;
}

/** The codes and terms for the wants, by the same engine that writes them on request. */
function withTerms(text: string): string {
  const analysis = analyse(text);
  const [tree] = analysis.file.specs;
  const terms = tree && writeWants(analysis, tree);
  return terms === undefined ? text : applyEdits(text, terms.edits);
}

/** Says in front of each paragraph what it is for. */
function explained(text: string, data: SpecData): string {
  const [tree] = parse(text).tree.specs;
  const told = new Set<string>();
  const edits = (tree?.statements ?? []).flatMap((statement) => {
    const key = statement.kind === "knob" ? `knob ${statement.name.text}` : wordOf(statement);
    const comment = told.has(key) ? undefined : commentOn(statement, key, data);
    told.add(key);
    const at = statement.range.start;
    // A comment within a paragraph begins another.
    const gap = /\n\s*\n\s*$|\{\s*$/.test(text.slice(0, at)) ? "" : "\n  ";
    return comment === undefined ? [] : [{ range: { start: at, end: at }, text: `${gap}// ${comment}\n  ` }];
  });
  const missing =
    data.source === undefined && tree !== undefined
      ? [{ range: { start: tree.body.start + 1, end: tree.body.start + 1 }, text: `\n  // ${DATA_LATER}\n` }]
      : [];
  return applyEdits(text, [...missing, ...edits]);
}

const DATA_LATER =
  'There is no data yet. Add a line such as: data "./data.npz". Each stream reads the field of its name.';

const comments: Readonly<Record<string, string>> = {
  modality: "What each sample contains. The codes are inferred from these streams.",
  target: "To be predicted. It is known in training, and no code is inferred from it.",
  observe: "Never used in training: the preview reports how well each code predicts these.",
  want: "What must survive. The codes and terms below were written for this line.",
  latent: "The codes: numbers with noise, so the information in a code has a cost in nats.",
  "knob beta": "How many nats of cost one kept nat is worth. Turn it in the preview.",
  "knob w": "The weight of a reconstruction. It has many more nats than what the codes share or predict.",
  compress: "What costs: the information that each code carries about its streams.",
  keep: "What must be kept.",
  train: "Enough epochs for a first look.",
};

function commentOn(statement: Statement, key: string, { samples }: SpecData): string | undefined {
  if (statement.kind !== "data") return comments[key];
  return samples === undefined
    ? 'Built-in data with known factors. For your own data, write the path of a file: data "./data.npz".'
    : `The file has ${whole(samples)} rows; they are split into training, validation and test samples.`;
}
