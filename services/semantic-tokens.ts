/** Colours by meaning: the meaning of a name, which a grammar of patterns cannot know. */
import type { Range as EditorRange, SemanticTokensLegend } from "vscode-languageserver-types";
import type { Range } from "../core/language/diagnostic";
import { overlaps, positionAt, toOffsets, type Document } from "./document";
import { declarationOf, kindOf, type NameKind } from "./scope";
import { wordsOf, type Role, type Word } from "./words";

const types = [
  "keyword",
  "type",
  "function",
  "operator",
  "property",
  "parameter",
  "variable",
  "enumMember",
  "class",
] as const;
const modifiers = ["declaration", "readonly"];

type TokenType = (typeof types)[number];

export const semanticLegend: SemanticTokensLegend = { tokenTypes: [...types], tokenModifiers: modifiers };

const byRole: Record<Exclude<Role, "name" | "boundValue">, TokenType> = {
  file: "keyword",
  statement: "keyword",
  clause: "keyword",
  role: "keyword",
  domain: "function",
  kind: "type",
  law: "type",
  prior: "type",
  network: "type",
  derivation: "function",
  transform: "function",
  fusion: "function",
  optimizer: "function",
  intent: "function",
  bound: "function",
  functional: "operator",
  setting: "property",
  boundOption: "property",
  field: "property",
  settingValue: "enumMember",
  flag: "enumMember",
  spec: "class",
};

const byDeclaration: Record<NameKind, TokenType> = {
  modality: "parameter",
  target: "parameter",
  observe: "parameter",
  latent: "variable",
  each: "variable",
  knob: "enumMember",
  label: "property",
  decoder: "property",
  spec: "class",
};

function typeOf(document: Document, word: Word): { type: TokenType; readonly: boolean } | undefined {
  if (word.role !== "name" && word.role !== "boundValue") return { type: byRole[word.role], readonly: false };
  const declaration = declarationOf(document, word.range);
  if (declaration !== undefined) {
    const kind = kindOf(declaration);
    return { type: byDeclaration[kind], readonly: kind === "observe" };
  }
  return word.role === "boundValue" ? { type: "enumMember", readonly: false } : undefined;
}

/** The five numbers a word of the protocol, delta-encoded. @param within where to look; everywhere if absent */
export function semanticTokens(document: Document, within?: EditorRange): { data: number[] } {
  const asked: Range = within ? toOffsets(document, within) : { start: 0, end: document.text.length };
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const word of wordsOf(document, asked)) {
    const found = overlaps(word.range, asked) ? typeOf(document, word) : undefined;
    if (found === undefined) continue;
    const at = positionAt(document, word.range.start);
    const sameLine = at.line === line;
    const flags = (word.declares ? 1 : 0) | (found.readonly ? 2 : 0);
    const length = word.range.end - word.range.start;
    data.push(
      at.line - line,
      sameLine ? at.character - character : at.character,
      length,
      types.indexOf(found.type),
      flags,
    );
    ({ line, character } = at);
  }
  return { data };
}
