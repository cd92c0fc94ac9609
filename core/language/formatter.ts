/**
 * Formatting: the printer's text for each statement, at the place where it stands. Comments, documentation and single
 * blank lines stay; nothing but white space and superfluous signs changes, so the meaning does not. In a text with
 * syntax errors only whole statements that stand alone on their lines are touched.
 */
import type { Range, TextEdit } from "./diagnostic";
import { parse } from "./parser";
import { collectPieces, type Piece } from "./pieces";
import { alignRows, type Row } from "./rows";
import type { Trivia } from "./scanner";
import type { Parse } from "./sections";

/** A row, and the text it replaces. */
interface SourcedRow extends Row {
  source: Range;
  piece?: Piece;
}

/** The edits that format a text, or the lines of it that `range` touches; none when it is formatted already. */
export function format(text: string, range: Range = { start: 0, end: text.length }): TextEdit[] {
  const parsed = parse(text);
  const clean = parsed.diagnostics.length === 0;
  const rows = collectRows(text, parsed);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const whole = range.start <= 0 && range.end >= text.length;
  const edits: TextEdit[] = [];
  const edit = (start: number, end: number, written: string): void => {
    const replacement = written.replaceAll("\n", newline);
    if (text.slice(start, end) !== replacement) edits.push({ range: { start, end }, text: replacement });
  };

  const lines = linesOf(text, range);
  const selected = (row: SourcedRow | undefined): boolean =>
    row !== undefined && row.source.start <= lines.end && row.source.end >= lines.start;
  const codes = alignRows(rows);
  let end = text.startsWith("\uFEFF") ? 1 : 0;
  rows.forEach((row, i) => {
    const { source } = row;
    const indent = " ".repeat(row.indent);
    if (selected(row) && (clean || isSafe(text, row, parsed))) {
      if (clean && i === 0) edit(end, source.start, indent);
      else if (clean && selected(rows[i - 1]))
        edit(end, source.start, `${row.blank ? "\n\n" : "\n"}${indent}`);
      else if (isBlank(text, lineStart(text, source.start), source.start)) {
        edit(lineStart(text, source.start), source.start, indent);
      }
      edit(source.start, source.end, codes[i] ?? "");
    }
    end = source.end;
  });
  if (clean && whole && rows.length > 0) edit(end, text.length, "\n");
  return edits;
}

/** The formatted text. */
export function formatText(text: string): string {
  return applyEdits(text, format(text));
}

/** A text after edits that do not overlap and stand in order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const edit of edits) {
    result += text.slice(at, edit.range.start) + edit.text;
    at = edit.range.end;
  }
  return result + text.slice(at);
}

/** Rows for all code and comments of a text, in order. */
function collectRows(text: string, parsed: Parse): SourcedRow[] {
  const { trivia } = parsed;
  const pieces = collectPieces(text, parsed);
  const rows: SourcedRow[] = [];
  let next = 0;
  const ownLines = (before: number, indent: number): void => {
    for (; next < trivia.length && (trivia[next] as Trivia).start < before; next++) {
      const { start, end, text: written, first } = trivia[next] as Trivia;
      if (!first) continue;
      const cells = [written];
      rows.push({
        indent,
        group: "comment",
        cells,
        blank: isApart(text, rows, start),
        source: { start, end },
      });
    }
  };
  for (const piece of pieces) {
    ownLines(piece.range.start, piece.commentIndent);
    while (next < trivia.length && (trivia[next] as Trivia).start < piece.range.end) next++;
    const row: SourcedRow = {
      indent: piece.indent,
      group: piece.group,
      cells: piece.cells,
      blank: isApart(text, rows, piece.range.start) && !piece.closes,
      source: piece.range,
      piece,
      ...(piece.scope === undefined ? {} : { scope: piece.scope }),
    };
    const comment = trivia[next];
    if (comment && !comment.first && isSpace(text, piece.range.end, comment.start)) {
      row.comment = comment.text;
      row.source = { start: piece.range.start, end: comment.end };
      next++;
    }
    rows.push(row);
  }
  ownLines(Infinity, 0);
  separateSpecs(rows);
  return rows;
}

/** No blank line after an opening brace or before a closing one; one before each spec and what documents it. */
function separateSpecs(rows: SourcedRow[]): void {
  rows.forEach((row, i) => {
    if (rows[i - 1]?.piece?.opens) row.blank = false;
    if (!row.piece?.startsSpec) return;
    let top = i;
    while (top > 0 && !rows[top]?.blank && rows[top - 1]?.piece === undefined) top--;
    const first = rows[top];
    if (first && top > 0) first.blank = true;
  });
}

/** Whether a blank line stands before `start` and something before that. */
function isApart(text: string, rows: readonly SourcedRow[], start: number): boolean {
  const before = rows.at(-1);
  return before !== undefined && /\n[^\S\n]*\n|\r[^\S\r\n]*\r/.test(text.slice(before.source.end, start));
}

/** In a text with errors: a whole statement without an error, alone on its lines. */
function isSafe(text: string, { source, piece }: SourcedRow, { diagnostics }: Parse): boolean {
  if (!piece?.statement) return false;
  const { start, end } = piece.statement;
  if (diagnostics.some(({ range }) => range.start <= end && range.end >= start)) return false;
  return (
    isBlank(text, lineStart(text, source.start), source.start) &&
    isBlank(text, source.end, lineEnd(text, source.end))
  );
}

const isBlank = (text: string, from: number, to: number): boolean => text.slice(from, to).trim() === "";

const isSpace = (text: string, from: number, to: number): boolean =>
  /^[^\S\r\n]*$/.test(text.slice(from, to));

const lineStart = (text: string, offset: number): number =>
  Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;

function lineEnd(text: string, offset: number): number {
  const found = text.slice(offset).search(/[\r\n]/);
  return found < 0 ? text.length : offset + found;
}

const linesOf = (text: string, { start, end }: Range): Range => ({
  start: start <= 0 ? 0 : lineStart(text, start),
  end: lineEnd(text, end),
});
