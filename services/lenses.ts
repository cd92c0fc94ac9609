/** Code lenses above each spec: its preview, its derivation, and the published method that it is or is near to. */
import type { CodeLens } from "vscode-languageserver-types";
import { toEditorRange, type Document } from "./document";
import { derivationCommand, previewCommand } from "./protocol";

/** For editors that have the extension's commands. */
export function codeLenses(document: Document): CodeLens[] {
  return document.analysis.specs.flatMap(({ tree, valid, recognised }) => {
    if (tree.name.text === "") return [];
    const range = toEditorRange(document, tree.name.range);
    const args = [document.uri, tree.name.text];
    const lens = (title: string, command: string): CodeLens => ({
      range,
      command: { title, command, arguments: args },
    });
    const preview = lens("$(play) Preview", previewCommand);
    if (!valid) return [preview];
    const method = recognised?.text ? [lens(shortened(recognised.text), derivationCommand)] : [];
    return [preview, lens("Derivation", derivationCommand), ...method];
  });
}

const LONGEST = 90;

const shortened = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 2).trimEnd()} …`;
