/** Completion: what may be written at the cursor, with the shape of what follows. */
import { CompletionItemKind, type CompletionItem, type Position } from "vscode-languageserver-types";
import { catalogue } from "../../core/catalogue";
import { generatorOf, generators } from "../../core/data/generators/index";
import type { Declaration } from "../../core/language/declaration";
import { housePlace, wordOf } from "../../core/language/house-order";
import type { SpecTree } from "../../core/language/tree";
import { entryOf } from "../../core/language/vocabulary";
import { boundOf } from "../../core/theory/bounds";
import { generatorMarkdown } from "../data";
import { boundMarkdown, entryMarkdown } from "../describe";
import { offsetAt, toEditorRange, type Document } from "../document";
import type { SpecField } from "../new-spec/data";
import { isRenaming, renamedNames } from "../renaming";
import { kindOf, namesInScope } from "../scope";
import { committed } from "./commits";
import { cursorPlace, type CursorPlace, type Opening } from "./cursor";
import { documented } from "./documented";
import { entryOffers, itemOf, nameOffers, plainText, type ItemData, type Offer } from "./items";
import { neededLines } from "./needs";
import { pathOffers, writtenFolder, type FolderEntry } from "./paths";
import { fileSnippets, statementSnippets } from "./snippets";
import { statementRules } from "./statements";
import { termOffers } from "./terms";
import { tried } from "./tried";
import { wholeItems } from "./whole";

interface CompletionOptions {
  /** Whether the editor fills the places of a snippet. */
  snippets: boolean;
  /** The editor's command that asks again, run behind a folder. */
  again?: string;
  /** What is in the folder that `folderAt` asks for, where it could be listed. */
  entries?: readonly FolderEntry[];
  /** Fields of the file that the spec at the cursor reads, where they are known. */
  fields?: readonly SpecField[];
  /** The character that was typed, where that is why completion is asked for. */
  typed?: string;
}

/** Items in the order they should be shown; each replaces the word at the cursor. */
export function completions(
  document: Document,
  position: Position,
  options: CompletionOptions,
): CompletionItem[] {
  const place: CursorPlace = {
    ...cursorPlace(document, offsetAt(document, position)),
    ...(options.fields && { fields: options.fields }),
  };
  if (place.comment) return [];
  // A space that only indents asks for nothing.
  if (options.typed === " " && place.before.length === 0 && place.each === undefined) return [];
  const range = toEditorRange(document, place.word);
  const called = document.text[place.word.end] === "(";
  const names = namesAt(document, place);
  const offers = tried(document, place, offersAt(document, place, names, options.entries))
    .sort((a, b) => a.rank - b.rank)
    .map(documented(document, place, names))
    .map(committed(place))
    .map((offer, order) => itemOf(offer, { range, called, order, ...options }));
  return [...wholeItems(document, place), ...offers];
}

/** Whether the fields of the spec's data are offered there: in a line that declares a stream. */
export function asksForFields(document: Document, position: Position): boolean {
  const { before } = cursorPlace(document, offsetAt(document, position));
  return ["modality", "target", "observe"].includes(before[0]?.text ?? "");
}

/** The names that can be written at the cursor. */
const namesAt = (document: Document, place: CursorPlace): readonly Declaration[] =>
  place.spec === undefined ? [] : [...eachNames(place), ...namesInScope(document, place.spec)];

function offersAt(
  document: Document,
  place: CursorPlace,
  names: readonly Declaration[],
  entries: CompletionOptions["entries"],
): Offer[] {
  const { before, spec, string } = place;
  const statement = before[0]?.text;
  if (string !== undefined)
    return [
      ...(statement === "data" && before.length === 1 && writtenFolder(document, place) === ""
        ? sources()
        : []),
      ...pathOffers(document, place, entries),
    ];
  if (spec === undefined) return fileOffers(document, place);
  if (statement === undefined) return statementOffers(document, spec, place, names);
  if (before.length === 1 && (statement === "latent" || statement === "knob"))
    return lineOffers(document, spec, `${statement} `);
  if (statement === "compress" || statement === "keep") return termOffers(document, place, names);
  const rule = statementRules[statement];
  if (rule === undefined) return [];
  const needed = neededLines(document, spec).map(({ snippet }) => snippet);
  return rule(place, names, needed);
}

/** The variable of an `each`, inside it. */
const eachNames = ({ each, spec, word }: CursorPlace): Declaration[] =>
  each === undefined || spec === undefined ? [] : [{ name: each, kind: "each", place: word, spec }];

/** What the spec needs next, then the words of statements: those that house order has after what is written first. */
function statementOffers(
  document: Document,
  spec: SpecTree,
  { offset, each }: CursorPlace,
  names: readonly Declaration[],
): Offer[] {
  const snippets = statementSnippets(names);
  if (each !== undefined)
    return ["keep", "compress"].flatMap((side) =>
      entryOffers("statement", 1, ({ word }) => snippets[word]).filter(({ label }) => label === side),
    );
  const above = spec.statements.findLast(({ range }) => range.end <= offset);
  const reached = above === undefined ? -1 : housePlace(wordOf(above)).rank;
  const words = entryOffers("statement", 1, ({ word }) => snippets[word]);
  return [
    ...lineOffers(document, spec, ""),
    ...words.map((offer) => {
      const { rank } = housePlace(offer.label);
      // Of what belongs further up, the nearest first.
      return rank >= reached ? offer : { ...offer, rank: 2 + (reached - rank) / 1000 };
    }),
  ];
}

/** The lines that a spec needs, from behind what is written of them. */
const lineOffers = (document: Document, spec: SpecTree, written: string): Offer[] =>
  neededLines(document, spec)
    .filter(({ snippet }) => snippet.startsWith(written))
    .map(({ snippet, detail }) => ({
      label: plainText(snippet.slice(written.length)),
      kind: CompletionItemKind.Snippet,
      detail,
      snippet: snippet.slice(written.length),
      rank: 0,
    }));

const sources = (): Offer[] =>
  generators.map(({ name }) => ({
    label: name,
    kind: CompletionItemKind.Module,
    detail: "built-in generator",
    rank: 1,
    data: { generator: name },
  }));

function fileOffers(document: Document, place: CursorPlace): Offer[] {
  const before = place.before.map(({ text }) => text);
  if (isRenaming(place)) return renamingOffers(document, place);
  if (before.at(-1) === "extends") {
    const declared = document.symbols.specs.map(({ declaration }) => declaration);
    const own = nameOffers(declared, ["spec"], 1).filter(({ label }) => label !== before[1]);
    // The first of a name is what it means.
    const offers = [...own, ...usedOffers(document), ...methodOffers()];
    return offers.filter(({ label }, i) => offers.findIndex((offer) => offer.label === label) === i);
  }
  if (before[0] === "spec" && before.length >= 2 && !before.includes("extends")) {
    return entryOffers("clause", 1, () => undefined).filter(({ label }) => label === "extends");
  }
  if (before.length > 0) return [];
  // A line that must be the first of its file is offered nowhere else.
  const begun = document.parsed.tokens.some(({ start, kind }) => kind !== "end" && start < place.word.start);
  return entryOffers("file", 1, ({ word }) => fileSnippets[word])
    .filter(({ label }) => label !== "language" || !begun)
    .map((offer) => (offer.label === "spec" ? { ...offer, rank: 0 } : offer));
}

/** In the brackets of `extends M(`: the streams of that spec that have no new name yet, then its codes. */
function renamingOffers(document: Document, { before, open }: CursorPlace): Offer[] {
  const [{ word, inside }] = open as [Opening];
  const previous = inside.at(-1)?.text;
  if (previous !== undefined && previous !== ",") return [];
  const taken = inside.map(({ text }) => text);
  return renamedNames(document, before[1]?.start, word!)
    .filter(({ name }) => !taken.includes(name))
    .map((declaration) => ({
      label: declaration.name,
      kind: CompletionItemKind.Property,
      detail: `${kindOf(declaration)} of ${word}, under another name`,
      documentation: `The name of \`${declaration.name}\` in this spec.`,
      snippet: `${declaration.name} = \${1:${declaration.name}}`,
      rank: declaration.kind === "stream" ? 1 : 2,
    }));
}

const usedOffers = (document: Document): Offer[] =>
  document.analysis.library.usedSpecs().map(({ tree, use }) => ({
    label: tree.name.text,
    kind: CompletionItemKind.Class,
    detail: `${tree.title ? `${tree.title.value}, ` : ""}from ${use.path.value}`,
    rank: 1,
  }));

const methodOffers = (): Offer[] =>
  catalogue().map(({ tree, method, summary, source }) => ({
    label: tree.name.text,
    kind: CompletionItemKind.Class,
    detail: `${method}, a method of the catalogue`,
    documentation: `${summary}\n\n*${source}*`,
    rank: 2,
  }));

/** The item with its documentation. */
export function resolveCompletion(item: CompletionItem): CompletionItem {
  const data = item.data as ItemData | undefined;
  if (data === undefined) return item;
  const entry = "category" in data ? entryOf(data.category, data.word) : undefined;
  const bound = "bound" in data ? boundOf(data.bound) : undefined;
  const generator = "generator" in data ? generatorOf(data.generator) : undefined;
  const value = entry
    ? entryMarkdown(entry)
    : bound
      ? boundMarkdown(bound)
      : generator && generatorMarkdown(generator);
  return value === undefined ? item : { ...item, documentation: { kind: "markdown", value } };
}
