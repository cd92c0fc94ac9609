/** Code lenses above each spec: its preview and its derivation. */
import type { CodeLens } from "vscode-languageserver-types";
import { toEditorRange, type Document } from "./document";
import { derivationCommand, previewCommand } from "./protocol";

/** For editors that have the extension's commands. */
export function codeLenses(document: Document): CodeLens[] {
  return document.analysis.specs.flatMap(({ tree, derived }) => {
    const range = toEditorRange(document, tree.name.range);
    const args = [document.uri, tree.name.text];
    const lens = (title: string, command: string): CodeLens => ({
      range,
      command: { title, command, arguments: args },
    });
    const preview = lens("$(play) Preview", previewCommand);
    return derived === undefined ? [preview] : [preview, lens("Derivation", derivationCommand)];
  });
}
