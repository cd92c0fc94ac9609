/** Rules for names, arguments and values. Each returns undefined after telling a fault it cannot pass. */
import { nameOf, type Cursor } from "./cursor";
import { isModifier, unknownModifier } from "./modifiers";
import { nearest } from "./nearest";
import { reasonOutside } from "./outside";
import { clauseWords } from "./words";
import type { Argument, Call, Name, StringValue, Value, Variable } from "./tree";

/** Nesting and chains beyond this are refused, so that no later walk over the tree can overflow the stack. */
export const maximumDepth = 60;

/** `a + b * c`. */
export function parseValue(cursor: Cursor, depth = 0): Value | undefined {
  return parseChain(cursor, ["+", "-"], (inner) => parseProduct(cursor, inner), depth);
}

/** `a * b / c`, without sums unless in parentheses. */
export function parseProduct(cursor: Cursor, depth = 0): Value | undefined {
  return parseChain(cursor, ["*", "/"], (inner) => parseFactor(cursor, inner), depth);
}

function parseChain(
  cursor: Cursor,
  operators: readonly ("+" | "-" | "*" | "/")[],
  operand: (depth: number) => Value | undefined,
  depth: number,
): Value | undefined {
  const { start } = cursor.peek();
  let left = operand(depth);
  for (let length = depth; left; length++) {
    const operator = operators.find((sign) => cursor.is(sign));
    if (!operator) return left;
    if (length > maximumDepth) return tooDeep(cursor);
    cursor.next();
    const right = operand(depth);
    if (!right) return undefined;
    left = { kind: "binary", operator, left, right, range: cursor.rangeFrom(start) };
  }
  return undefined;
}

export function tooDeep(cursor: Cursor): undefined {
  cursor.fault("too-deep", "This is nested too deeply to be read; simplify it.", cursor.peek());
  return undefined;
}

/** A number, a string, a name, a call, a list, `-value`, or a value in parentheses. */
export function parseFactor(cursor: Cursor, depth = 0): Value | undefined {
  if (depth > maximumDepth) return tooDeep(cursor);
  const token = cursor.peek();
  const { start } = token;
  if (token.kind === "number") {
    cursor.next();
    return { kind: "number", value: Number(token.text), text: token.text, range: cursor.rangeFrom(start) };
  }
  if (token.kind === "string") return parseString(cursor, "a value");
  if (cursor.take("-")) {
    const value = parseFactor(cursor, depth + 1);
    return value && { kind: "negation", value, range: cursor.rangeFrom(start) };
  }
  if (cursor.take("(")) {
    const value = parseValue(cursor, depth + 1);
    // After a computation, a comma means that `)` is missing: `f((a + b, c)`.
    if (value && value.kind !== "binary" && cursor.is(","))
      return parseRoundList(cursor, value, start, depth);
    if (value) cursor.need(")", "`)` to close the `(`");
    return value;
  }
  if (cursor.take("[")) {
    const items = parseItems(cursor, "]", depth);
    if (!items) return undefined;
    cursor.need("]", "`]` to close the list");
    return { kind: "list", items, range: cursor.rangeFrom(start) };
  }
  const name = cursor.name("a value");
  if (!name) return undefined;
  if (cursor.is("(")) return parseCallOf(cursor, name, depth + 1);
  if (cursor.is("[")) return parseSubset(cursor, name);
  return name;
}

/** The values of a list, up to the bracket that closes it. */
function parseItems(cursor: Cursor, closing: string, depth: number): Value[] | undefined {
  const items: Value[] = [];
  while (!cursor.is(closing)) {
    const item = parseValue(cursor, depth + 1);
    if (!item) return undefined;
    items.push(item);
    if (!cursor.take(",")) break;
  }
  return items;
}

/** The rest of `(1, 2, 5)`, a list with the wrong brackets, from its first comma. */
function parseRoundList(cursor: Cursor, first: Value, start: number, depth: number): Value | undefined {
  cursor.next();
  const rest = parseItems(cursor, ")", depth);
  if (!rest) return undefined;
  const closing = cursor.take(")");
  const { end } = cursor.previous();
  const edits = [
    { range: { start, end: start + 1 }, text: "[" },
    { range: { start: closing?.start ?? end, end }, text: "]" },
  ];
  cursor.fault("expected", "A list is written in square brackets: `[1, 2, 5]`.", { start, end }, [
    { title: "Change to square brackets", edits },
  ]);
  return { kind: "list", items: [first, ...rest], range: { start, end } };
}

export function parseString(cursor: Cursor, what: string): StringValue | undefined {
  const token = cursor.peek();
  if (token.kind !== "string") {
    cursor.expected(`${what} in double quotes`);
    return undefined;
  }
  cursor.next();
  return { kind: "string", value: token.value ?? "", range: cursor.rangeFrom(token.start) };
}

/** `gaussian(8)`; a name without parentheses is a call without arguments. `what` says what was expected. */
export function parseCall(cursor: Cursor, what: string): Call | undefined {
  const name = cursor.name(what);
  return name && parseCallOf(cursor, name);
}

/** The same, of a word that may hold hyphens: `density-ratio`. */
export function parseHyphenatedCall(cursor: Cursor, what: string): Call | undefined {
  const name = parseHyphenated(cursor, what);
  return name && parseCallOf(cursor, name);
}

/** A word that may hold hyphens, written without spaces: `one-way`. */
export function parseHyphenated(cursor: Cursor, what: string): Name | undefined {
  const name = cursor.name(what);
  if (!name) return undefined;
  while (
    cursor.is("-") &&
    cursor.isWord(undefined, 1) &&
    cursor.peek().start === name.range.end &&
    cursor.peek(1).start === name.range.end + 1
  ) {
    cursor.next();
    name.text += `-${cursor.next().text}`;
    name.range.end = cursor.previous().end;
  }
  return name;
}

function parseCallOf(cursor: Cursor, name: Name, depth = 0): Call | undefined {
  const args = parseArguments(cursor, name.text, depth);
  return args && { kind: "call", name, args, range: cursor.rangeFrom(name.range.start) };
}

/** `(8, pad = 1)`, or nothing at all. */
function parseArguments(cursor: Cursor, of: string, depth: number): Argument[] | undefined {
  const args: Argument[] = [];
  if (!cursor.take("(") || cursor.take(")")) return args;
  do {
    const { start } = cursor.peek();
    const named = cursor.isWord() && cursor.is("=", 1);
    const name = named ? nameOf(cursor.next()) : undefined;
    cursor.take("=");
    const value = parseValue(cursor, depth);
    if (!value) return undefined;
    args.push({ ...(name ? { name } : {}), value, range: cursor.rangeFrom(start) });
  } while (takeComma(cursor, ")"));
  cursor.need(")", `\`)\` to close \`${of}(\``);
  return args;
}

/** `Z`, `Z[X]`, `Z[]`. */
export function parseVariable(cursor: Cursor): Variable | undefined {
  const name = cursor.name("a variable");
  if (!name) return undefined;
  if (cursor.is("[")) return parseSubset(cursor, name);
  if (cursor.is("(")) {
    const advice = reasonOutside(name.text) ?? "The sides of a term are names, as in `I(X, Y; Z)`.";
    cursor.fault("unknown-modifier", `Unexpected \`${name.text}(\`. ${advice}`, name.range);
    return undefined;
  }
  return { kind: "variable", name, range: name.range };
}

function parseSubset(cursor: Cursor, name: Name): Variable | undefined {
  cursor.next();
  const subset = cursor.is("]") ? [] : parseNames(cursor, "a name", ["]"]);
  if (!subset) return undefined;
  cursor.need("]", `\`]\` to close \`${name.text}[\``);
  return { kind: "variable", name, subset, range: cursor.rangeFrom(name.range.start) };
}

/**
 * One or more names with commas. `after` are the words and symbols that may follow the list; they are how a missing or
 * superfluous comma is told from the list's end.
 */
export function parseNames(cursor: Cursor, what: string, after: readonly string[] = []): Name[] | undefined {
  const names: Name[] = [];
  do {
    if (isClause(cursor, after)) {
      cursor.expected(what);
      return undefined;
    }
    const name = cursor.name(what);
    if (!name) return undefined;
    names.push(name);
  } while (takeComma(cursor, ...after));
  return names;
}

/** Whether the next clause begins where a name should stand: its word, with a word behind it that begins no clause. */
function isClause(cursor: Cursor, words: readonly string[]): boolean {
  const next = cursor.peek(1);
  return (
    cursor.isWord() &&
    words.includes(cursor.peek().text) &&
    next.kind === "word" &&
    !next.first &&
    !words.includes(next.text)
  );
}

/**
 * Whether a list goes on: takes a comma, or tells a missing one when another item stands on the same line. `after` are
 * the words and symbols that may follow the list.
 */
export function takeComma(cursor: Cursor, ...after: string[]): boolean {
  if (cursor.take(",")) return true;
  const token = cursor.peek();
  if (token.first || after.includes(token.text) || cursor.beginsStatement()) return false;
  if (clauseWords.includes(token.text) && ["word", "number"].includes(cursor.peek(1).kind)) return false;
  if (token.kind === "number" || (token.kind === "word" && !endsList(token.text, after))) {
    if (token.kind === "number" && !after.includes(")")) return false;
    if (!after.includes(")") && !after.includes("]") && isModifier(cursor)) {
      unknownModifier(cursor);
      return false;
    }
    cursor.expected("`,`", ",");
    return true;
  }
  return false;
}

/** Whether a word is one that may follow a list, or a misspelling of it. */
function endsList(text: string, after: readonly string[]): boolean {
  return (
    nearest(
      text,
      after.filter((word) => /^\w/.test(word)),
    ) !== undefined
  );
}
