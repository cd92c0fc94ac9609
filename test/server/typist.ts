/**
 * A person who types a text with completion, in the way of VS Code: the list opens at the first letter of a word and after
 * the characters that the server names; what is typed next filters it; brackets and quotes close themselves; the top item
 * is accepted with one key where it is what is meant and shorter than typing. Nobody looks further down the list.
 */
import type { CompletionItem } from "vscode-languageserver/node";
import { at, type Editor } from "./editor";
import { matchOf, readingOf, type Reading } from "./typist-items";

interface Typed {
  /** Keys to type the text without completion; indentation is the editor's. */
  all: number;
  /** Keys that were pressed. */
  pressed: number;
  /** Where a word begins that a list could offer, and nothing accepted before had brought it. */
  places: number;
  /** Where the top item was what was meant next. */
  right: number;
  /** At each other place: the line before the cursor, and what was on top. */
  misses: string[];
}

/** An open list: its items as the server sent them, for the text up to `asked`. */
interface List {
  items: CompletionItem[];
  asked: number;
}

const closers: Record<string, string> = { "(": ")", "[": "]", "{": "}", '"': '"' };
const letter = /[\p{L}_]/u;
const wordCharacter = /[\p{L}\p{N}\p{M}_]/u;

/** Types `meant` into a new document. */
export async function type(editor: Editor, uri: string, meant: string): Promise<Typed> {
  await editor.open(uri, "");
  return new Typist(editor, uri, meant).run();
}

class Typist {
  private readonly triggers: string[];
  private readonly typed: Typed = { all: 0, pressed: 0, places: 0, right: 0, misses: [] };
  private version = 1;
  /** How much of the text is there. */
  private done = 0;
  /** What the editor has closed by itself, after the cursor. */
  private closed = "";
  private list: List | undefined;
  /** The start of the last word whose choice has been counted. */
  private counted = -1;

  constructor(
    private readonly editor: Editor,
    private readonly uri: string,
    private readonly meant: string,
  ) {
    this.triggers = editor.initialized.capabilities.completionProvider?.triggerCharacters ?? [];
  }

  async run(): Promise<Typed> {
    this.typed.all = this.keys(0, this.meant.length);
    while (this.done < this.meant.length) {
      if (this.list && this.accepted()) continue;
      await this.key();
    }
    return this.typed;
  }

  /** Looks at the top item, counts it where a word begins, and accepts it where that saves keys. */
  private accepted(): boolean {
    const top = this.top();
    const reading = top && this.read(top);
    this.count(top, reading);
    if (reading === undefined || reading.keys >= this.keys(this.done, reading.end)) return false;
    this.typed.pressed += reading.keys;
    this.done = reading.end;
    this.list = undefined;
    return true;
  }

  private count(top: CompletionItem | undefined, reading: Reading | undefined): void {
    const start = this.startsWord(this.done) ? this.done : this.done - 1;
    if (!this.startsWord(start) || this.counted === start) return;
    this.counted = start;
    this.typed.places++;
    if (reading) this.typed.right++;
    else this.typed.misses.push(`${this.line(this.done).trimStart()}| ${top?.label ?? "(no list)"}`);
  }

  private async key(): Promise<void> {
    const character = this.meant[this.done]!;
    const starts = this.startsWord(this.done);
    this.insert(character);
    if (!this.indents(this.done - 1)) this.typed.pressed++;
    await this.send();
    if (this.isProse(this.done) || this.indents(this.done - 1)) this.list = undefined;
    else if (this.triggers.includes(character)) this.list = await this.ask(character);
    else if (this.top() === undefined)
      // Idle: a letter asks, except between quotes.
      this.list = wordCharacter.test(character) && !this.inString(this.done) ? await this.ask() : undefined;
    if (starts && this.top() === undefined) this.count(undefined, undefined);
  }

  private insert(character: string): void {
    const over =
      this.closed.startsWith(character) &&
      (!/[\s}]/.test(character) || this.meant.slice(this.done).startsWith(this.closed));
    const prose = this.isProse(this.done);
    this.done++;
    if (over) this.closed = this.closed.slice(1);
    else if (character === "\n" && this.closed.startsWith("}")) this.closed = `\n${this.closed}`;
    else if (character in closers && !prose) this.closed = closers[character]! + this.closed;
  }

  private text = (): string => this.meant.slice(0, this.done) + this.closed;

  private send(): Promise<void> {
    return this.editor.notify("textDocument/didChange", {
      textDocument: { uri: this.uri, version: ++this.version },
      contentChanges: [{ text: this.text() }],
    });
  }

  private async ask(triggerCharacter?: string): Promise<List> {
    const context =
      triggerCharacter === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter };
    const items = await this.editor.request<CompletionItem[]>("textDocument/completion", {
      textDocument: { uri: this.uri },
      position: at(this.text(), this.done),
      context,
    });
    return { items, asked: this.done };
  }

  /** What is shown first: the best match of what is written, then a preselected item, then the server's order. */
  private top(): CompletionItem | undefined {
    const shown = (this.list?.items ?? []).flatMap((item) => {
      const match = matchOf(item, this.meant.slice(this.startOf(item), this.done));
      return match === undefined ? [] : [{ item, match }];
    });
    const best = Math.max(...shown.map(({ match }) => match));
    const order = ({ preselect, sortText, label }: CompletionItem): string =>
      `${preselect === true ? 0 : 1}${sortText ?? label}`;
    return shown
      .filter(({ match }) => match === best)
      .map(({ item }) => item)
      .sort((a, b) => (order(a) < order(b) ? -1 : 1))[0];
  }

  /** Where the item's text begins: in the line in which the list was opened. */
  private startOf({ textEdit }: CompletionItem): number {
    if (!textEdit || !("range" in textEdit)) return this.list!.asked;
    return this.meant.lastIndexOf("\n", this.list!.asked - 1) + 1 + textEdit.range.start.character;
  }

  private read(item: CompletionItem): Reading | undefined {
    const start = this.startOf(item);
    const reading = readingOf(item, this.meant, start);
    return reading && reading.end > this.done ? reading : undefined;
  }

  private line(offset: number): string {
    return this.meant.slice(this.meant.lastIndexOf("\n", offset - 1) + 1, offset);
  }

  private inString = (offset: number): boolean => this.line(offset).split('"').length % 2 === 0;

  /** In a comment and in the title of a spec there is nothing to choose. */
  private isProse(offset: number): boolean {
    const line = this.line(offset);
    return line.includes("//") || (line.startsWith("spec ") && this.inString(offset));
  }

  private indents = (index: number): boolean => this.meant[index] === " " && !/\S/.test(this.line(index));

  /** Whether a word of the language or of the spec begins here, or the text between quotes. */
  private startsWord(offset: number): boolean {
    if (this.isProse(offset)) return false;
    const before = this.meant[offset - 1] ?? "";
    if (this.inString(offset)) return before === '"';
    return letter.test(this.meant[offset] ?? "") && !wordCharacter.test(before);
  }

  private keys(from: number, to: number): number {
    let keys = 0;
    for (let i = from; i < to; i++) if (!this.indents(i)) keys++;
    return keys;
  }
}
