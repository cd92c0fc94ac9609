/** Rules for a spec: its header, its body, and what to make of the pieces of either. */
import type { Fix } from "./diagnostic";
import { nameOf, type Cursor } from "./cursor";
import { unknownModifier } from "./modifiers";
import { nearest } from "./nearest";
import { parseStatement } from "./parse-statements";
import { parseString, takeComma } from "./parse-values";
import {
  atBoundary,
  beginsBody,
  endLine,
  isExtraBrace,
  skipToBoundary,
  statementWord,
  type Opening,
} from "./recovery";
import type { Token } from "./scanner";
import type { Extension, Name, SpecTree, Unread } from "./tree";

/** A spec; the cursor stands on `spec`, or on a word in its place. */
export function parseSpec(cursor: Cursor): SpecTree {
  const doc = cursor.doc();
  const word = cursor.next();
  if (word.text !== "spec") cursor.misspelled(word, "spec");
  const name = cursor.name("a name for the spec");
  const spec: Omit<SpecTree, "name" | "range" | "body"> = {
    kind: "spec",
    ...(doc === undefined ? {} : { doc }),
    statements: [],
    unread: [],
  };
  for (;;) {
    if (cursor.peek().kind === "string" && !spec.title && !cursor.peek().first) {
      const title = parseString(cursor, "a title");
      if (title) spec.title = title;
    } else if (!spec.extension && (cursor.isWord("extends") || misspelledExtends(cursor))) {
      const extension = parseExtension(cursor);
      if (extension) spec.extension = extension;
    } else break;
  }
  if (!cursor.is("{") || cursor.faulty) {
    if (!cursor.is("{")) cursor.expected("`{` to begin the spec", " {");
    while (!cursor.atEnd() && !cursor.peek().first && !beginsBody(cursor)) cursor.next();
  }
  const open = cursor.take("{") ?? cursor.previous();
  parseBody(cursor, spec, { word, brace: open, multiline: cursor.peek().first });
  const range = cursor.rangeFrom(word.start);
  return { ...spec, name: name ?? noName(word.end), body: cursor.rangeFrom(open.start), range };
}

const noName = (at: number): Name => ({ kind: "name", text: "", range: { start: at, end: at } });

/**
 * Statements whose header is missing or cannot be read, which has been told: a spec named by the last word before its
 * brace, if there is one. Undefined when neither a brace nor a statement comes before the next line of the file.
 */
export function parseHeadless(cursor: Cursor): SpecTree | undefined {
  const word = cursor.peek();
  let name = noName(word.start);
  for (; !cursor.atEnd(); cursor.next()) {
    const token = cursor.peek();
    if (token.first && cursor.beginsFileLine()) return undefined;
    if (token.first && cursor.beginsStatement()) break;
    if (beginsBody(cursor)) break;
    if (token.kind === "word" && !cursor.is("=", 1)) name = nameOf(token);
  }
  if (cursor.atEnd()) return undefined;
  const start = cursor.peek().start;
  if (!cursor.is("{")) name = noName(start);
  const brace = cursor.take("{") ?? cursor.peek();
  const spec = { kind: "spec" as const, name, statements: [], unread: [] };
  parseBody(cursor, spec, { word, brace, multiline: cursor.peek().first, told: true });
  return { ...spec, body: cursor.rangeFrom(start), range: cursor.rangeFrom(word.start) };
}

function misspelledExtends(cursor: Cursor): boolean {
  return cursor.isWord() && !cursor.peek().first && nearest(cursor.peek().text, ["extends"]) !== undefined;
}

function parseExtension(cursor: Cursor): Extension | undefined {
  const word = cursor.next();
  if (word.text !== "extends") cursor.misspelled(word, "extends");
  const base = cursor.name("the spec to extend");
  if (!base) return undefined;
  const renames: Extension["renames"] = [];
  if (cursor.take("(") && !cursor.take(")")) {
    do {
      const from = cursor.name("a name of the extended spec");
      if (!from) return undefined;
      cursor.need("=", "`=`", " =");
      const to = cursor.name("its name here");
      if (!to) return undefined;
      renames.push({ from, to });
    } while (takeComma(cursor, ")"));
    cursor.need(")", `\`)\` to close \`${base.text}(\``);
  }
  return { base, renames, range: cursor.rangeFrom(word.start) };
}

/** The statements up to the closing brace, which is taken. */
function parseBody(cursor: Cursor, spec: Pick<SpecTree, "statements" | "unread">, opening: Opening): void {
  for (;;) {
    if (cursor.is("}")) {
      const { start, end } = cursor.peek();
      if (!isExtraBrace(cursor, opening)) return void cursor.next();
      // A brace left over by a block that could not be read follows from that fault, and is not told again.
      const fixes = [{ title: "Remove the `}`", edits: [{ range: { start, end }, text: "" }] }];
      const message = "This `}` closes the spec although more of it follows; remove it.";
      cursor.fault("stray-brace", message, { start, end }, fixes);
      cursor.next();
      if (!atBoundary(cursor)) skipToBoundary(cursor, opening);
    } else if (cursor.atEnd() || (cursor.isWord("spec") && cursor.beginsFileLine())) {
      if (opening.told || (cursor.atEnd() && cursor.faulty)) return;
      cursor.faulty = false;
      return unclosed(cursor, opening.brace);
    } else if (cursor.beginsFileLine()) {
      misplaced(cursor);
    } else {
      cursor.faulty = false;
      parseBodyStatement(cursor, spec, opening);
    }
  }
}

function unclosed(cursor: Cursor, open: Token): void {
  const { end } = cursor.previous();
  const fixes = [{ title: "Insert `}`", edits: [{ range: { start: end, end }, text: "\n}" }] }];
  const related = [{ message: "The spec begins here.", range: { start: open.start, end: open.end } }];
  const before = cursor.atEnd() ? "the end of the file" : "the next spec";
  cursor.fault(
    "unclosed-brace",
    `Expected \`}\` to close the spec before ${before}.`,
    cursor.previous(),
    fixes,
    related,
  );
}

function misplaced(cursor: Cursor): void {
  cursor.faulty = false;
  const { text } = cursor.peek();
  cursor.fault("misplaced", `\`${text}\` must come before the first spec, not inside a spec.`, cursor.peek());
  cursor.next();
  endLine(cursor);
}

function parseBodyStatement(
  cursor: Cursor,
  spec: Pick<SpecTree, "statements" | "unread">,
  opening: Opening,
): void {
  const token = cursor.peek();
  const word = statementWord(cursor);
  if (word !== undefined) {
    if (word !== token.text) cursor.misspelled(token, word);
    if (isDoubled(cursor)) tellDoubled(cursor);
    const named = cursor.peek(1);
    const statement = parseStatement(cursor, word);
    if (statement) spec.statements.push(statement);
    if (statement && atBoundary(cursor)) return;
    if (statement && cursor.isWord()) unknownModifier(cursor);
    else if (statement) cursor.expected("the end of the statement");
    skipToBoundary(cursor, opening);
    if (!statement) spec.unread.push(unread(token, cursor, word, named));
    return;
  }
  if (token.fault) cursor.next();
  else cursor.fault("unknown-statement", unknownStatement(token), token, meantStatement(token));
  skipToBoundary(cursor, opening, token);
  spec.unread.push(unread(token, cursor));
}

/** Whether a statement's word is written twice: `latent latent Z`, not a code that is named `latent`. */
function isDoubled(cursor: Cursor): boolean {
  const [token, second, third] = [cursor.peek(), cursor.peek(1), cursor.peek(2)];
  return second.text === token.text && !second.first && third.kind === "word" && !third.first;
}

function tellDoubled(cursor: Cursor): void {
  const { text, end } = cursor.next();
  const second = cursor.peek();
  const edits = [{ range: { start: end, end: second.end }, text: "" }];
  const message = `\`${text}\` is written twice; remove one of the two.`;
  cursor.fault("expected", message, second, [{ title: `Remove the second \`${text}\``, edits }]);
}

/** Words of other languages for a statement's word. */
const synonyms: Readonly<Record<string, string>> = {
  maximise: "keep",
  maximize: "keep",
  preserve: "keep",
  minimise: "compress",
  minimize: "compress",
  penalise: "compress",
  penalize: "compress",
  input: "modality",
  stream: "modality",
  view: "modality",
  code: "latent",
  encode: "latent",
  parameter: "knob",
  label: "target",
  factor: "observe",
};

function meantStatement({ text, start, end }: Token): Fix[] {
  const meant = Object.hasOwn(synonyms, text.toLowerCase()) ? synonyms[text.toLowerCase()] : undefined;
  return meant === undefined
    ? []
    : [{ title: `Change to \`${meant}\``, edits: [{ range: { start, end }, text: meant }] }];
}

function unknownStatement(token: Token): string {
  const words = "`modality`, `latent`, `compress` or `keep`";
  return `\`${token.text}\` begins no statement; expected one such as ${words}.`;
}

function unread(token: Token, cursor: Cursor, word?: string, named?: Token): Unread {
  const name: Name | undefined =
    named?.kind === "word" && !named.first
      ? { kind: "name", text: named.text, range: { start: named.start, end: named.end } }
      : undefined;
  return { ...(word ? { word } : {}), ...(name ? { name } : {}), range: cursor.rangeFrom(token.start) };
}
