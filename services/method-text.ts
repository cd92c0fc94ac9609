/** The texts of the catalogue's methods as files of one folder, which the package has and an editor can open. */
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Location } from "vscode-languageserver-types";
import { entryOfTree } from "../core/catalogue/index";
import type { Range } from "../core/language/diagnostic";
import type { SpecTree } from "../core/language/tree";

/**
 * A place in the text of a method; undefined for a spec that is not one.
 * @param folder its address, with a slash at its end; undefined where the editor cannot open the texts
 */
export function methodPlace(
  folder: string | undefined,
  spec: SpecTree,
  { start, end }: Range,
): Location | undefined {
  const entry = entryOfTree(spec);
  if (folder === undefined || entry === undefined) return undefined;
  const uri = `${folder}${entry.file}.bottleneck`;
  const lines = TextDocument.create(uri, "bottleneck", 0, entry.text);
  return { uri, range: { start: lines.positionAt(start), end: lines.positionAt(end) } };
}
