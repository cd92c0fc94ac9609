/**
 * Text to tree. Parsing never fails and takes linear time: a statement that cannot be read is told once and left out,
 * and reading goes on at the next line that begins a statement, or at the closing brace.
 */
import { Cursor } from "./cursor";
import type { Diagnostic } from "./diagnostic";
import { nearest } from "./nearest";
import { parseStatement } from "./parseStatements";
import { parseString, takeComma } from "./parseValues";
import { scan, type Token } from "./scanner";
import type { Extension, FileTree, Name, SpecTree, Unread, UseStatement } from "./tree";
import { fileWords, statementWords } from "./words";

export interface Parse {
  tree: FileTree;
  /** Syntax errors, in the order of the text. */
  diagnostics: Diagnostic[];
  /** All tokens but comments; the last is of kind `end`. */
  tokens: Token[];
}

/** The newest version of the language, as in `language 1`. */
export const languageVersion = 1;

/** Reads a `.bottleneck` file. */
export function parse(text: string): Parse {
  const scanned = scan(text);
  const cursor = new Cursor(scanned);
  const tree: FileTree = {
    kind: "file",
    uses: [],
    specs: [],
    comments: [],
    range: { start: 0, end: text.length },
  };
  while (!cursor.atEnd()) {
    cursor.faulty = false;
    parseFileLine(cursor, tree);
  }
  tree.comments = scanned.trivia
    .filter((trivium) => !cursor.docs.has(trivium))
    .map(({ start, end, text: written }) => ({ range: { start, end }, text: written }));
  return { tree, diagnostics: cursor.diagnostics, tokens: scanned.tokens };
}

function parseFileLine(cursor: Cursor, tree: FileTree): void {
  const token = cursor.peek();
  if (token.kind === "word") {
    const word = Object.hasOwn(fileWords, token.text)
      ? token.text
      : nearest(token.text, Object.keys(fileWords));
    const header = beginsHeader(cursor);
    if (word === "language" && !header) return parseVersion(cursor, tree);
    if (word === "use" && !header) return parseUse(cursor, tree);
    if (word === "spec" && (word === token.text || header)) return void tree.specs.push(...parseSpec(cursor));
    if (header && !Object.hasOwn(statementWords, token.text))
      return void tree.specs.push(...parseSpec(cursor));
  }
  if (cursor.is("}")) {
    cursor.fault("stray-brace", "This `}` closes nothing.", token, [
      { title: "Remove the `}`", edits: [{ range: { start: token.start, end: token.end }, text: "" }] },
    ]);
    cursor.next();
    return;
  }
  const word = token.kind === "word" && cursor.beginsStatement() ? token.text : undefined;
  const message = word
    ? `\`${word}\` stands outside a spec; write \`spec NAME {\` above it and \`}\` below.`
    : 'Expected `spec NAME {`, or `use "..."` before the specs.';
  if (token.fault) cursor.next();
  else cursor.fault(word ? "outside-spec" : "expected", message, token);
  skipOrphans(cursor);
}

/** Whether a spec's header stands here, whatever its first word: `model A {`, `spce A "title" {`. */
function beginsHeader(cursor: Cursor): boolean {
  if (!cursor.isWord(undefined, 1) || cursor.peek(1).first) return false;
  return [2, 3].some((ahead) => cursor.is("{", ahead) || cursor.isWord("extends", ahead));
}

/** Moves to the next line of the file, past statements without a spec and the brace that closes them. */
function skipOrphans(cursor: Cursor): void {
  let depth = 0;
  for (let moved = false; !cursor.atEnd(); moved = true) {
    if (moved && cursor.peek().first && cursor.beginsFileLine()) return;
    const token = cursor.next();
    if (token.kind !== "symbol") continue;
    if (token.text === "{") depth++;
    if (token.text === "}" && (token.first || cursor.peek().first) && --depth < 0) return;
  }
}

// --- Lines before the specs ---

function parseVersion(cursor: Cursor, tree: FileTree): void {
  const word = cursor.next();
  if (word.text !== "language") cursor.misspelled(word, "language");
  const token = cursor.peek();
  const range = { start: token.start, end: token.end };
  if (token.kind !== "number" || token.first)
    cursor.expected("the version of the language", ` ${languageVersion}`);
  else {
    cursor.next();
    if (tree.version || tree.uses.length > 0 || tree.specs.length > 0) {
      const message = "`language` stands once, on the first line of the file.";
      cursor.fault("misplaced", message, { start: word.start, end: token.end });
    } else if (Number(token.text) !== languageVersion) {
      const message = `This program reads language ${languageVersion}; the file asks for language ${token.text}.`;
      cursor.fault("language-version", message, range);
    }
    tree.version ??= { kind: "number", value: Number(token.text), text: token.text, range };
  }
  endLine(cursor);
}

function parseUse(cursor: Cursor, tree: FileTree): void {
  const word = cursor.next();
  if (word.text !== "use") cursor.misspelled(word, "use");
  const path = parseString(cursor, "the path of another file");
  if (path) {
    const use: UseStatement = { kind: "use", path, range: cursor.rangeFrom(word.start) };
    if (tree.specs.length > 0) cursor.fault("misplaced", "`use` stands before the first spec.", use.range);
    tree.uses.push(use);
  }
  endLine(cursor);
}

/** Moves to the next line, or to what begins one; what stands in between is told. */
function endLine(cursor: Cursor): void {
  while (!cursor.atEnd() && !cursor.peek().first && !cursor.beginsFileLine()) {
    cursor.expected("the end of the line");
    cursor.next();
  }
}

// --- Specs ---

/** A spec; the cursor stands on `spec`, or on a word in its place. Empty when it has no name. */
function parseSpec(cursor: Cursor): SpecTree[] {
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
  if (!name) return [];
  return [{ ...spec, name, body: cursor.rangeFrom(open.start), range: cursor.rangeFrom(word.start) }];
}

/** Whether a `{` stands here that a body can follow. */
function beginsBody(cursor: Cursor): boolean {
  const next = cursor.peek(1);
  return (
    cursor.is("{") && (next.first || next.kind === "end" || cursor.is("}", 1) || cursor.beginsStatement(1))
  );
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
      cursor.need("=");
      const to = cursor.name("its name here");
      if (!to) return undefined;
      renames.push({ from, to });
    } while (takeComma(cursor, ")"));
    cursor.need(")", `\`)\` to close \`${base.text}(\``);
  }
  return { base, renames, range: cursor.rangeFrom(word.start) };
}

/** How a spec began: what its closing brace is told by. */
interface Opening {
  /** The word `spec`. */
  word: Token;
  /** The opening brace, or the last token before the body when it is missing. */
  brace: Token;
  /** Whether the body begins on a line of its own. */
  multiline: boolean;
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
      if (cursor.atEnd() && cursor.faulty) return;
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

/**
 * Whether a `}` cannot be the one that closes the spec: more of the spec follows it, and it stands where none would
 * put a closing brace: in the middle of a line, at the end of a line of a spec of many lines, or deeper than the spec.
 */
function isExtraBrace(cursor: Cursor, opening: Opening): boolean {
  const { first, column } = cursor.peek();
  const next = cursor.peek(1);
  if (next.kind === "end" || cursor.beginsFileLine(1)) return false;
  if (!next.first) return cursor.anotherOnLine("}") || (!first && opening.multiline);
  if (!cursor.is("}", 1) && !cursor.beginsStatement(1)) return false;
  return first ? opening.word.first && column > opening.word.column : opening.multiline;
}

/** Whether the brace here begins a line, no deeper than the spec: it closes the spec, whatever stands open. */
function closesSpec(cursor: Cursor, { word }: Opening): boolean {
  const { first, column } = cursor.peek();
  return first && word.first && column <= word.column;
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
  cursor.fault("misplaced", `\`${text}\` stands before the first spec, not inside one.`, cursor.peek());
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
    const named = cursor.peek(1);
    const statement = parseStatement(cursor, word);
    if (statement) spec.statements.push(statement);
    if (statement && atBoundary(cursor)) return;
    if (statement) cursor.expected("the end of the statement");
    skipToBoundary(cursor, opening);
    if (!statement) spec.unread.push(unread(token, cursor, word, named));
    return;
  }
  if (token.fault) cursor.next();
  else cursor.fault("unknown-statement", unknownStatement(token), token);
  skipToBoundary(cursor, opening, token);
  spec.unread.push(unread(token, cursor));
}

/** The statement's word here, also when it is misspelled. */
function statementWord(cursor: Cursor): string | undefined {
  const { kind, text } = cursor.peek();
  if (kind !== "word") return undefined;
  return Object.hasOwn(statementWords, text) ? text : nearest(text, Object.keys(statementWords));
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

/** Whether a statement may end here. */
function atBoundary(cursor: Cursor): boolean {
  return cursor.peek().first || cursor.atEnd() || cursor.is("}") || cursor.beginsStatement();
}

/** Moves to the next line that begins a statement, or to the closing brace. At `from`, moves at least past it. */
function skipToBoundary(cursor: Cursor, opening: Opening, from?: Token): void {
  let depth = 0;
  for (;;) {
    const token = cursor.peek();
    if (token.kind === "end") return;
    if (token !== from) {
      if (token.first && (cursor.beginsStatement() || cursor.beginsFileLine())) return;
      if (token.first && depth === 0 && statementWord(cursor) !== undefined) return;
      if (cursor.is("}") && closesSpec(cursor, opening)) return;
      if (cursor.is("}") && depth === 0 && !isExtraBrace(cursor, opening)) return;
      if (cursor.is("}") && depth > 0) depth--;
      if (cursor.is("{")) depth++;
    }
    cursor.next();
  }
}
