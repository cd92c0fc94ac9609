/** Edits in the hand of the text that they change: its line ends, its indent, whole lines put in and taken out. */
import type { Range, TextEdit } from "./diagnostic";

/** A line that holds nothing more than white space and perhaps a comment. */
const nothingMore = /[^\S\r\n]*(\/\/[^\r\n]*)?(?=[\r\n]|$)/y;

/**
 * The edits in the order of the text, each place once. A text that begins with a line end is a line of its own: it goes
 * below the line that it was put behind, indented as that is where it begins with blanks, and what stood behind a
 * comment stays there. Where a deletion leaves a line blank, the line goes too.
 */
export function asWritten(text: string, edits: readonly TextEdit[]): TextEdit[] {
  const newline = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const made = edits.map(({ range, text: by }): TextEdit => {
    if (by === "") return { range: wholeLines(text, range), text: by };
    if (!by.includes("\n")) return { range, text: by };
    const indent = indentAt(text, range.start);
    const written = by
      .split("\n")
      .map((line) => (line.startsWith("  ") ? indent + line.slice(2) : line))
      .join(newline);
    const at = range.start === range.end && by.startsWith("\n") ? endOfLine(text, range.end) : undefined;
    return { range: at === undefined ? range : { start: at, end: at }, text: written };
  });
  const sorted = made.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return sorted.filter(
    ({ range }, i) =>
      i === 0 || range.start > sorted[i - 1]!.range.start || range.end > sorted[i - 1]!.range.end,
  );
}

/** The end of the line at a place, where only a comment follows there. */
function endOfLine(text: string, at: number): number | undefined {
  nothingMore.lastIndex = at;
  return nothingMore.test(text) ? nothingMore.lastIndex : undefined;
}

const startOfLine = (text: string, at: number): number =>
  Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;

/** The indent of a line below the one at a place: its own; one step more below the header of a spec. */
function indentAt(text: string, at: number): string {
  const line = text.slice(startOfLine(text, at), at);
  const own = /^[^\S\r\n]*/.exec(line)?.[0] ?? "";
  return own === "" ? "  " : own;
}

/** A range with its line, line end included, where nothing else is on that. */
function wholeLines(text: string, { start, end }: Range): Range {
  const first = startOfLine(text, start);
  const rest = /^[^\S\r\n]*(\r\n|\n|\r|$)/.exec(text.slice(end));
  if (rest === null || start === end || text.slice(first, start).trim() !== "") return { start, end };
  return { start: first, end: end + rest[0].length };
}
