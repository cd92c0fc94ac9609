/** Built-in data that a new spec may start from. */
import { fieldsWith } from "../../core/data/generator";
import { generators } from "../../core/data/generators/index";
import type { SpecData } from "./data";

/** The built-in generators, in the order of their list. */
export const builtInData = (): SpecData[] =>
  generators.map((generator) => {
    const { name, doc } = generator;
    const fields = fieldsWith(generator, {});
    return {
      source: name,
      title: name,
      doc: sentenceOf(doc),
      // The length of a text is read with it.
      fields: fields.filter((field) => !fields.some((other) => field.name === `${other.name}_length`)),
    };
  });

const sentenceOf = (doc: string): string => /^.*?\.(?= |$)/.exec(doc)?.[0] ?? doc;
