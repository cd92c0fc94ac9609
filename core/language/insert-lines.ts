/** New statements where a reader looks for them: in house order, each paragraph after a blank line. */
import type { TextEdit } from "./diagnostic";
import { housePlace, wordOf } from "./house-order";
import type { SpecTree, Statement } from "./tree";

/**
 * Edits that put each line behind the last statement that comes before it in house order. They are made for `asWritten`,
 * which moves them below comments and gives them the indent and line ends of the text.
 */
export function insertLines({ statements, body }: SpecTree, lines: readonly string[]): TextEdit[] {
  const texts = new Map<number, string>();
  const paragraphs = new Set(statements.map((statement) => paragraphOf(statement)));
  for (const line of lines) {
    const { rank, paragraph } = housePlace(/^\w+/.exec(line)?.[0] ?? "");
    const above = statements.findLast((statement) => housePlace(wordOf(statement)).rank <= rank);
    const at = above?.range.end ?? body.start + 1;
    const first = above !== undefined && !paragraphs.has(paragraph);
    texts.set(at, `${texts.get(at) ?? ""}${first ? "\n" : ""}\n  ${line}`);
    paragraphs.add(paragraph);
  }
  return [...texts].map(([at, text]) => ({ range: { start: at, end: at }, text }));
}

const paragraphOf = (statement: Statement): number => housePlace(wordOf(statement)).paragraph;
