/** What a `data` statement can say: its sources, and the settings of each. */
import { COMMON_OPTIONS, type Generator, type MadeField } from "../core/data/generator";
import { generatorOf } from "../core/data/generators/index";
import { FILE_OPTIONS } from "../core/data/load";
import type { SpecTree } from "../core/language/tree";
import { code, paragraphs } from "./describe";

interface DataSetting {
  name: string;
  doc: string;
  /** A usual value, as it is written. */
  value: string;
}

const usualValues: Readonly<Record<keyof typeof COMMON_OPTIONS | keyof typeof FILE_OPTIONS, string>> = {
  samples: "8000",
  validation: "1000",
  test: "1000",
  seed: "1",
  groups: "subject",
  stratify: "label",
  split: "split",
  window: "64",
  step: "16",
  join: '"./clinic.csv"',
  key: "patient",
  labels: '"./labels.npy"',
  views: '"noisy-views"',
  images: '"image"',
  standardise: "true",
};

const common = <Name extends keyof typeof usualValues>(docs: Readonly<Record<Name, string>>): DataSetting[] =>
  (Object.keys(docs) as Name[]).map((name) => ({ name, doc: docs[name], value: usualValues[name] }));

/** Settings of a source: of a built-in generator, or of a file. */
export function dataSettings(source: string): DataSetting[] {
  const generator = generatorOf(source);
  if (generator === undefined) return common(FILE_OPTIONS);
  const [samples, ...others] = common(COMMON_OPTIONS);
  const own = generator.options.map(({ name, doc, whole, least, most, fallback }) => ({
    name,
    value: String(fallback),
    doc: `${doc} A ${whole ? "whole number" : "number"} from ${least} to ${most}; default ${fallback}.`,
  }));
  return [samples!, ...own, ...others];
}

/** The generator whose data a spec trains on. */
export const generatorIn = (spec: SpecTree | undefined): Generator | undefined =>
  spec?.statements
    .flatMap((statement) => (statement.kind === "data" ? [generatorOf(statement.source.value)] : []))
    .find((generator) => generator !== undefined);

/** The fields of the built-in data that a spec trains on: those that need a setting, where it is written. */
export function fieldsIn(spec: SpecTree | undefined): MadeField[] {
  const settings = (spec?.statements ?? []).flatMap((one) => (one.kind === "data" ? one.settings : []));
  const written = (option: string): boolean => settings.some(({ name }) => name.text === option);
  return (generatorIn(spec)?.fields ?? []).filter(({ needs }) => needs === undefined || written(needs));
}

/** What a generator makes: its fields as a spec declares them. */
export function generatorMarkdown({ name, doc, fields, options }: Generator): string {
  const lines = (role: "stream" | "factor"): string =>
    fields
      .filter((field) => field.role === role)
      .map(
        ({ name, kind, doc, needs }) =>
          `- ${code(`${name} : ${kind}`)}: ${doc}${needs === undefined ? "" : `; only with the setting ${code(needs)}`}`,
      )
      .join("\n");
  return paragraphs(
    `**${code(`data "${name}"`)}** · built-in generator`,
    doc,
    `Streams:\n\n${lines("stream")}`,
    `Factors, for \`observe\` or \`target\`:\n\n${lines("factor")}`,
    options.length > 0 &&
      `Settings:\n\n${options.map((option) => `- ${code(option.name)}: ${option.doc}`).join("\n")}`,
  );
}
