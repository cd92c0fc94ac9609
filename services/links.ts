/** Links: the files that a spec reads and uses. */
import type { DocumentLink } from "vscode-languageserver-types";
import { toEditorRange, type Document } from "./document";
import { namedFiles } from "./paths";

export function documentLinks(document: Document): DocumentLink[] {
  return namedFiles(document).map(({ path: { value, range }, address }) => ({
    range: toEditorRange(document, { start: range.start + 1, end: range.end - 1 }),
    target: address,
    tooltip: `Open ${value}`,
  }));
}
