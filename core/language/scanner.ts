/** Text to tokens. Scanning never fails: what is not part of the language becomes a token that carries its own fault. */
import type { Fix, Range } from "./diagnostic";
import type { FaultCode } from "./faults";

type TokenKind = "word" | "number" | "string" | "symbol" | "unknown" | "end";

/** What is wrong with a token by itself; told by the parser when it meets the token. */
interface TokenFault {
  code: Extract<FaultCode, "unclosed-string" | "bad-character" | "bad-number">;
  message: string;
  fixes?: Fix[];
}

export interface Token extends Range {
  kind: TokenKind;
  /** As written; for a string, the quotes included. */
  text: string;
  /** True when nothing but white space comes before it on its line. */
  first: boolean;
  /** Distance from the start of its line, in UTF-16 code units. */
  column: number;
  /** The value of a string, without quotes and escapes. */
  value?: string;
  fault?: TokenFault;
}

/** A `//` or `///` comment, slashes included. */
export interface Trivia extends Range {
  text: string;
  /** A `///` line that stands alone: documentation of what follows. */
  doc: boolean;
  /** True when nothing but white space comes before it on its line. */
  first: boolean;
}

export interface Scan {
  /** Ends with one token of kind `end`. */
  tokens: Token[];
  trivia: Trivia[];
}

const space = /[\s\uFEFF]+/y;
const word = /[\p{L}_][\p{L}\p{N}\p{M}_]*/uy;
const number = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const symbol = /\.\.|[{}()[\],;:=+\-*/|]/y;
const line = /[^\r\n]*/y;

/** Characters that look like a symbol of the language, with the symbol that was meant. */
const lookAlikes: Record<string, string> = {
  "·": "*",
  "×": "*",
  "∗": "*",
  "−": "-",
  "–": "-",
  "—": "-",
  "÷": "/",
  "∣": "|",
  "，": ",",
  "；": ";",
  "：": ":",
  "（": "(",
  "）": ")",
  "…": "..",
};

const closingQuotes: Record<string, string> = { '"': '"', "'": "'", "“": "”", "”": "”", "‘": "’" };

/**
 * Scans a text, in linear time.
 * @param from where to begin: the start of the text or the end of a token that ends its line, comments apart
 * @param to the end of the last token to read
 */
export function scan(text: string, from = 0, to = text.length): Scan {
  const tokens: Token[] = [];
  const trivia: Trivia[] = [];
  let at = from;
  let lineStart = from;
  let first = from === 0;

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  }

  function push(kind: TokenKind, length: number, extra?: Pick<Token, "value" | "fault">): void {
    const end = at + length;
    tokens.push({ kind, text: text.slice(at, end), start: at, end, first, column: at - lineStart, ...extra });
    first = false;
    at = end;
  }

  while (at < to) {
    const blank = match(space);
    if (blank) {
      const newline = Math.max(blank.lastIndexOf("\n"), blank.lastIndexOf("\r"));
      if (newline >= 0) {
        lineStart = at + newline + 1;
        first = true;
      }
      at += blank.length;
      continue;
    }
    if (text.startsWith("//", at)) {
      const written = (match(line) ?? "").trimEnd();
      const doc = first && /^\/\/\/(?!\/)/.test(written);
      trivia.push({ start: at, end: at + written.length, text: written, doc, first });
      at += written.length;
      continue;
    }
    const letters = match(word);
    if (letters) {
      push("word", letters.length);
      continue;
    }
    const digits = match(number);
    if (digits) {
      push("number", digits.length, numberFault(digits));
      continue;
    }
    const sign = match(symbol);
    if (sign) {
      push("symbol", sign.length);
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (character in closingQuotes) {
      const string = scanString(text, at);
      push("string", string.length, string.extra);
    } else if (character === "#") {
      push("unknown", (match(line) ?? "").trimEnd().length, hashComment(at));
    } else {
      push("unknown", character.length, { fault: badCharacter(character, at) });
    }
  }
  push("end", 0);
  return { tokens, trivia };
}

function numberFault(digits: string): { fault?: TokenFault } {
  if (Number.isFinite(Number(digits))) return {};
  return { fault: { code: "bad-number", message: `\`${digits}\` is too large for a number.` } };
}

function hashComment(at: number): { fault: TokenFault } {
  const edits = [{ range: { start: at, end: at + 1 }, text: "//" }];
  const fixes = [{ title: "Write `//`", edits }];
  return { fault: { code: "bad-character", message: "A comment begins with `//`, not with `#`.", fixes } };
}

/** Control and format characters, blanks that are no spaces, and halves of characters. */
const INVISIBLE = /^[\p{C}\p{Z}]$/u;

/** `U+200B`. */
const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;

function badCharacter(character: string, at: number): TokenFault {
  const meant = lookAlikes[character];
  if (meant === undefined) {
    const shown = INVISIBLE.test(character)
      ? `The invisible character ${codePoint(character)}`
      : `\`${character}\``;
    const edits = [{ range: { start: at, end: at + character.length }, text: "" }];
    const fixes = [{ title: `Remove ${shown[0]!.toLowerCase()}${shown.slice(1)}`, edits }];
    return { code: "bad-character", message: `${shown} has no meaning in a spec; remove it.`, fixes };
  }
  const edits = [{ range: { start: at, end: at + character.length }, text: meant }];
  return {
    code: "bad-character",
    message: `\`${character}\` looks like \`${meant}\` but is another character; write \`${meant}\`.`,
    fixes: [{ title: `Write \`${meant}\``, edits }],
  };
}

/** The string that begins at `at`. Strings stay on one line. */
function scanString(text: string, at: number): { length: number; extra: Pick<Token, "value" | "fault"> } {
  const open = text.charAt(at);
  const close = closingQuotes[open];
  let value = "";
  let i = at + 1;
  for (; i < text.length && text[i] !== "\n" && text[i] !== "\r"; i++) {
    const character = text.charAt(i);
    if (character === close) {
      const length = i + 1 - at;
      return { length, extra: { value, ...quoteFault(open, value, at, length) } };
    }
    if (character === "\\" && /[^\r\n]/.test(text.charAt(i + 1))) value += text.charAt(++i);
    else value += character;
  }
  const written = unclosed(text.slice(at, i));
  const end = at + written.length;
  const fault: TokenFault = {
    code: "unclosed-string",
    message: `This string has no closing \`${close}\` on its line.`,
    fixes: [{ title: "Close the string", edits: [{ range: { start: end, end }, text: close ?? '"' }] }],
  };
  return { length: written.length, extra: { value: written.slice(1), fault } };
}

/** The part of a line that an unclosed string most likely was, so that the rest of the line can still be read. */
function unclosed(rest: string): string {
  let written = rest;
  for (const stop of [" {", " //"]) {
    const found = written.indexOf(stop, 1);
    if (found > 0) written = written.slice(0, found);
  }
  let end = written.length;
  while (end > 1 && " \t)]},".includes(written.charAt(end - 1))) end--;
  return written.slice(0, end);
}

/** Characters of a string that no line, path or exported file can hold. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

function quoteFault(open: string, value: string, at: number, length: number): { fault?: TokenFault } {
  const edits = [{ range: { start: at, end: at + length }, text: quote(value.replaceAll(CONTROL, "")) }];
  const [control] = value.match(CONTROL) ?? [];
  if (control !== undefined) {
    const message = `This string contains the control character ${codePoint(control)}; remove it.`;
    return {
      fault: { code: "bad-character", message, fixes: [{ title: "Remove control characters", edits }] },
    };
  }
  if (open === '"') return {};
  const message = 'A string needs plain double quotes: `"..."`.';
  return { fault: { code: "bad-character", message, fixes: [{ title: "Use double quotes", edits }] } };
}

/** A string as written in a spec. */
export function quote(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&").replace(/[\r\n]+/g, " ")}"`;
}
