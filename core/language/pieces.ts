/** What the formatter writes as one row each: a header, a statement, a setting of a block, a closing brace. */
import type { Range } from "./diagnostic";
import { blockOpening, pageWidth, printHeader, printStatement, statementCells } from "./printer";
import { printSetting } from "./print-values";
import type { Row } from "./rows";
import { quote, type Token, type Trivia } from "./scanner";
import type { Parse } from "./sections";
import type { DataStatement, SpecTree, Statement, TrainStatement } from "./tree";

export interface Piece extends Pick<Row, "indent" | "group" | "cells" | "scope"> {
  /** The text it replaces. */
  range: Range;
  /** Indent of comments on lines of their own before it. */
  commentIndent: number;
  /** The statement it is, or is part of. */
  statement?: Range;
  startsSpec?: true;
  /** Ends with an opening brace. */
  opens?: boolean;
  /** Is a closing brace. */
  closes?: true;
}

type Add = (piece: Omit<Piece, "group" | "commentIndent"> & Partial<Piece>) => void;

/** All pieces of a file, in order. */
export function collectPieces(text: string, { tree, tokens, trivia }: Parse): Piece[] {
  const pieces: Piece[] = [];
  const source = new Source(text, tokens, trivia);
  const add: Add = (piece) => {
    const whole: Piece = { group: "", commentIndent: piece.indent, ...piece };
    pieces.push(
      source.holdsComment(piece.range)
        ? { ...whole, group: "", cells: [source.asWritten(piece.range)] }
        : whole,
    );
  };
  if (tree.version) {
    const { start } = tokens.find((token) => token.text === "language") ?? tree.version.range;
    add({
      indent: 0,
      cells: [`language ${tree.version.text}`],
      range: { start, end: tree.version.range.end },
    });
  }
  for (const { path, range } of tree.uses) add({ indent: 0, cells: [`use ${quote(path.value)}`], range });
  tree.specs.forEach((spec, scope) => addSpec(add, source, spec, scope));
  return pieces;
}

function addSpec(add: Add, source: Source, spec: SpecTree, scope: number): void {
  const { start } = spec.range;
  const header = { start, end: spec.body.start + 1 };
  add({ indent: 0, cells: [printHeader(spec)], range: header, opens: true, startsSpec: true });
  for (const statement of spec.statements) addStatement(add, source, statement, scope);
  const { end } = spec.body;
  add({ indent: 0, cells: ["}"], range: { start: end - 1, end }, commentIndent: 2, closes: true });
}

function addStatement(add: Add, source: Source, statement: Statement, scope: number): void {
  const { range } = statement;
  if ((statement.kind === "data" || statement.kind === "train") && isBroken(source, statement)) {
    addBlock(add, source, statement);
    return;
  }
  add({ indent: 2, ...statementCells(statement), range, scope, statement: range });
}

/** Whether a block stands on several lines: as it was written, or because it is too wide for one. */
function isBroken(source: Source, statement: DataStatement | TrainStatement): boolean {
  const { settings, range } = statement;
  if (source.text[range.end - 1] !== "}") return false;
  if (settings.length === 0) return source.holdsComment(range);
  return source.isBroken(range) || 2 + printStatement(statement).length > pageWidth;
}

function addBlock(add: Add, source: Source, statement: DataStatement | TrainStatement): void {
  const { range, settings } = statement;
  const part = { statement: range };
  const open = source.endOf("{", range.start);
  add({
    indent: 2,
    cells: [blockOpening(statement)],
    range: { start: range.start, end: open },
    opens: true,
    ...part,
  });
  for (const setting of settings) {
    const end = source.commaAfter(setting.range.end);
    add({ indent: 4, cells: [printSetting(setting)], range: { start: setting.range.start, end }, ...part });
  }
  const closing = { start: range.end - 1, end: range.end };
  add({ indent: 2, cells: ["}"], range: closing, commentIndent: 4, closes: true, ...part });
}

/** Questions about the text between tokens. */
class Source {
  constructor(
    readonly text: string,
    private readonly tokens: readonly Token[],
    private readonly trivia: readonly Trivia[],
  ) {}

  /** Whether a comment stands inside a range. */
  holdsComment({ start, end }: Range): boolean {
    const trivium = this.trivia[firstFrom(this.trivia, start)];
    return trivium !== undefined && trivium.start < end;
  }

  isBroken({ start, end }: Range): boolean {
    return /[\r\n]/.test(this.text.slice(start, end));
  }

  /** The text of a range as it stands, without white space at the ends of lines. */
  asWritten({ start, end }: Range): string {
    return this.text
      .slice(start, end)
      .split(/\r\n|\r|\n/)
      .map((line) => line.trimEnd())
      .join("\n");
  }

  /** Where the first such token at or after `offset` ends. */
  endOf(text: string, offset: number): number {
    for (let i = firstFrom(this.tokens, offset); i < this.tokens.length; i++) {
      const token = this.tokens[i];
      if (token?.text === text) return token.end;
    }
    return offset;
  }

  /** Where the comma that is the next token at or after `offset` ends; `offset` when there is none. */
  commaAfter(offset: number): number {
    const token = this.tokens[firstFrom(this.tokens, offset)];
    return token?.text === "," ? token.end : offset;
  }
}

/** Index of the first of ordered ranges that starts at or after `offset`. */
function firstFrom(ranges: readonly Range[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as Range).start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
