/** Lights the terms at the cursor of a text in the previews of its specs. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { termsAtRequest, type TermsAtAnswer } from "../services/protocol";

/** Milliseconds between two questions to the server while the cursor moves. */
const THROTTLE = 80;

/** @param light receives the ids of the terms at the cursor, and the name of their spec */
export function followCursor(
  client: BaseLanguageClient,
  light: (uri: string, at: TermsAtAnswer) => void,
): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  let newest: vscode.TextEditor | undefined;
  const ask = async (): Promise<void> => {
    timer = undefined;
    if (newest === undefined) return;
    const { document, selection } = newest;
    const { line, character } = selection.active;
    const uri = document.uri.toString();
    const params = { textDocument: { uri }, position: { line, character } };
    // Where the text has changed meanwhile the answer is refused, and the cursor has moved.
    const at = await client.sendRequest<TermsAtAnswer>(termsAtRequest, params).catch(() => undefined);
    if (at !== undefined) light(uri, at);
  };
  const moved = vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
    if (textEditor.document.languageId !== "bottleneck") return;
    newest = textEditor;
    timer ??= setTimeout(() => void ask(), THROTTLE);
  });
  return vscode.Disposable.from(moved, { dispose: () => clearTimeout(timer) });
}
