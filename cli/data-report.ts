/** Data as people read them on a terminal: the fields of a file, and what a spec reads of them. */
import { absentIn } from "../core/report/absent";
import { describeShape } from "../core/data/dataset";
import type { FieldDescription, Skipped } from "../core/data/describe";
import { signed, whole } from "../core/language/number-text";
import { quote } from "../core/language/scanner";
import { count } from "../core/language/text";
import { changeTitle } from "../core/theory/change";
import type { DataDescription } from "../core/train/data-description";
import type { Finding } from "../core/train/protocol";
import { columnsText } from "./data-columns";
import { visible } from "./diagnostics";
import { table, truncated, wrap, type Style, type Terminal } from "./terminal";

/** A table of genes has thousands of columns: the first ones show what it is. */
const MOST_FIELDS = 100;
const MOST_CLASSES = 30;
/** Columns of the names of classes on a line. */
const NAMES = 60;

/** A data file, field by field. */
export interface FileDescription {
  source: string;
  samples: number;
  /** Each with the line that declares it, where it needs one. */
  fields: (FieldDescription & { declaration: string | null })[];
  skipped: Skipped[];
}

/** What a spec reads from its data, with what is wrong with them. */
export interface SpecData extends DataDescription {
  findings: Finding[];
}

type Stream = DataDescription["streams"][number];

export function renderFile(
  { source, samples, fields, skipped }: FileDescription,
  { bold, quiet }: Style,
): string {
  // Vectors first: of a table of many columns, they are the fields to read.
  const shown = fields.toSorted((a, b) => b.shape.length - a.shape.length).slice(0, MOST_FIELDS);
  const rest = fields.length - shown.length;
  const lines = shown.flatMap(({ declaration }) => (declaration === null ? [] : [declaration]));
  return [
    `${bold(visible(source))}  ${samplesText(samples)}, ${count(fields.length, "field")}`,
    "",
    bold("Fields"),
    table([
      ["  field", "shape", "type", "range", "missing", "classes"],
      ...shown.map(({ name, shape, type, least, most, missing, infinite, classes = [], words }) => [
        `  ${visible(name)}`,
        describeShape(shape),
        type,
        `${rangeText({ least, most })}${infinite > 0 ? ` (${whole(infinite)} infinite)` : ""}`,
        missing > 0 ? whole(missing) : "",
        classes.length > 0
          ? truncated(`${classes.length}: ${visible(classes.join(", "))}`, NAMES)
          : words === undefined
            ? ""
            : count(words, "word"),
      ]),
    ]),
    ...(rest > 0 ? [quiet(`  … and ${count(rest, "more field")}; --json lists them all.`)] : []),
    ...skippedText(skipped, bold),
    "",
    `${bold("In a spec")}  ${quiet("kinds as the shapes suggest them; `modality` is what codes are inferred from")}`,
    ...[`data ${quote(source)}`, ...lines].map((line) => `  ${visible(line)}`),
  ].join("\n");
}

export function renderSpecData(
  { spec, source, samples, splits, taken, streams, skipped, findings }: SpecData,
  { style, columns }: Pick<Terminal, "style" | "columns">,
): string {
  const { bold, quiet } = style;
  const used = splits.train + splits.validation + splits.test;
  const unused = samples > used ? ` (${whole(samples - used)} of ${whole(samples)} in no split)` : "";
  const looked = Math.min(...streams.filter(({ made }) => made === undefined).map((one) => one.looked));
  const note = looked < used ? `numbers from ${whole(looked)} samples or more, evenly spaced` : "";
  return [
    `${bold(spec)}  data ${visible(quote(source))}`,
    `${whole(splits.train)} training, ${whole(splits.validation)} validation and ${whole(splits.test)} test samples${unused}`,
    ...taken,
    "",
    `${bold("Streams")}  ${quiet(["as training reads them", note].filter(Boolean).join("; "))}`,
    table([
      ["  stream", "field", "kind", "shape", "range", "mean", "standard deviation"],
      ...streams.map(streamRow),
    ]),
    ...changesText(streams, bold),
    ...streams.flatMap((stream) => columnsText(stream, style)),
    ...streams.flatMap((stream) => classesText(stream, style)),
    ...findings.map(
      ({ severity, message, fix }) =>
        `\n${(severity === "error" ? style.error : style.warning)(wrap(visible(message) + (fix ? ` Fix: ${changeTitle(fix)}.` : ""), "", columns))}`,
    ),
    ...skippedText(skipped, bold),
  ].join("\n");
}

const samplesText = (samples: number): string => (samples === 1 ? "1 sample" : `${whole(samples)} samples`);

const rangeText = ({ least, most }: { least: number | null; most: number | null }): string =>
  least === null || most === null ? "" : `${signed(least, 4)} to ${signed(most, 4)}`;

const numberText = (value: number | null): string => (value === null ? "" : signed(value, 4));

function streamRow({ words, classes, made, ...stream }: Stream): string[] {
  const range = words
    ? `${rangeText(words)} words`
    : classes
      ? count(classes.length, "class", "classes")
      : rangeText(stream);
  return [
    `  ${stream.name}`,
    made ? `${made.by} of ${made.of}` : visible(stream.field!),
    stream.kind,
    describeShape(stream.shape),
    made ? "made as batches are drawn" : range,
    numberText(words ? words.mean : stream.mean),
    numberText(words ? words.standardDeviation : stream.standardDeviation),
  ];
}

/** Transforms with what they were fitted to, and missing numbers. */
function changesText(streams: readonly Stream[], bold: Style["bold"]): string[] {
  const lines = streams.flatMap((stream) => {
    const { name, transforms, missing, axes } = stream;
    const absent = absentIn(stream);
    return [
      ...(axes === undefined ? [] : [[`  ${name}`, "axes", axes]]),
      ...(absent === undefined
        ? []
        : [[`  ${name}`, "", `${absent.what} ${count(absent.samples, "sample")}`]]),
      ...(missing > 0 ? [[`  ${name}`, "", count(missing, "missing number")]] : []),
      ...transforms.map(({ by, text }) => [`  ${name}`, by, text]),
    ];
  });
  return lines.length === 0 ? [] : ["", bold("Missing numbers and transforms"), table(lines)];
}

function classesText({ name, classes = [] }: Stream, { bold, quiet }: Style): string[] {
  if (classes.length === 0) return [];
  const shown = classes.slice(0, MOST_CLASSES);
  const rest = classes.length - shown.length;
  return [
    "",
    `${bold(`Classes of ${name}`)}  ${quiet("samples of each split")}`,
    table(
      [
        ["  class", "training", "validation", "test"],
        ...shown.map((one) => [
          `  ${one.class}${one.name === undefined ? "" : ` ${visible(one.name)}`}`,
          whole(one.train),
          whole(one.validation),
          whole(one.test),
        ]),
      ],
      [1, 2, 3],
    ),
    ...(rest > 0
      ? [quiet(`  … and ${count(rest, "more class", "more classes")}; --json lists them all.`)]
      : []),
  ];
}

const skippedText = (skipped: readonly Skipped[], bold: Style["bold"]): string[] =>
  skipped.length === 0
    ? []
    : [
        "",
        bold("Skipped"),
        table(skipped.map(({ name, reason }) => [`  ${visible(name)}`, visible(reason)])),
      ];
