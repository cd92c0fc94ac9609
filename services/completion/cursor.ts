/**
 * Where a cursor stands, told from the tokens alone: a statement that is being written seldom has a tree.
 */
import type { Range } from "../../core/language/diagnostic";
import type { Token } from "../../core/language/scanner";
import type { SpecTree } from "../../core/language/tree";
import { statementWords } from "../../core/language/words";
import { bounds } from "../../core/theory/bounds";
import type { Document } from "../document";
import type { SpecField } from "../new-spec/data";

/** An open `(`, `[` or `{` around the cursor. */
export interface Opening {
  symbol: string;
  /** The word before it: `I`, `infonce`, `train`. */
  word: string | undefined;
  /** Tokens since it. */
  inside: Token[];
}

export interface CursorPlace {
  offset: number;
  /** The word being written, up to the cursor and beyond; empty when there is none. */
  word: Range;
  /** The spec around the cursor; undefined before, between and after specs. */
  spec?: SpecTree;
  /** Tokens of the statement, or of the file's line, before the word being written; empty where one begins. */
  before: Token[];
  /** The variable of the `each` whose statement this is. */
  each?: string;
  /** Brackets open within the statement, outermost first. */
  open: Opening[];
  /** Fields of the file that the spec reads, where somebody has looked into it. */
  fields?: readonly SpecField[];
  /** The string around the cursor. */
  string?: Token;
  /** In a comment nothing is offered. */
  comment: boolean;
}

const closing: Record<string, string> = { "(": ")", "[": "]", "{": "}" };
/** After one of these a line goes on. */
const unfinished = new Set([
  ",",
  ";",
  "+",
  "-",
  "*",
  "/",
  "=",
  ":",
  "(",
  "[",
  "|",
  "..",
  "from",
  "by",
  "in",
  "given",
  "extends",
]);

export function cursorPlace(document: Document, offset: number): CursorPlace {
  const { tokens, trivia } = document.parsed;
  const real = tokens.filter(({ kind }) => kind !== "end");
  const within = real.find(({ start, end }) => start < offset && offset <= end);
  const isWord = within?.kind === "word";
  const string = within?.kind === "string" && (offset < within.end || within.fault) ? within : undefined;
  const plain = isWord
    ? { start: within.start, end: within.end }
    : string !== undefined
      ? { start: string.start + 1, end: string.fault ? string.end : string.end - 1 }
      : followingWord(real, offset);
  const word = string === undefined ? hyphenated(document.text, plain, offset) : plain;
  const left = real.filter(
    ({ start, end }) => end <= word.start && (string === undefined || start < string.start),
  );
  const firstOnLine = !/\S/.test(document.text.slice(lineStart(document.text, word.start), word.start));
  const header = openHeader(left);
  const spec = header
    ? undefined
    : document.analysis.file.specs.findLast((one) => isInside(document.text, one, offset));
  const { begun: before, each } = spec
    ? statementBefore(left, spec, firstOnLine)
    : { begun: header ?? lineBefore(left, document, word.start) };
  return {
    offset,
    word,
    ...(spec === undefined ? {} : { spec }),
    before,
    ...(each === undefined ? {} : { each }),
    open: openBrackets(before),
    ...(string === undefined ? {} : { string }),
    comment: trivia.some(({ start }) => start < offset && lineStart(document.text, offset) <= start),
  };
}

/** Within the braces; where one is missing, from the line after the header, and up to the next spec. */
function isInside(text: string, { body, name }: SpecTree, offset: number): boolean {
  const opened = text[body.start] === "{";
  if (opened ? offset <= body.start : lineStart(text, offset) <= name.range.start) return false;
  return offset < body.end || text[body.end - 1] !== "}";
}

const withHyphens = bounds
  .flatMap(({ id, flags }) => [id, ...(flags ?? []).map(({ name }) => name)])
  .filter((name) => name.includes("-"));

/** The word from its first part on, where it may be one with hyphens: `one-w`. */
function hyphenated(text: string, word: Range, offset: number): Range {
  const [written] =
    /[\p{L}_][\p{L}\p{N}_]*-[\p{L}\p{N}_]*$/u.exec(text.slice(lineStart(text, offset), offset)) ?? [];
  return written !== undefined && withHyphens.some((name) => name.startsWith(written))
    ? { start: offset - written.length, end: word.end }
    : word;
}

/** A word that begins right at the cursor is replaced by what is chosen. */
function followingWord(tokens: Token[], offset: number): Range {
  const next = tokens.find(({ start, kind }) => start === offset && kind === "word");
  return next ? { start: offset, end: next.end } : { start: offset, end: offset };
}

const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

const lineBefore = (left: Token[], document: Document, offset: number): Token[] =>
  left.filter(({ start }) => start >= lineStart(document.text, offset));

/** Tokens of a header within the bracket of its `extends M(`, which may have a line for each name. */
function openHeader(left: Token[]): Token[] | undefined {
  const start = left.findLastIndex(({ first, text }) => first && text === "spec");
  if (start < 0) return undefined;
  const header = left.slice(start);
  const [opening, ...more] = openBrackets(header);
  if (opening?.symbol !== "(" || more.length > 0) return undefined;
  const isBase = header.at(-opening.inside.length - 3)?.text === "extends";
  const isLeft = opening.inside.some(({ first, text }) => first && Object.hasOwn(statementWords, text));
  return isBase && !isLeft ? header : undefined;
}

/** Tokens of the last statement begun before the cursor. */
function statementBefore(
  left: Token[],
  spec: SpecTree,
  firstOnLine: boolean,
): { begun: Token[]; each?: string } {
  let begun: Token[] = [];
  let each: string | undefined;
  const depth = (): number => openBrackets(begun).length;
  for (const token of left) {
    if (token.end <= spec.body.start + 1) continue;
    const previous = begun.at(-1);
    const starts =
      token.kind === "word" &&
      Object.hasOwn(statementWords, token.text) &&
      (previous === undefined || (token.first && !isBlock(begun)) || afterEach(begun)) &&
      // A name may be spelt like a statement's word.
      (token.first || previous === undefined || depth() === 0);
    if (starts) each = afterEach(begun) ? begun[1]?.text : undefined;
    begun = starts ? [token] : [...begun, token];
  }
  const last = begun.at(-1);
  const closed = last !== undefined && last.text === "}" && depth() === 0;
  const ended = depth() === 0 && firstOnLine && last !== undefined && !unfinished.has(last.text);
  if (afterEach(begun)) return { begun: [], ...(begun[1] ? { each: begun[1].text } : {}) };
  return closed || ended ? { begun: [] } : { begun, ...(each === undefined ? {} : { each }) };
}

const isBlock = (tokens: Token[]): boolean => openBrackets(tokens).some(({ symbol }) => symbol === "{");

/** `each V in X, Y:` is followed by another statement. */
const afterEach = (tokens: Token[]): boolean => tokens[0]?.text === "each" && tokens.at(-1)?.text === ":";

function openBrackets(tokens: Token[]): Opening[] {
  const open: Opening[] = [];
  for (const [index, token] of tokens.entries()) {
    for (const opening of open) opening.inside.push(token);
    if (token.kind !== "symbol") continue;
    if (token.text in closing) {
      const named = tokens[index - 1];
      open.push({ symbol: token.text, word: named?.kind === "word" ? named.text : undefined, inside: [] });
    } else if (open.at(-1) !== undefined && closing[open.at(-1)!.symbol] === token.text) {
      open.pop();
    }
  }
  return open;
}
