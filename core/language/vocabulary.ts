/**
 * The one list of the language's words: what hover, completion, signature help and the manual are made from. Bounds
 * describe themselves, in `theory/bounds`.
 */
import { fusionEntries, lawEntries, priorEntries } from "./vocabulary/codes";
import type { Category, Entry, Parameter } from "./vocabulary/entry";
import { clauseEntries, fileEntries, statementEntries } from "./vocabulary/statements";
import { derivationEntries, kindEntries, transformEntries } from "./vocabulary/streams";
import { domainEntries, functionalEntries, intentEntries } from "./vocabulary/terms";
import { networkEntries, optimizerEntries, roleEntries, settingEntries } from "./vocabulary/training";

export type { Category, Entry };

export const vocabulary: Readonly<Record<Category, readonly Entry[]>> = {
  file: fileEntries,
  statement: statementEntries,
  clause: clauseEntries,
  kind: kindEntries,
  derivation: derivationEntries,
  transform: transformEntries,
  law: lawEntries,
  fusion: fusionEntries,
  prior: priorEntries,
  functional: functionalEntries,
  intent: intentEntries,
  network: networkEntries,
  optimizer: optimizerEntries,
  setting: settingEntries,
  domain: domainEntries,
  role: roleEntries,
};

/** The entry of a word in a category, if the language has it there. */
export function entryOf(category: Category, word: string): Entry | undefined {
  return vocabulary[category].find((entry) => entry.word === word);
}

/** How a word is written, with the names of its arguments: `image(height, width, channels = 1)`. */
export function signatureOf({ word, syntax, parameters }: Entry): string {
  if (syntax !== undefined) return syntax;
  return parameters ? `${word}(${parameters.map(parameterText).join(", ")})` : word;
}

/** One argument as a signature shows it: `channels = 1`, `widths...`, `prior?`. */
export function parameterText(parameter: Parameter): string {
  const { name, values, many, named, optional } = parameter;
  if (parameter.default !== undefined) return `${name} = ${parameter.default}`;
  const text = named ? `${name} = ${values?.join(" | ") ?? "..."}` : name;
  return many ? `${text}...` : optional ? `${text}?` : text;
}
