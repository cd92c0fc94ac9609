/** Folding: specs, blocks of settings, statements over several lines, and runs of comments. */
import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver-types";
import type { Range } from "../core/language/diagnostic";
import type { Document } from "./document";

export function foldingRanges(document: Document): FoldingRange[] {
  const { file } = document.analysis;
  const lineAt = (offset: number): number => document.lines.positionAt(offset).line;
  const found: FoldingRange[] = [];

  /** @param open whether the range ends with a closing brace that stays in sight */
  const fold = (range: Range, open: boolean, kind?: FoldingRangeKind): void => {
    const startLine = lineAt(range.start);
    const endLine = lineAt(range.end) - (open ? 1 : 0);
    if (endLine > startLine) found.push({ startLine, endLine, ...(kind === undefined ? {} : { kind }) });
  };

  for (const spec of file.specs) {
    fold({ start: spec.range.start, end: spec.body.end }, document.text[spec.body.end - 1] === "}");
    for (const statement of spec.statements) {
      fold(statement.range, document.text[statement.range.end - 1] === "}");
    }
  }
  for (const run of commentRuns(document)) fold(run, false, FoldingRangeKind.Comment);
  if (file.uses.length > 1) {
    fold(
      { start: file.uses[0]!.range.start, end: file.uses.at(-1)!.range.end },
      false,
      FoldingRangeKind.Imports,
    );
  }
  return found;
}

/** Whole-line comments on neighbouring lines, joined. */
function commentRuns(document: Document): Range[] {
  const runs: Range[] = [];
  let lastLine = -2;
  for (const trivium of document.parsed.trivia) {
    const { line } = document.lines.positionAt(trivium.start);
    const run = runs.at(-1);
    if (!trivium.first) continue;
    if (run !== undefined && line === lastLine + 1) run.end = trivium.end;
    else runs.push({ start: trivium.start, end: trivium.end });
    lastLine = line;
  }
  return runs;
}
