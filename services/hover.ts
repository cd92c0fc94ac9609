/** Hover: what a word is, its formula and units, and what was derived from it. Text first; nothing needs a picture. */
import type { Hover, Position } from "vscode-languageserver-types";
import { entryOf } from "../core/language/vocabulary";
import { boundOf } from "../core/theory/bounds";
import { generatorOf } from "../core/data/generators/index";
import { dataSettings, generatorIn, generatorMarkdown } from "./data";
import { analysed, derivedTerms } from "./derived";
import { boundValueMarkdown, boundMarkdown, code, entryMarkdown, paragraphs } from "./describe";
import type { SpecField } from "./new-spec/data";
import { offsetAt, toEditorRange, touches, type Document } from "./document";
import { declarationMarkdown, usedFileMarkdown } from "./describe-names";
import { termMarkdown } from "./describe-terms";
import { declarationOf } from "./scope";
import { wordAt, type Word } from "./words";

/** @param fields of the file that the spec at the place reads, where they are known */
export function hover(
  document: Document,
  position: Position,
  fields: readonly SpecField[] = [],
): Hover | null {
  const offset = offsetAt(document, position);
  const word = wordAt(document, offset);
  if (word === undefined) return hoverUse(document, offset) ?? hoverSource(document, offset);
  const value = describe(document, word, fields);
  if (value === undefined) return null;
  return { contents: { kind: "markdown", value }, range: toEditorRange(document, word.range) };
}

/** Whether the word at a place names a field of data. */
export const isField = (document: Document, position: Position): boolean =>
  wordAt(document, offsetAt(document, position))?.role === "field";

/** The path of a used file: the specs that it makes known. */
function hoverUse(document: Document, offset: number): Hover | null {
  const { library, file } = document.analysis;
  const use = file.uses.find(({ path }) => touches(path.range, offset));
  const behind = use && library.behind(use, library.own);
  if (use === undefined || behind === undefined || !("file" in behind)) return null;
  const { value, range } = use.path;
  return {
    contents: { kind: "markdown", value: usedFileMarkdown(value, behind.file.specs) },
    range: toEditorRange(document, range),
  };
}

/** The text that names built-in data. */
function hoverSource(document: Document, offset: number): Hover | null {
  for (const { statements } of document.analysis.file.specs)
    for (const statement of statements) {
      if (statement.kind !== "data" || !touches(statement.source.range, offset)) continue;
      const generator = generatorOf(statement.source.value);
      if (generator === undefined) return null;
      const value = generatorMarkdown(generator);
      return {
        contents: { kind: "markdown", value },
        range: toEditorRange(document, statement.source.range),
      };
    }
  return null;
}

function describe(document: Document, word: Word, fields: readonly SpecField[]): string | undefined {
  const { role, text } = word;
  if (role === "name" || role === "boundValue" || role === "spec") {
    const declaration = declarationOf(document, word.range);
    if (declaration !== undefined) return declarationMarkdown(document, declaration, word.spec);
  }
  switch (role) {
    case "name":
    case "spec":
      return undefined;
    case "field": {
      const field = generatorIn(word.spec)?.fields.find(({ name }) => name === text);
      const ofFile = fields.find(({ name, field = name }) => field === text);
      return paragraphs(
        `**${code(text)}** · field of the data, read as ${code(streamName(word) ?? text)}`,
        field && `${code(field.kind)}: ${field.doc}.`,
        ofFile && `Its shape suggests ${code(ofFile.kind)}.`,
      );
    }
    case "bound": {
      const bound = boundOf(text);
      return bound && joined(termsHere(document, word), boundMarkdown(bound));
    }
    case "functional": {
      const entry = entryOf("functional", text);
      return joined(termsHere(document, word), entry && entryMarkdown(entry));
    }
    case "flag":
      return option(text, boundOf(word.of ?? "")?.flags?.find(({ name }) => name === text)?.doc);
    case "boundOption":
      return option(text, boundOf(word.of ?? "")?.options.find(({ name }) => name === text)?.doc);
    case "boundValue":
      return boundValue(word);
    case "settingValue":
      return undefined;
    case "setting":
      if (word.of === "data") return option(text, dataSetting(word)?.doc);
      break;
    default:
      break;
  }
  const entry = entryOf(role, text) ?? (role === "clause" ? entryOf("role", text) : undefined);
  return entry && entryMarkdown(entry);
}

const joined = (parts: string[], last: string | undefined): string =>
  [...parts, ...(last === undefined ? [] : [last])].join("\n\n---\n\n");

function termsHere(document: Document, { spec, term }: Word): string[] {
  const loss = spec && analysed(document, spec)?.derived;
  return loss && term ? derivedTerms(loss, term).map((derived) => termMarkdown(derived, loss)) : [];
}

const option = (name: string, doc: string | undefined): string | undefined =>
  doc === undefined ? undefined : paragraphs(`**${code(name)}**`, doc);

/** A value of a bound's option, or of its own argument. */
function boundValue({ text, of: name, term }: Word): string | undefined {
  const bound = boundOf(term?.bound?.name.text ?? "");
  const meant = bound?.options.find((one) => one.name === name) ?? bound?.positional;
  return bound && meant?.values?.includes(text) ? boundValueMarkdown(bound, meant, text) : undefined;
}

const streamName = ({ statement }: Word): string | undefined =>
  statement?.kind === "stream" ? statement.name.text : undefined;

const dataSetting = ({ statement, text }: Word) =>
  statement?.kind === "data"
    ? dataSettings(statement.source.value).find(({ name }) => name === text)
    : undefined;
