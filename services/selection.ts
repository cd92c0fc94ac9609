/** Selection that grows: word, term, statement, spec, file. */
import type { Position, SelectionRange } from "vscode-languageserver-types";
import { nodeAt } from "../core/language/nodes";
import { offsetAt, toEditorRange, type Document } from "./document";

/** One chain of ranges for each position, innermost first. */
export function selectionRanges(document: Document, positions: Position[]): SelectionRange[] {
  return positions.map((position) => {
    const offset = offsetAt(document, position);
    const whole = { start: 0, end: document.text.length };
    const token = document.parsed.tokens.findLast(
      ({ kind, start, end }) => kind !== "end" && start <= offset && offset <= end,
    );
    const ranges = [whole, ...nodeAt(document.analysis.file, offset).map((node) => node.range)];
    if (token !== undefined) ranges.push(token);
    let chain: SelectionRange | undefined;
    for (const [index, range] of ranges.entries()) {
      const outer = ranges[index - 1];
      if (outer !== undefined && outer.start === range.start && outer.end === range.end) continue;
      if (outer !== undefined && (range.start < outer.start || range.end > outer.end)) continue;
      chain = { range: toEditorRange(document, range), ...(chain === undefined ? {} : { parent: chain }) };
    }
    return chain!;
  });
}
