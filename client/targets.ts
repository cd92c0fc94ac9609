/** From a command's arguments, or the editor in use, to one spec of one document. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { specsRequest, type SpecsAnswer } from "../services/protocol";
import type { PanelTarget } from "./panel";

/** The specs of a document, asked of the server. */
export async function specsOf(client: BaseLanguageClient, uri: vscode.Uri): Promise<SpecsAnswer> {
  // The server knows only documents that are open.
  await vscode.workspace.openTextDocument(uri);
  return client.sendRequest<SpecsAnswer>(specsRequest, { textDocument: { uri: uri.toString() } });
}

/** The spec at the cursor of the text in use, else its first; undefined where no such text is in use. */
export async function targetAtCursor(client: BaseLanguageClient): Promise<PanelTarget | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== "bottleneck") return undefined;
  const { uri } = editor.document;
  const specs = await specsOf(client, uri);
  const spec = (specAt(specs, editor.selection.active.line) ?? specs[0])?.name;
  return { uri: uri.toString(), ...(spec === undefined ? {} : { spec }) };
}

export const specAt = (specs: SpecsAnswer, line: number): SpecsAnswer[number] | undefined =>
  specs.find(({ range }) => range.start.line <= line && line <= range.end.line);

/**
 * The spec meant by a command: what a code lens names, else the one at the cursor, else the only one, else the one the
 * person picks. Tells the person and returns undefined when there is none.
 */
export async function findTarget(
  client: BaseLanguageClient,
  argument?: unknown,
  spec?: unknown,
): Promise<Required<PanelTarget> | undefined> {
  const editor = vscode.window.activeTextEditor;
  // A code lens hands over a text, the explorer's and the title's menus an address.
  const given =
    typeof argument === "string"
      ? vscode.Uri.parse(argument)
      : argument instanceof vscode.Uri
        ? argument
        : undefined;
  const uri = given ?? (editor?.document.languageId === "bottleneck" ? editor.document.uri : undefined);
  if (uri === undefined) {
    void vscode.window.showInformationMessage(
      "Open a .bottleneck file first: this command uses the spec at the cursor.",
    );
    return undefined;
  }
  if (typeof spec === "string") return { uri: uri.toString(), spec };
  const specs = await specsOf(client, uri);
  const line = editor?.document.uri.toString() === uri.toString() ? editor.selection.active.line : undefined;
  const here = line === undefined ? undefined : specAt(specs, line);
  const name = here?.name ?? (specs.length > 1 ? await pick(specs) : specs[0]?.name);
  if (name === undefined) {
    if (specs.length === 0)
      void vscode.window.showInformationMessage("This file contains no spec yet. Write `spec Name { ... }`.");
    return undefined;
  }
  return { uri: uri.toString(), spec: name };
}

const pick = async (specs: SpecsAnswer): Promise<string | undefined> =>
  vscode.window.showQuickPick(
    specs.map(({ name }) => name),
    { title: "Which spec?" },
  );
