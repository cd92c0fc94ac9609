/**
 * Text to tree. Parsing never fails and takes linear time: a statement that cannot be read is told once and left out,
 * and reading goes on at the next line that begins a statement, or at the closing brace.
 */
import { Cursor } from "./cursor";
import { nearest } from "./nearest";
import { parseHeadless, parseSpec } from "./parse-spec";
import { endLine } from "./recovery";
import { parseString } from "./parse-values";
import { scan, type Trivia } from "./scanner";
import { headOf, joined, kept, placeOf, sectionOf, type Parse, type Section } from "./sections";
import type { FileTree, UseStatement } from "./tree";
import { fileWords, statementWords } from "./words";

/** The newest version of the language, as in `language 1`. */
const languageVersion = 1;

/** Characters of a text, above which it is no spec and is not read. */
const LARGEST_TEXT = 1 << 20;

/** A fault on a first line of a million characters is marked at its start. */
const LONGEST_PLACE = 80;

/**
 * Reads a `.bottleneck` file.
 * @param before a parse of the text before an edit: the specs that the edit left as they were are not read again
 */
export function parse(text: string, before?: Parse): Parse {
  if (text.length > LARGEST_TEXT) return unread(text);
  const { first, last } = before ? kept(text, before) : { first: [], last: [] };
  const from = first.length > 0 ? placeOf(first.at(-1)!).end : 0;
  const between = last.length > 0 ? readSections(text, from, last[0]) : undefined;
  if (between !== undefined) return joined(text, [...first, ...between, ...last]);
  return joined(text, [...first, ...readSections(text, from)!]);
}

type Lines = Pick<FileTree, "version" | "uses" | "specs">;

/**
 * Reads the sections of a text from the end of a token, or from the start of the text, to its end.
 * @param next the section to stop at; undefined is returned where the text before it does not lead to its start
 */
function readSections(text: string, from: number, next?: Section): Section[] | undefined {
  const scanned = scan(text, from, next && next.part.head + next.shift);
  const cursor = new Cursor(scanned);
  const sections: Section[] = [];
  let trivium = 0;
  for (let start = from; ; start = sections.at(-1)!.part.range.end) {
    const first = cursor.index;
    if (next && beginsSpec(cursor) && cursor.peek().start === next.part.tokens[0]!.start + next.shift)
      return start === placeOf(next).start ? sections : undefined;
    const known = cursor.diagnostics.length;
    const tree: Lines = { uses: [], specs: [] };
    do {
      if (cursor.atEnd()) break;
      cursor.faulty = false;
      parseFileLine(cursor, tree);
    } while (!beginsSpec(cursor));
    const whole = cursor.atEnd();
    if (whole && next) return undefined;
    const range = { start, end: whole ? text.length : cursor.previous().end };
    const tokens = scanned.tokens.slice(first, whole ? undefined : cursor.index);
    const trivia: Trivia[] = [];
    for (let one; (one = scanned.trivia[trivium]) && (whole || one.start < range.end); trivium++)
      trivia.push(one);
    const comments = trivia
      .filter((one) => !cursor.docs.has(one))
      .map(({ start, end, text: written }) => ({ range: { start, end }, text: written }));
    const diagnostics = cursor.diagnostics.slice(known);
    sections.push(sectionOf({ ...tree, comments, tokens, trivia, diagnostics, range, head: headOf(tokens) }));
    if (whole) return sections;
  }
}

/** Whether a spec's own line is here, at which every section but the first begins. */
const beginsSpec = (cursor: Cursor): boolean =>
  cursor.isWord("spec") && cursor.peek().first && cursor.beginsFileLine();

/** Nothing of a text that is too large, and one fault on its first line. */
function unread(text: string): Parse {
  const range = { start: 0, end: Math.min(text.search(/[\r\n]|$/), LONGEST_PLACE) };
  const message = "This text is larger than 1 MB, so it is not read. Split it into several files.";
  const nothing = parse("");
  return {
    ...nothing,
    text,
    tree: { ...nothing.tree, range: { start: 0, end: text.length } },
    diagnostics: [{ code: "too-deep", severity: "error", message, range }],
    sections: [],
  };
}

function parseFileLine(cursor: Cursor, tree: Lines): void {
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

function parseVersion(cursor: Cursor, tree: Lines): void {
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

function parseUse(cursor: Cursor, tree: Lines): void {
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
