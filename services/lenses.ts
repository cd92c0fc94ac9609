/** Code lenses above each spec: its preview, its loss, and the published method that it is or is near to. */
import type { CodeLens } from "vscode-languageserver-types";
import { toEditorRange, type Document } from "./document";
import type { EditorCommandId } from "./commands";
import { lossLine } from "./loss-line";

/** What an empty file is started with. */
const starts: readonly [title: string, command: EditorCommandId][] = [
  ["$(new-file) New Spec…", "bottleneck.newSpec"],
  ["Open Example…", "bottleneck.openExample"],
  ["Show the Language", "bottleneck.showLanguage"],
];

/** For editors that have the extension's commands. */
export function codeLenses(document: Document): CodeLens[] {
  if (document.text.trim() === "") {
    const range = toEditorRange(document, { start: 0, end: 0 });
    return starts.map(([title, command]) => ({ range, command: { title, command } }));
  }
  return document.analysis.specs.flatMap((spec) => {
    const { tree, valid, recognised } = spec;
    if (tree.name.text === "") return [];
    const range = toEditorRange(document, tree.name.range);
    const args = [document.uri, tree.name.text];
    const lens = (title: string, command: EditorCommandId): CodeLens => ({
      range,
      command: { title, command, arguments: args },
    });
    const loss = lossLine(document, tree.name.text, valid);
    return [
      lens("$(play) Preview", "bottleneck.preview"),
      ...(loss === undefined ? [] : [lens(loss.text, "bottleneck.showDerivation")]),
      ...(valid && recognised?.text ? [lens(shortened(recognised.text), "bottleneck.showDerivation")] : []),
    ];
  });
}

const LONGEST = 90;

const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 2).trimEnd()} …`;
