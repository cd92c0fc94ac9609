/** Code lenses above each spec: its preview, its derivation, and the published method that it is or is near to. */
import type { CodeLens } from "vscode-languageserver-types";
import { toEditorRange, type Document } from "./document";
import type { EditorCommandId } from "./commands";

/** For editors that have the extension's commands. */
export function codeLenses(document: Document): CodeLens[] {
  return document.analysis.specs.flatMap(({ tree, valid, recognised }) => {
    if (tree.name.text === "") return [];
    const range = toEditorRange(document, tree.name.range);
    const args = [document.uri, tree.name.text];
    const lens = (title: string, command: EditorCommandId): CodeLens => ({
      range,
      command: { title, command, arguments: args },
    });
    const preview = lens("$(play) Preview", "bottleneck.preview");
    if (!valid) return [preview];
    const method = recognised?.text ? [lens(shortened(recognised.text), "bottleneck.showDerivation")] : [];
    return [preview, lens("Derivation", "bottleneck.showDerivation"), ...method];
  });
}

const LONGEST = 90;

const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 2).trimEnd()} …`;
