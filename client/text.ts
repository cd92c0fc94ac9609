/** What a panel asks of the editor: to show a place of the text, to write a knob's value, to open a method. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { FromEditor, PanelRequest } from "../core/train/page-protocol";
import {
  placeRequest,
  tableRequest,
  type PlaceAnswer,
  type PlaceParams,
  type TableAnswer,
  type TableParams,
} from "../services/protocol";
import type { PanelTarget } from "./panel";

const toRange = ({ start, end }: NonNullable<PlaceAnswer>["range"]): vscode.Range =>
  new vscode.Range(start.line, start.character, end.line, end.character);

/** Carries out what a panel asked of the editor; returns what the panel is to be told then. */
export async function askEditor(
  client: BaseLanguageClient,
  target: PanelTarget | undefined,
  request: PanelRequest,
): Promise<FromEditor | undefined> {
  switch (request.kind) {
    case "table":
      return askTable(client, target);
    case "openText":
      await openText(request.text);
      return undefined;
    case "writeKnob":
    case "reveal":
      if (target !== undefined) await askText(client, target, request);
      return undefined;
  }
}

/** The periodic table, with the target's spec in its cell. */
async function askTable(
  client: BaseLanguageClient,
  target: PanelTarget | undefined,
): Promise<FromEditor | undefined> {
  // A text that is gone, as one that was never saved may be after a reload of the window, lights nothing.
  const open = target && vscode.workspace.openTextDocument(vscode.Uri.parse(target.uri));
  const document = await open?.then(undefined, () => undefined);
  const params: TableParams =
    target === undefined || document === undefined
      ? {}
      : { textDocument: { uri: target.uri }, ...(target.spec === undefined ? {} : { spec: target.spec }) };
  const table = await client.sendRequest<TableAnswer>(tableRequest, params);
  return table === null ? undefined : { kind: "table", table };
}

/** A text as a new document, which is saved where the person likes. */
async function openText(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "bottleneck", content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
}

async function askText(
  client: BaseLanguageClient,
  target: PanelTarget,
  request: Extract<PanelRequest, { kind: "writeKnob" | "reveal" }>,
): Promise<void> {
  const asked = await vscode.workspace.openTextDocument(vscode.Uri.parse(target.uri));
  const params: PlaceParams = {
    textDocument: { uri: target.uri },
    name: request.name,
    ...(request.kind === "writeKnob" ? { value: request.value } : {}),
    ...(target.spec === undefined ? {} : { spec: target.spec }),
  };
  const place = await client.sendRequest<PlaceAnswer>(placeRequest, params);
  if (place === null) {
    void vscode.window.showInformationMessage(
      `\`${request.name}\` is not declared in this file or in one that it uses.`,
    );
    return;
  }
  const { uri } = place;
  const document = uri === undefined ? asked : await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  // Where the text is another by now, the place is not this one.
  if (place.version !== asked.version) return;
  if (request.kind === "reveal") {
    const options = { viewColumn: columnOf(document), selection: toRange(place.range) };
    await vscode.window.showTextDocument(document, options);
    return;
  }
  if (place.edit === undefined) return;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, toRange(place.edit.range), place.edit.newText);
  await vscode.workspace.applyEdit(edit);
}

/** Where the document is already shown, so that it is not opened over the panel. */
const columnOf = (document: vscode.TextDocument): vscode.ViewColumn =>
  vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn ??
  vscode.ViewColumn.One;
