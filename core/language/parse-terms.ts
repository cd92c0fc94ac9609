/** Rules for information terms, their weights, bounds and targets. */
import type { Cursor } from "./cursor";
import { nearest } from "./nearest";
import {
  maximumDepth,
  parseFactor,
  parseHyphenated,
  parseHyphenatedCall,
  parseProduct,
  parseVariable,
  tooDeep,
} from "./parse-values";
import type { BoundClause, InformationTerm, Name, Target, Value, Variable, WeightedTerm } from "./tree";
import { reasonOutside } from "./outside";
import { functionalWords, type FunctionalWord } from "./words";

const targetModes = ["at", "below", "floor"] as const;
const clauseWords = ["by", ...targetModes] as const;

/** `a * I(X; Z) by kl + I(Y; Z)`. */
export function parseTerms(cursor: Cursor, side: "compress" | "keep"): WeightedTerm[] | undefined {
  const terms: WeightedTerm[] = [];
  do {
    const term = parseWeightedTerm(cursor);
    if (!term) return undefined;
    terms.push(term);
  } while (cursor.take("+"));
  if (cursor.is("-")) {
    const message = "Terms cannot be subtracted. To penalise information, use `compress`.";
    const range = { start: cursor.previous().end, end: cursor.peek().end };
    const other = side === "keep" ? "compress" : "keep";
    const edits = [{ range, text: `\n  ${other}` }];
    cursor.fault("subtracted-term", message, cursor.peek(), [{ title: `Write a \`${other}\` term`, edits }]);
    return undefined;
  }
  return terms;
}

/** `2 * w * I(X; Zx) by gaussian at 5`. */
function parseWeightedTerm(cursor: Cursor): WeightedTerm | undefined {
  const { start } = cursor.peek();
  const weight = parseWeight(cursor);
  if (weight === "unreadable") return undefined;
  const term = parseTerm(cursor);
  if (!term) return undefined;
  const parts: Pick<WeightedTerm, "bound" | "target"> = {};
  for (;;) {
    const word = clauseWords.find((clause) => cursor.isWord(clause)) ?? misspelledClause(cursor);
    if (word === undefined) break;
    if ((word === "by" && parts.bound) || (word !== "by" && parts.target)) {
      const again = { start: cursor.previous().end, end: cursor.peek().end };
      const fixes = [{ title: `Remove the second \`${word}\``, edits: [{ range: again, text: "" }] }];
      cursor.fault("repeated-clause", `This term already has a \`${word}\`; keep one.`, cursor.peek(), fixes);
      if (cursor.isWord("by")) cursor.next();
      if (word === "by") parseBound(cursor);
      else parseTarget(cursor, word);
      again.end = cursor.previous().end;
      return undefined;
    }
    if (word === "by") {
      if (cursor.isWord("by")) cursor.next();
      const bound = parseBound(cursor);
      if (!bound) return undefined;
      parts.bound = bound;
    } else {
      const target = parseTarget(cursor, word);
      if (!target) return undefined;
      parts.target = target;
    }
  }
  return { ...(weight ? { weight } : {}), term, ...parts, range: cursor.rangeFrom(start) };
}

/** A word on the term's line that is close to a clause's; told, and taken, so that the clause is read. */
function misspelledClause(cursor: Cursor): (typeof clauseWords)[number] | undefined {
  if (cursor.peek().first || cursor.beginsStatement()) return undefined;
  return cursor.takeMisspelled(clauseWords) as (typeof clauseWords)[number] | undefined;
}

/** The factors before a term, up to the term's own word; undefined when there are none. */
function parseWeight(cursor: Cursor): Value | undefined | "unreadable" {
  const { start } = cursor.peek();
  let weight: Value | undefined;
  let operator: "*" | "/" = "*";
  for (let length = 0; !atTerm(cursor); length++) {
    if (length > maximumDepth) return tooDeep(cursor) ?? "unreadable";
    const factor = parseFactor(cursor);
    if (!factor) return "unreadable";
    const range = cursor.rangeFrom(start);
    weight = weight ? { kind: "binary", operator, left: weight, right: factor, range } : factor;
    if (cursor.take("/")) operator = "/";
    else if (cursor.take("*")) operator = "*";
    else if (atTerm(cursor)) cursor.expected("`*` between the weight and the term", " *");
    else {
      cursor.expected("`*` and an information term such as `I(X; Z)`");
      return "unreadable";
    }
  }
  return weight;
}

/** Whether an information term begins here; a word before `(` can be nothing else. */
function atTerm(cursor: Cursor): boolean {
  return cursor.isWord() && cursor.is("(", 1);
}

/** `I(A, B; C | D)`, `TC(Z)`, `gap(Z, each)`, `H(Z)`. */
function parseTerm(cursor: Cursor): InformationTerm | undefined {
  const word = cursor.next();
  const functional = functionalWords.find((known) => known === word.text) ?? misspelledTerm(cursor, word);
  if (!functional) return undefined;
  cursor.next();
  return functional === "I"
    ? parseInformation(cursor, word.start)
    : parseFunctional(cursor, functional, word.start);
}

const synonyms = new Map<string, FunctionalWord>([
  ["mi", "I"],
  ["kl", "gap"],
  ["entropy", "H"],
  ["multiinformation", "TC"],
]);

function misspelledTerm(
  cursor: Cursor,
  word: { text: string; start: number; end: number },
): FunctionalWord | undefined {
  const meant = synonyms.get(word.text.toLowerCase()) ?? nearest(word.text, functionalWords);
  if (meant !== undefined) cursor.misspelled(word, meant);
  else {
    const reason = reasonOutside(word.text);
    const message = reason
      ? `Unexpected \`${word.text}(\`. ${reason}`
      : `Unknown information term \`${word.text}\`; expected \`I(A; B)\`, \`TC(Z)\`, \`gap(Z)\` or \`H(Z)\`.`;
    const fixes = [
      { title: "Change to `I`", edits: [{ range: { start: word.start, end: word.end }, text: "I" }] },
    ];
    cursor.fault("unknown-term", message, word, reason ? [] : fixes);
  }
  return meant as FunctionalWord | undefined;
}

function parseInformation(cursor: Cursor, start: number): InformationTerm | undefined {
  let left = parseVariables(cursor, [";", "|", ")"]);
  if (!left) return undefined;
  let right: Variable[] | undefined;
  if (cursor.take(";")) {
    right = parseVariables(cursor, ["|", ")"]);
  } else if (left.length === 2 && (cursor.is(")") || cursor.is("|"))) {
    const [a, b] = left as [Variable, Variable];
    const edits = [{ range: { start: a.range.end, end: b.range.start }, text: "; " }];
    const fixes = [{ title: "Write `;` between the two sides", edits }];
    cursor.fault("expected", "Expected `;` between the two sides of `I(A; B)`, found `,`.", b.range, fixes);
    [left, right] = [[a], [b]];
  } else if (cursor.isWord() && !cursor.peek().first) {
    cursor.expected("`;` between the two sides of `I(A; B)`", ";");
    right = parseVariables(cursor, ["|", ")"]);
  } else {
    cursor.expected("`;` and the other side of `I(A; B)`");
    return undefined;
  }
  if (!right) return undefined;
  if (cursor.is(";")) {
    const message =
      "`I(A; B)` has two sides; join variables of one side with `,`, or use `TC(A, B, C)` for three.";
    const { start: at, end } = cursor.peek();
    const edits = [{ range: { start: at, end }, text: "," }];
    cursor.fault("too-many-sides", message, cursor.peek(), [{ title: "Change to `,`", edits }]);
    return undefined;
  }
  const given = cursor.take("|") ? parseVariables(cursor, [")"]) : [];
  if (!given) return undefined;
  cursor.need(")", "`)` to close `I(`");
  return { kind: "information", left, right, given, range: cursor.rangeFrom(start) };
}

function parseFunctional(
  cursor: Cursor,
  functional: Exclude<FunctionalWord, "I">,
  start: number,
): InformationTerm | undefined {
  const of = parseVariables(cursor, [")"]);
  if (!of) return undefined;
  const last = of.at(-1);
  const each = functional === "gap" && of.length > 1 && last?.name.text === "each" && !last.subset;
  if (each) of.pop();
  cursor.need(")", `\`)\` to close \`${functional}(\``);
  return { kind: "functional", functional, of, each, range: cursor.rangeFrom(start) };
}

/** Variables with commas; between two variables a missing comma, or a missing `;` of `I`, is told. */
function parseVariables(cursor: Cursor, after: readonly string[]): Variable[] | undefined {
  const variables: Variable[] = [];
  do {
    const variable = parseVariable(cursor);
    if (!variable) return undefined;
    variables.push(variable);
  } while (takeSeparator(cursor, after));
  return variables;
}

function takeSeparator(cursor: Cursor, after: readonly string[]): boolean {
  if (cursor.take(",")) return true;
  const token = cursor.peek();
  const next = cursor.peek(1);
  const another = token.kind === "word" && !token.first && [",", ";", "|", ")", "["].includes(next.text);
  if (!another || (after.includes(";") && next.text !== ";")) return false;
  cursor.expected("`,`", ",");
  return true;
}

/** `infonce(critic = dot) one-way as second`, after `by`. */
export function parseBound(cursor: Cursor): BoundClause | undefined {
  const { start } = cursor.peek();
  const call = parseHyphenatedCall(cursor, "a bound such as `kl`, `infonce` or `gaussian`");
  if (!call) return undefined;
  const flags: Name[] = [];
  let as: Name | undefined;
  while (cursor.isWord() && !cursor.beginsStatement()) {
    if (cursor.isWord("as")) {
      cursor.next();
      as = cursor.name("a name for the decoder");
      if (!as) return undefined;
      continue;
    }
    const numbered = cursor.peek(1).kind === "number" && !cursor.peek(1).first;
    if (cursor.peek().first || numbered || (clauseWords as readonly string[]).includes(cursor.peek().text))
      break;
    const flag = parseHyphenated(cursor, "a flag");
    if (!flag) return undefined;
    flags.push(flag);
  }
  return { name: call.name, args: call.args, flags, ...(as ? { as } : {}), range: cursor.rangeFrom(start) };
}

function parseTarget(cursor: Cursor, mode: Target["mode"]): Target | undefined {
  const { start } = cursor.peek();
  if (cursor.isWord(mode)) cursor.next();
  const value = parseProduct(cursor);
  if (!value) return undefined;
  const word = mode === "floor" && !cursor.endsStatement() ? cursor.takeWord("each") : undefined;
  const each = word && { each: { range: { start: word.start, end: word.end } } };
  return { mode, value, ...each, range: cursor.rangeFrom(start) };
}
