/** Writes a spec in one of the export formats where the person says. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { isExported, type ExportedFile } from "../core/export/target";
import {
  exportRequest,
  exportTargetsRequest,
  type ExportAnswer,
  type ExportParams,
  type ExportTargetsAnswer,
} from "../services/protocol";
import type { PanelTarget } from "./panel";

/** Asks what and where, writes the files and opens the first. */
export async function exportSpec(client: BaseLanguageClient, target: Required<PanelTarget>): Promise<void> {
  const targets = await client.sendRequest<ExportTargetsAnswer>(exportTargetsRequest);
  const choice = await vscode.window.showQuickPick(
    targets.map((one) => ({ ...one, label: one.title, detail: one.doc.replaceAll("`", "") })),
    { title: `Export ${target.spec}` },
  );
  if (choice === undefined) return;
  const params: ExportParams = { textDocument: { uri: target.uri }, spec: target.spec, target: choice.id };
  const answer = await client.sendRequest<ExportAnswer>(exportRequest, params);
  if ("error" in answer) {
    void vscode.window.showErrorMessage(answer.error);
    return;
  }
  const source = vscode.Uri.parse(target.uri);
  const places = await choosePlaces(answer.files, choice, source);
  if (places === undefined) return;
  for (const { place } of places) if (!(await mayReplace(place, source))) return;
  for (const { place, text } of places) await write(place, text);
  await vscode.window.showTextDocument(places[0]!.place);
}

type Placed = { place: vscode.Uri; text: string }[];

/** Where the person wants the files: one by its name, several in a folder. Undefined when the person decides otherwise. */
async function choosePlaces(
  files: readonly ExportedFile[],
  { format, extension }: ExportTargetsAnswer[number],
  source: vscode.Uri,
): Promise<Placed | undefined> {
  const beside =
    source.scheme === "untitled"
      ? vscode.workspace.workspaceFolders?.[0]?.uri
      : vscode.Uri.joinPath(source, "..");
  const [first, ...others] = files;
  if (others.length > 0) {
    const [folder] =
      (await vscode.window.showOpenDialog({
        title: `Folder for ${files.map(({ name }) => name).join(", ")}`,
        openLabel: "Export Here",
        canSelectFiles: false,
        canSelectFolders: true,
        ...(beside === undefined ? {} : { defaultUri: beside }),
      })) ?? [];
    return folder && files.map(({ name, text }) => ({ place: vscode.Uri.joinPath(folder, name), text }));
  }
  const place = await vscode.window.showSaveDialog({
    title: `Export ${first!.name}`,
    filters: { [format]: [extension] },
    ...(beside === undefined ? {} : { defaultUri: vscode.Uri.joinPath(beside, first!.name) }),
  });
  return place && [{ place, text: first!.text }];
}

/** Never the spec itself; what was not exported only when the person says so. */
async function mayReplace(place: vscode.Uri, source: vscode.Uri): Promise<boolean> {
  if (place.toString() === source.toString()) {
    void vscode.window.showErrorMessage("This would replace the spec itself. Choose another file.");
    return false;
  }
  const old = await vscode.workspace.fs.readFile(place).then(undefined, () => undefined);
  if (old === undefined || isExported(new TextDecoder().decode(old))) return true;
  const question = `${vscode.workspace.asRelativePath(place)} was not exported by Bottleneck. Replace it?`;
  return (await vscode.window.showWarningMessage(question, { modal: true }, "Replace")) === "Replace";
}

/** Written beside and renamed, so that a full disk cuts no file short. */
async function write(place: vscode.Uri, text: string): Promise<void> {
  const beside = place.with({ path: `${place.path}.${Date.now()}.part` });
  try {
    await vscode.workspace.fs.writeFile(beside, new TextEncoder().encode(text));
    await vscode.workspace.fs.rename(beside, place, { overwrite: true });
  } catch (error) {
    await vscode.workspace.fs.delete(beside).then(undefined, () => undefined);
    throw error;
  }
}
