import type { Diagnostic, Fix, Range, TextEdit } from "./diagnostic";
import type { FaultCode } from "./faults";
import { nearest } from "./nearest";
import type { Scan, Token, Trivia } from "./scanner";
import type { Name } from "./tree";
import { fileWords, statementWords } from "./words";

/** The words before a name that is declared. */
const declaring = new Set(["modality", "target", "observe", "latent", "knob", "each"]);

/**
 * A walk over the tokens that tells faults. Within one statement only the first fault is told: what follows it may be
 * its consequence. A rule that cannot go on returns undefined; the statement is then left out of the tree.
 */
export class Cursor {
  readonly diagnostics: Diagnostic[] = [];
  /** Trivia that document a node; the rest are comments. */
  readonly docs = new Set<Trivia>();
  /** True after a fault, until the next statement begins. */
  faulty = false;
  /** The statement that is being read: its word, and where that begins. */
  statement = { word: "", start: 0 };
  private at = 0;
  private triviaAt = 0;
  private declared: Set<string> | undefined;
  private readonly tokens: Token[];
  private readonly trivia: Trivia[];

  constructor(scan: Scan) {
    this.tokens = scan.tokens;
    this.trivia = scan.trivia;
  }

  // --- Looking ---

  /** Index of the current token. */
  get index(): number {
    return this.at;
  }

  /** The token `ahead` of the current one; the end token beyond the end. */
  peek(ahead = 0): Token {
    const index = Math.min(this.at + ahead, this.tokens.length - 1);
    return this.tokens[index] as Token;
  }

  /** The token before the current one; the current one at the start. */
  previous(): Token {
    return this.tokens[Math.max(this.at - 1, 0)] as Token;
  }

  is(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "symbol" && token.text === symbol;
  }

  isWord(text?: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "word" && (text === undefined || token.text === text);
  }

  /** Whether `symbol` stands again later on the current line, with more than further such symbols up to there. */
  anotherOnLine(symbol: string): boolean {
    if (this.is(symbol, 1)) return false;
    for (let ahead = 1; !this.peek(ahead).first && this.peek(ahead).kind !== "end"; ahead++) {
      if (this.is(symbol, ahead)) return true;
      if (this.beginsStatement(ahead) || this.beginsFileLine(ahead)) return false;
    }
    return false;
  }

  atEnd(): boolean {
    return this.peek().kind === "end";
  }

  /** Whether the token `ahead` begins a statement: its word, followed on the same line by what it needs. */
  beginsStatement(ahead = 0): boolean {
    return this.begins(statementWords, ahead);
  }

  /** Whether the token `ahead` begins a line of a file: `language 1`, `use "..."`, `spec A {`. */
  beginsFileLine(ahead = 0): boolean {
    return this.begins(fileWords, ahead) && (!this.isWord("spec", ahead) || !this.is("=", ahead + 2));
  }

  private begins(words: Record<string, readonly string[]>, ahead: number): boolean {
    const token = this.peek(ahead);
    if (token.kind !== "word" || !Object.hasOwn(words, token.text)) return false;
    const next = this.peek(ahead + 1);
    if (next.first) return false;
    return words[token.text]?.includes(next.kind === "symbol" ? next.text : next.kind) ?? false;
  }

  /** Whether a statement may end before the token `ahead`. */
  endsStatement(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.first || token.kind === "end" || this.is("}", ahead) || this.beginsStatement(ahead);
  }

  /** Whether a word stands later on the current line. */
  isLaterOnLine(text: string): boolean {
    for (let ahead = 1; !this.endsStatement(ahead); ahead++) if (this.isWord(text, ahead)) return true;
    return false;
  }

  /** The words from this place of the text to the current token. */
  wordsSince(start: number): Set<string> {
    const words = new Set<string>();
    for (let i = this.at - 1; i >= 0 && this.tokens[i]!.start >= start; i--) words.add(this.tokens[i]!.text);
    return words;
  }

  /** The next tokens as text, with a space between. */
  textOf(length: number): string {
    return this.tokens
      .slice(this.at, this.at + length)
      .map(({ text }) => text)
      .join(" ");
  }

  /** Whether a statement of the file declares this name. */
  declares(name: string): boolean {
    this.declared ??= new Set(
      this.tokens.filter((_, i) => i > 0 && declaring.has(this.tokens[i - 1]!.text)).map(({ text }) => text),
    );
    return this.declared.has(name);
  }

  // --- Moving ---

  /** Moves past the current token, telling its own fault if it has one. */
  next(): Token {
    const token = this.peek();
    if (token.fault) this.fault(token.fault.code, token.fault.message, token, token.fault.fixes);
    if (token.kind !== "end") this.at++;
    return token;
  }

  take(symbol: string): Token | undefined {
    return this.is(symbol) ? this.next() : undefined;
  }

  takeWord(text: string): Token | undefined {
    return this.isWord(text) ? this.next() : undefined;
  }

  /** From `start` to the end of the last token taken. */
  rangeFrom(start: number): Range {
    return { start, end: Math.max(start, this.previous().end) };
  }

  /** The text of the `///` lines since the previous token, without slashes, or undefined. Also forgets older trivia. */
  doc(): string | undefined {
    const { start } = this.peek();
    const from = this.at === 0 ? 0 : this.previous().end;
    const lines: string[] = [];
    for (; this.triviaAt < this.trivia.length; this.triviaAt++) {
      const trivium = this.trivia[this.triviaAt] as Trivia;
      if (trivium.start >= start) break;
      if (!trivium.doc || trivium.start < from) continue;
      this.docs.add(trivium);
      lines.push(trivium.text.slice(3).replace(/^ /, ""));
    }
    return lines.length > 0 ? lines.join("\n") : undefined;
  }

  // --- Faults ---

  /** Tells a fault, unless the statement, or the place, already has one. */
  fault(
    code: FaultCode,
    message: string,
    range: Range,
    fixes?: Fix[],
    related?: Diagnostic["related"],
  ): void {
    if (this.faulty) return;
    this.faulty = true;
    if (this.diagnostics.at(-1)?.range.start === range.start) return;
    this.diagnostics.push({
      code,
      severity: "error",
      message,
      range: { start: range.start, end: range.end },
      ...(fixes && fixes.length > 0 ? { fixes } : {}),
      ...(related ? { related } : {}),
    });
  }

  /** Tells that `what` was expected here. With `insert`, the fix writes it after the previous token. */
  expected(what: string, insert?: string): void {
    const token = this.peek();
    if (token.fault) {
      this.fault(token.fault.code, token.fault.message, token, token.fault.fixes);
      return;
    }
    const broken = token.first || token.kind === "end";
    const before = this.previous();
    const found =
      token.kind === "end"
        ? "the end of the file"
        : token.first
          ? "the end of the line"
          : `\`${token.text}\``;
    const edits: TextEdit[] = [{ range: { start: before.end, end: before.end }, text: insert ?? "" }];
    const fixes: Fix[] = insert === undefined ? [] : [{ title: `Insert \`${insert.trim()}\``, edits }];
    if (!broken) fixes.push(...otherSlips(before, token, insert?.trim()));
    this.fault("expected", `Expected ${what}, found ${found}.`, broken ? before : token, fixes);
  }

  /** Takes a symbol; when it is not there, tells so and goes on as if it were. The fix inserts `insert`. */
  need(symbol: string, what = `\`${symbol}\``, insert = symbol): void {
    if (!this.take(symbol)) this.expected(what, insert);
  }

  /** Takes the current word as a misspelling of one of `words`, telling so, if it is close to exactly such a word. */
  takeMisspelled(words: Iterable<string>): string | undefined {
    const token = this.peek();
    if (token.kind !== "word") return undefined;
    const meant = nearest(token.text, words);
    if (meant === undefined) return undefined;
    this.misspelled(token, meant);
    this.next();
    return meant;
  }

  misspelled(token: Range & { text: string }, meant: string): void {
    const fixes = [
      {
        title: `Change to \`${meant}\``,
        edits: [{ range: { start: token.start, end: token.end }, text: meant }],
      },
    ];
    this.fault(
      "misspelled-word",
      `\`${token.text}\` is not known here; did you mean \`${meant}\`?`,
      token,
      fixes,
    );
  }

  // --- Names ---

  /** A name, or undefined after telling that `what` was expected. A line that begins a statement is not a name. */
  name(what: string): Name | undefined {
    const token = this.peek();
    if (token.kind === "word" && !(token.first && (this.beginsStatement() || this.beginsFileLine()))) {
      this.next();
      return nameOf(token);
    }
    this.expected(token.kind === "number" && !token.first ? `${what} (a name begins with a letter)` : what);
    return undefined;
  }
}

/** What else may have been meant where a token is not the expected one: it is written twice, or in the other's place. */
function otherSlips(before: Token, token: Token, expected: string | undefined): Fix[] {
  const fixes: Fix[] = [];
  if (token.text === before.text) {
    const twice = { range: { start: before.end, end: token.end }, text: "" };
    fixes.push({ title: `Remove the second \`${token.text}\``, edits: [twice] });
  }
  if (token.kind === "symbol" && expected !== undefined) {
    const changed = { range: { start: token.start, end: token.end }, text: expected };
    fixes.push({ title: `Change to \`${expected}\``, edits: [changed] });
  }
  return fixes;
}

/** The name that a token is. */
export function nameOf(token: Token): Name {
  return { kind: "name", text: token.text, range: { start: token.start, end: token.end } };
}
