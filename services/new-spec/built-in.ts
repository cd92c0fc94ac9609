/** Built-in data that a new spec may start from. */
import { fieldsWith, type Generator, type MadeField } from "../../core/data/generator";
import { generators } from "../../core/data/generators/index";
import type { SpecData } from "./data";

/** The built-in generators, in the order of their list. */
export const builtInData = (): SpecData[] =>
  generators.map((generator) => dataOf(generator, fieldsWith(generator, {})));

/** @param fields those that the generator makes with the settings at hand */
export const dataOf = ({ name, doc }: Generator, fields: readonly MadeField[]): SpecData => ({
  source: name,
  title: name,
  doc: sentenceOf(doc),
  // The length of a text is read with it.
  fields: fields.filter((field) => !fields.some((other) => field.name === `${other.name}_length`)),
});

const sentenceOf = (doc: string): string => /^.*?\.(?= |$)/.exec(doc)?.[0] ?? doc;
