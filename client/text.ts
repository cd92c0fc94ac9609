/** What a panel asks of the editor: to show a place of the text, to make a change in it, to open a method. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { changeTitle } from "../core/theory/change";
import type { EditorCommandId } from "../services/commands";
import type { FromEditor, PanelRequest } from "../core/train/page-protocol";
import {
  changeRequest,
  placeRequest,
  tableRequest,
  type ChangeAnswer,
  type ChangeParams,
  type PlaceAnswer,
  type PlaceParams,
  type TableAnswer,
  type TableParams,
} from "../services/protocol";
import { showNew } from "./new-text";
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
    case "saveText":
      await saveText(target, request);
      return undefined;
    case "export":
      await vscode.commands.executeCommand(
        "bottleneck.export" satisfies EditorCommandId,
        target?.uri,
        target?.spec,
      );
      return undefined;
    case "openText":
      await showNew({}, request.text);
      return undefined;
    case "write":
    case "reveal":
      if (target !== undefined) await askText(client, target, request);
      return undefined;
  }
}

/** Saves a text where the person chooses, beside the document at first. */
async function saveText(
  target: PanelTarget | undefined,
  { name, text }: Extract<PanelRequest, { kind: "saveText" }>,
): Promise<void> {
  const beside = target && vscode.Uri.joinPath(vscode.Uri.parse(target.uri), "..", name);
  const place = await vscode.window.showSaveDialog(beside === undefined ? {} : { defaultUri: beside });
  if (place !== undefined) await vscode.workspace.fs.writeFile(place, new TextEncoder().encode(text));
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

async function askText(
  client: BaseLanguageClient,
  target: PanelTarget,
  request: Extract<PanelRequest, { kind: "write" | "reveal" }>,
): Promise<void> {
  const asked = await open(target.uri);
  const spec = {
    textDocument: { uri: target.uri },
    ...(target.spec === undefined ? {} : { spec: target.spec }),
  };
  if (request.kind === "reveal") {
    const params: PlaceParams = { ...spec, name: request.name };
    const place = await client.sendRequest<PlaceAnswer>(placeRequest, params);
    if (place === null)
      return say(`\`${request.name}\` is not declared in this file or in one that it uses.`);
    // Where the text is another by now, the place is not this one.
    if (place.version !== asked.version) return;
    const document = place.uri === undefined ? asked : await open(place.uri);
    const options = { viewColumn: columnOf(document), selection: toRange(place.range) };
    await vscode.window.showTextDocument(document, options);
    return;
  }
  const params: ChangeParams = { ...spec, change: request.change };
  const changed = await client.sendRequest<ChangeAnswer>(changeRequest, params);
  if (changed === null)
    return say(
      `${changeTitle(request.change)}: neither this file nor one that it uses has the place for it.`,
    );
  if (changed.version !== asked.version) return;
  const edit = new vscode.WorkspaceEdit();
  const uri = changed.uri === undefined ? asked.uri : vscode.Uri.parse(changed.uri);
  edit.replace(uri, toRange(changed.edit.range), changed.edit.newText);
  await vscode.workspace.applyEdit(edit);
}

const open = (uri: string): Thenable<vscode.TextDocument> =>
  vscode.workspace.openTextDocument(vscode.Uri.parse(uri));

const say = (message: string): void => void vscode.window.showInformationMessage(message);

/** Where the document is already shown, so that it is not opened over the panel. */
const columnOf = (document: vscode.TextDocument): vscode.ViewColumn =>
  vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn ??
  vscode.ViewColumn.One;
