/** Completion items of each sort of thing. Their documentation is added when an item is selected. */
import {
  CompletionItemKind,
  InsertTextFormat,
  type CompletionItem,
  type Range,
} from "vscode-languageserver-types";
import { signatureOf, vocabulary, type Category, type Entry } from "../../core/language/vocabulary";
import type { Declaration } from "../../core/language/declaration";
import { kindOf, type NameKind } from "../scope";

/** An item before its place in the text is known. */
export interface Offer {
  label: string;
  kind: CompletionItemKind;
  detail?: string;
  /** In Markdown, where it is short; what is longer is added when the item is looked at. */
  documentation?: string;
  /** With the places to fill, `${1:X}`; the label itself where absent. */
  snippet?: string;
  /** What typing is compared with, where that is not the label. */
  filter?: string;
  /** Smaller comes first; within a rank, in the order of the list. */
  rank: number;
  data?: ItemData;
  /** Characters that accept the item and are written behind it. */
  commits?: readonly string[];
}

/** What `resolve` needs to find an item's documentation. */
export type ItemData = { category: Category; word: string } | { bound: string } | { generator: string };

const kinds: Record<Category, CompletionItemKind> = {
  file: CompletionItemKind.Keyword,
  statement: CompletionItemKind.Keyword,
  clause: CompletionItemKind.Keyword,
  role: CompletionItemKind.Keyword,
  kind: CompletionItemKind.Struct,
  derivation: CompletionItemKind.Function,
  transform: CompletionItemKind.Function,
  law: CompletionItemKind.Class,
  fusion: CompletionItemKind.Function,
  prior: CompletionItemKind.Class,
  functional: CompletionItemKind.Operator,
  intent: CompletionItemKind.Function,
  network: CompletionItemKind.Module,
  optimizer: CompletionItemKind.Function,
  setting: CompletionItemKind.Property,
  domain: CompletionItemKind.Function,
};

/** Offers of a category's words. @param snippetOf how a word is written; with its arguments where absent */
export function entryOffers(
  category: Category,
  rank: number,
  snippetOf: (entry: Entry) => string | undefined = callSnippet,
): Offer[] {
  return vocabulary[category].map((entry) => {
    const snippet = snippetOf(entry);
    return {
      label: entry.word,
      kind: kinds[category],
      detail: signatureOf(entry),
      ...(snippet === undefined ? {} : { snippet }),
      rank,
      data: { category, word: entry.word },
    };
  });
}

/** The words of a category that are named, in that order. */
export function wordOffers(category: Category, words: readonly string[], rank: number): Offer[] {
  const offers = entryOffers(category, rank, () => undefined);
  return words.flatMap((word) => offers.filter(({ label }) => label === word));
}

const examples: Record<string, string> = {
  size: "8",
  height: "28",
  width: "28",
  frames: "32",
  bands: "24",
  length: "20",
  vocabulary: "1000",
  channels: "3",
  classes: "10",
  components: "10",
  widths: "256, 256",
  module: '"pkg.Module"',
};

/** `image(${1:28}, ${2:28})`: needed arguments only. */
function callSnippet({ word, parameters = [] }: Entry): string | undefined {
  const needed = parameters.filter((parameter) => parameter.default === undefined && !parameter.optional);
  if (needed.length === 0) return undefined;
  const places = needed.map(({ name }, index) => `\${${index + 1}:${examples[name] ?? name}}`);
  return `${word}(${places.join(", ")})`;
}

const declared: Record<NameKind, CompletionItemKind> = {
  modality: CompletionItemKind.Field,
  target: CompletionItemKind.Field,
  observe: CompletionItemKind.Property,
  latent: CompletionItemKind.Variable,
  each: CompletionItemKind.Variable,
  knob: CompletionItemKind.Value,
  label: CompletionItemKind.Reference,
  decoder: CompletionItemKind.Reference,
  spec: CompletionItemKind.Class,
};

/** Offers of declared names of some kinds. */
export const nameOffers = (names: readonly Declaration[], wanted: NameKind[], rank: number): Offer[] =>
  names.flatMap((declaration) => {
    const kind = kindOf(declaration);
    return wanted.includes(kind)
      ? [{ label: declaration.name, kind: declared[kind], detail: kind, rank }]
      : [];
  });

/** A snippet without its places, for editors that know none. */
export const plainText = (snippet: string): string =>
  snippet
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, "$1")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/\$\d+/g, "");

/** How an item is to be written. */
interface Writing {
  /** What it replaces. */
  range: Range;
  /** Whether the editor fills the places of a snippet. */
  snippets: boolean;
  /** Whether arguments in parentheses already follow. */
  called: boolean;
  /** Its place among the items. */
  order: number;
  /** The editor's command that asks again. */
  again?: string;
}

export function itemOf(offer: Offer, { range, snippets, called, order, again }: Writing): CompletionItem {
  const { label, kind, detail, documentation, filter = label, data, commits } = offer;
  const snippet = called && offer.snippet?.startsWith(`${label}(`) ? undefined : offer.snippet;
  const newText = snippet === undefined ? label : snippets ? snippet : plainText(snippet);
  return {
    label,
    kind,
    sortText: String(order + 1).padStart(4, "0"),
    filterText: filter,
    insertTextFormat:
      snippet !== undefined && snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range, newText },
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation: { kind: "markdown", value: documentation } }),
    ...(data === undefined ? {} : { data }),
    ...(kind === CompletionItemKind.Folder && again !== undefined
      ? { command: { title: "Suggest", command: again } }
      : {}),
    // Behind a text with places of its own a character would be written where the cursor goes.
    ...(commits === undefined || newText !== label ? {} : { commitCharacters: [...commits] }),
  };
}
