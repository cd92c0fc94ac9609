/**
 * Text to tree. Parsing never fails and takes linear time: a statement that cannot be read is told once and left out,
 * and reading goes on at the next line that begins a statement, or at the closing brace.
 */
import { Cursor } from "./cursor";
import type { Diagnostic } from "./diagnostic";
import { nearest } from "./nearest";
import { parseHeadless, parseSpec } from "./parse-spec";
import { endLine } from "./recovery";
import { parseString } from "./parse-values";
import { scan, type Token, type Trivia } from "./scanner";
import type { FileTree, UseStatement } from "./tree";
import { fileWords, statementWords } from "./words";

export interface Parse {
  tree: FileTree;
  /** Syntax errors, in the order of the text. */
  diagnostics: Diagnostic[];
  /** All tokens but comments; the last is of kind `end`. */
  tokens: Token[];
  /** All comments, documentation included. */
  trivia: Trivia[];
}

/** The newest version of the language, as in `language 1`. */
const languageVersion = 1;

/** Characters of a text, above which it is no spec and is not read. */
const LARGEST_TEXT = 1 << 20;

/** A fault on a first line of a million characters is marked at its start. */
const LONGEST_PLACE = 80;

/** Reads a `.bottleneck` file. */
export function parse(text: string): Parse {
  if (text.length > LARGEST_TEXT) return unread(text);
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
  return { tree, diagnostics: cursor.diagnostics, ...scanned };
}

/** Nothing of a text that is too large, and one fault on its first line. */
function unread(text: string): Parse {
  const { tree, tokens, trivia } = parse("");
  const range = { start: 0, end: Math.min(text.search(/[\r\n]|$/), LONGEST_PLACE) };
  const message = "This text is larger than 1 MB, so it is not read. Split it into several files.";
  return {
    tree: { ...tree, range: { start: 0, end: text.length } },
    diagnostics: [{ code: "too-deep", severity: "error", message, range }],
    tokens,
    trivia,
  };
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
    if (word === "spec" && (word === token.text || header)) return void tree.specs.push(parseSpec(cursor));
    if (header && !Object.hasOwn(statementWords, token.text)) return void tree.specs.push(parseSpec(cursor));
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
    ? `\`${word}\` is outside a spec. Write \`spec NAME {\` above it and \`}\` below.`
    : 'Expected `spec NAME {`, or `use "..."` before the specs.';
  if (token.fault) cursor.next();
  else cursor.fault(word ? "outside-spec" : "expected", message, token);
  const spec = parseHeadless(cursor);
  if (spec) tree.specs.push(spec);
}

/** Whether a spec's header stands here, whatever its first word: `model A {`, `spce A "title" {`. */
function beginsHeader(cursor: Cursor): boolean {
  if (!cursor.isWord(undefined, 1) || cursor.peek(1).first) return false;
  return [2, 3].some((ahead) => cursor.is("{", ahead) || cursor.isWord("extends", ahead));
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
      const message = "`language` can only be on the first line of the file.";
      cursor.fault("misplaced", message, { start: word.start, end: token.end });
    } else if (Number(token.text) !== languageVersion) {
      const message = `This program reads language ${languageVersion}; the file asks for language ${token.text}.`;
      const text = String(languageVersion);
      const fixes = [{ title: `Write \`language ${text}\``, edits: [{ range, text }] }];
      cursor.fault("language-version", message, range, fixes);
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
    const [first] = tree.specs;
    if (first) {
      const { start } = first.range;
      const edits = [
        { range: { start, end: start }, text: `use "${path.value}"\n\n` },
        { range: use.range, text: "" },
      ];
      const fixes = [{ title: "Move it above the first spec", edits }];
      cursor.fault("misplaced", "`use` must come before the first spec.", use.range, fixes);
    }
    tree.uses.push(use);
  }
  endLine(cursor);
}
