/** What a preview asks of the text: to show a place of it, or to take a knob's value. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { ToEditor } from "../core/train/protocol";
import { placeRequest, type PlaceAnswer, type PlaceParams } from "../services/protocol";
import type { PanelTarget } from "./panel";

const toRange = ({ start, end }: NonNullable<PlaceAnswer>["range"]): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);

/** At most six digits that mean something, as a person would write it. */
const written = (value: number): string => String(Number(value.toPrecision(6)));

/** Carries out what a panel asked of its document. */
export async function askText(
  client: BaseLanguageClient,
  target: PanelTarget,
  request: Exclude<ToEditor, { kind: "ready" }>,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(target.uri));
  const params: PlaceParams = {
    textDocument: { uri: target.uri },
    name: request.name,
    ...(target.spec === undefined ? {} : { spec: target.spec }),
  };
  const place = await client.sendRequest<PlaceAnswer>(placeRequest, params);
  if (place === null || place.version !== document.version) {
    if (place === null)
      void vscode.window.showInformationMessage(`\`${request.name}\` is no longer in the text.`);
    return;
  }
  if (request.kind === "reveal") {
    const options = { viewColumn: columnOf(document), selection: toRange(place.range) };
    await vscode.window.showTextDocument(document, options);
    return;
  }
  if (place.value === undefined) return;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, toRange(place.value), written(request.value));
  await vscode.workspace.applyEdit(edit);
}

/** Where the document is already shown, so that it is not opened over the panel. */
const columnOf = (document: vscode.TextDocument): vscode.ViewColumn =>
  vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn ??
  vscode.ViewColumn.One;
