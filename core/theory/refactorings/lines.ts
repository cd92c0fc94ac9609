/** Statements with the lines that belong to them. */
import type { Range } from "../../language/diagnostic";
import type { SpecTree, Statement } from "../../language/tree";

/** A statement with the comments and blank lines above it, and what follows it on its last line. */
interface Block {
  statement: Statement;
  /** Whole lines; ends before the line end. */
  range: Range;
  /** Its lines without the blank ones above; with `\n` as line end. */
  text: string;
}

/** Undefined where two statements share a line, or one begins on the line of the header. */
export function blocksOf(text: string, { statements, body }: SpecTree): Block[] | undefined {
  const blocks: Block[] = [];
  let start = nextLine(text, body.start);
  for (const statement of statements) {
    const end = endOfLine(text, statement.range.end);
    if (statement.range.start < start || end >= body.end) return undefined;
    const own = text.slice(start, end);
    blocks.push({
      statement,
      range: { start, end },
      text: own.replaceAll("\r\n", "\n").replace(/^(?:[^\S\n]*\n)+/, ""),
    });
    start = nextLine(text, end);
  }
  return blocks;
}

/** Where the line below that of a place begins. */
function nextLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

/** Where the line of a place ends, before its line end. */
function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" && end > at ? end - 1 : end;
}

/** The statements that a range selects: those that it touches. */
export const selected = ({ statements }: SpecTree, { start, end }: Range): Statement[] =>
  statements.filter(({ range }) => range.start <= end && start <= range.end);
