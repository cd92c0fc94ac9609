import { DataError, type Dataset } from "../../core/data/dataset";
import { describeField, skippedIn } from "../../core/data/describe";
import { generatorOf } from "../../core/data/generators/index";
import { loadDataset } from "../../core/data/load";
import { describeData } from "../../core/train/describe-data";
import { chooseSpec, loadFor, prepare } from "../../core/train/prepare";
import { Rejection } from "../../core/train/rejection";
import { unfitValues } from "../../core/train/refusals";
import { declaration } from "../../services/new-spec/data";
import { dataOfFile } from "../../services/new-spec/file";
import { readSpecFile } from "../../trainer/files";
import { defaultSettings } from "../../trainer/settings";
import { exitCodes, Failure, oneFile, UsageError, type Command, type ExitCode } from "../command";
import { renderFile, renderSpecData, type FileDescription } from "../data-report";
import { diagnosticJson } from "../diagnostics";
import { chooseSpecs, readSource, showDiagnostics, withTriedFixes } from "../source";
import { nativeFolders } from "../place";
import type { Terminal } from "../terminal";

export const data: Command = {
  name: "data",
  operands: "FILE",
  doc: "Shows the fields of a data file, or what a spec reads from its data. Of a data file: shape, type, range, classes and missing numbers of each field, with a line that declares it. Of a .bottleneck file: the splits and, for each stream, its range, mean and spread, its classes by split, and what is wrong with the data. Nothing is trained.",
  options: {
    spec: {
      type: "string",
      value: "NAME",
      doc: "of a .bottleneck file: the spec to read; default the first",
    },
    json: { type: "boolean", doc: "print the description as JSON" },
  },
  json: {
    source: "the data file, or what the spec names as its data",
    samples: "number of rows",
    "skipped[].name": "an array or column of the file that is not a field",
    "skipped[].reason": "why it is not a field",
    "fields[].name": "of a data file: name of a field",
    "fields[].shape": "shape of one sample; empty for one number",
    "fields[].type": "float32, uint8 or int32",
    "fields[].least": "smallest finite number; null for texts",
    "fields[].most": "largest finite number; null for texts",
    "fields[].missing": "how many numbers are NaN, or how many texts are empty",
    "fields[].infinite": "how many numbers are infinite",
    "fields[].classes": "names of the classes in the order of their numbers, where the field has texts",
    "fields[].words": "how many different words there are, where each sample is a text",
    "fields[].declaration":
      "a line that declares the field in a spec; null for the lengths of a text, which are read with it",
    spec: "of a .bottleneck file: name of the spec",
    "splits.train": "number of training samples",
    "splits.validation": "number of validation samples",
    "splits.test": "number of test samples",
    taken:
      "how the samples were taken from the rows of the file, in sentences, where they are windows or not all rows are read",
    "streams[].name": "name of a stream",
    "streams[].role": "modality, target or observe",
    "streams[].kind": "kind with its sizes, such as vector(18)",
    "streams[].field": "the field it reads; null where it is made from another stream",
    "streams[].shape": "shape of one sample as networks read it, channels first",
    "streams[].axes": "where channels first and channels last both fit: how they are read",
    "streams[].looked":
      "number of samples that the numbers are computed from; fewer than all for large data and for data made on demand",
    "streams[].missing": "how many numbers of the field are NaN",
    "streams[].absent.train":
      "where samples lack the stream, or their class is unknown: number of training samples without it",
    "streams[].absent.validation": "number of validation samples without it",
    "streams[].absent.test": "number of test samples without it",
    "streams[].least":
      "smallest number after all transforms; null for labels, texts and streams that are made",
    "streams[].most": "largest number",
    "streams[].mean": "mean",
    "streams[].standardDeviation": "standard deviation of all columns together",
    "streams[].histogram":
      "how many values of all columns are in each of 20 equally wide bins from least to most; empty where these are null",
    "streams[].columns[].index":
      "a value of a vector or of counts, or a channel of a signal; other kinds are one column",
    "streams[].columns[].name": "what the file calls the column, where it says that",
    "streams[].columns[].histogram":
      "as streams[].histogram, of the column alone; empty of a stream of one column or of more than 50",
    "streams[].columns[].least": "smallest number of the column",
    "streams[].columns[].most": "largest number of the column",
    "streams[].columns[].mean": "mean of the column",
    "streams[].columns[].standardDeviation": "standard deviation of the column",
    "streams[].columns[].median":
      "median of the column, estimated from 10,000 of its values where it has more",
    "streams[].constant": "indices of the columns that never vary",
    "streams[].outlying":
      "indices of the columns of a vector, scalar or signal with a value far from all others, as in the finding outliers",
    "streams[].transforms[].by": "a transform of the stream, in the order carried out",
    "streams[].transforms[].text": "the numbers that it was fitted with, in words",
    "streams[].classes[].class": "of a label: number of a class",
    "streams[].classes[].name": "text of the class in the file, where it has one",
    "streams[].classes[].train": "training samples of the class",
    "streams[].classes[].validation": "validation samples of the class",
    "streams[].classes[].test": "test samples of the class",
    "streams[].words.least": "of a text: smallest number of words in a sample",
    "streams[].words.most": "largest number of words in a sample",
    "streams[].words.mean": "mean number of words",
    "streams[].words.standardDeviation": "standard deviation of the number of words",
    "streams[].made.by": "of a stream that is made as batches are drawn: augment, past, future or partner",
    "streams[].made.of": "the stream it is made from",
    "findings[]": "a finding of the data: code, severity, message, the stream or term in about, and a fix",
    "diagnostics[]":
      "in place of all of these, where the data or the spec is refused: code, severity, message and, of a spec, start, end and fixes",
  },
  run(operands, options, terminal) {
    const file = oneFile(operands, "a data file or a .bottleneck file");
    const spec = options["spec"] as string | undefined;
    const json = options["json"] === true;
    if (file.endsWith(".bottleneck")) return ofSpec(file, spec, json, terminal);
    if (spec !== undefined) throw new UsageError("--spec needs a .bottleneck file");
    return ofFile(file, json, terminal);
  },
};

const settings = { ...defaultSettings, modules: nativeFolders() };

async function ofFile(file: string, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const found = await readSpecFile(settings, "", file).catch((error: unknown) => {
    throw new Failure(`${file} could not be read: ${(error as Error).message}`);
  });
  // A file may have the name of built-in data.
  const source = generatorOf(file) === undefined ? file : `./${file}`;
  try {
    const dataset = await loadDataset({ source, options: {} }, () => Promise.resolve(found));
    const description = describeFile(source, dataset);
    terminal.out(json ? JSON.stringify(description, undefined, 2) : renderFile(description, terminal.style));
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const message = `${error.message}. ${error.advice}`;
    if (!json) throw new Failure(message);
    const { code, severity } = unfitValues;
    terminal.out(JSON.stringify({ diagnostics: [{ code, severity, message }] }, undefined, 2));
    return exitCodes.failed;
  }
}

function describeFile(source: string, dataset: Dataset): FileDescription {
  const lines = new Map(
    dataOfFile(source, dataset).fields.map((field) => [
      field.field ?? field.name,
      declaration(field.role === "stream" ? "modality" : "observe", field),
    ]),
  );
  return {
    source,
    samples: dataset.samples,
    fields: Object.values(dataset.fields).map((field) => ({
      ...describeField(field),
      declaration: lines.get(field.name) ?? null,
    })),
    skipped: skippedIn(dataset.skipped),
  };
}

async function ofSpec(
  file: string,
  name: string | undefined,
  json: boolean,
  terminal: Terminal,
): Promise<ExitCode> {
  const source = await readSource(file);
  const { text, origin } = source;
  // As JSON, a spec that is not there is refused as whatever else cannot be read.
  if (!json) chooseSpecs(source, name);
  try {
    const choice = chooseSpec({ text, origin, ...(name !== undefined && { spec: name }) });
    const location = choice.data.location ?? origin.location;
    const dataset = await loadFor(choice, (path) => readSpecFile(settings, location, path));
    const preparation = prepare(choice, dataset);
    const { findings, fixable } = preparation;
    const description = { ...describeData(preparation), findings: fixable(findings) };
    terminal.out(json ? JSON.stringify(description, undefined, 2) : renderSpecData(description, terminal));
    return exitCodes.ok;
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    if (json) {
      const diagnostics = withTriedFixes(error.diagnostics, source).map((one) => diagnosticJson(one, text));
      terminal.out(JSON.stringify({ diagnostics }, undefined, 2));
    } else showDiagnostics(error.diagnostics, source, terminal);
    return exitCodes.failed;
  }
}
