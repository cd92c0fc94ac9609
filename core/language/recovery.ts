/** Where reading goes on after a fault. */
import type { Cursor } from "./cursor";
import { nearest } from "./nearest";
import type { Token } from "./scanner";
import { statementWords } from "./words";

/** How a spec began: what its closing brace is told by. */
export interface Opening {
  /** The word `spec`. */
  word: Token;
  /** The opening brace, or the last token before the body when it is missing. */
  brace: Token;
  /** Whether the body begins on a line of its own. */
  multiline: boolean;
  /** Whether a missing closing brace follows from a fault that was told. */
  told?: true;
}

/** Whether a `{` stands here that a body can follow. */
export function beginsBody(cursor: Cursor): boolean {
  const next = cursor.peek(1);
  return (
    cursor.is("{") && (next.first || next.kind === "end" || cursor.is("}", 1) || cursor.beginsStatement(1))
  );
}

/**
 * Whether a `}` cannot be the one that closes the spec: more of the spec follows it, and it stands where none would
 * put a closing brace: in the middle of a line, at the end of a line of a spec of many lines, or deeper than the spec.
 */
export function isExtraBrace(cursor: Cursor, opening: Opening): boolean {
  const { first, column } = cursor.peek();
  const next = cursor.peek(1);
  if (next.kind === "end" || cursor.beginsFileLine(1)) return false;
  if (!next.first)
    return cursor.beginsStatement(1) || cursor.anotherOnLine("}") || (!first && opening.multiline);
  if (!cursor.is("}", 1) && !cursor.beginsStatement(1)) return false;
  return first ? opening.word.first && column > opening.word.column : opening.multiline;
}

/** Whether the brace here begins a line, no deeper than the spec: it closes the spec, whatever stands open. */
function closesSpec(cursor: Cursor, { word }: Opening): boolean {
  const { first, column } = cursor.peek();
  return first && word.first && column <= word.column;
}

/** The statement's word here, also when it is misspelled. */
export function statementWord(cursor: Cursor): string | undefined {
  const { kind, text } = cursor.peek();
  if (kind !== "word") return undefined;
  return Object.hasOwn(statementWords, text) ? text : nearest(text, Object.keys(statementWords));
}

/** Whether a statement may end here. */
export function atBoundary(cursor: Cursor): boolean {
  return cursor.endsStatement();
}

/** Moves to the next line that begins a statement, or to the closing brace. At `from`, moves at least past it. */
export function skipToBoundary(cursor: Cursor, opening: Opening, from?: Token): void {
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
/** Moves to the next line, or to what begins one; what stands in between is told. */
export function endLine(cursor: Cursor): void {
  while (!cursor.atEnd() && !cursor.peek().first && !cursor.beginsFileLine()) {
    cursor.expected("the end of the line");
    cursor.next();
  }
}
