/** Writes a spec in one of the export formats where the person says. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { baseName, isExported, projectMark, type ExportedFile } from "../core/export/target";
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
  const places = await choosePlaces(answer.files, choice, { source, spec: target.spec });
  if (places === undefined) return;
  for (const placed of places) if (!(await mayReplace(placed, source))) return;
  for (const { place, content } of places) await write(place, content);
  await vscode.window.showTextDocument(places[0]!.place);
}

interface Placed {
  place: vscode.Uri;
  content: Uint8Array;
}

const contentOf = ({ text, encoding }: ExportedFile): Uint8Array =>
  encoding === "base64"
    ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    : new TextEncoder().encode(text);

/** Where the person wants the files: one by its name, several in a folder. Undefined when the person decides otherwise. */
async function choosePlaces(
  files: readonly ExportedFile[],
  { format, extension, folder: ownFolder }: ExportTargetsAnswer[number],
  { source, spec }: { source: vscode.Uri; spec: string },
): Promise<Placed[] | undefined> {
  const beside =
    source.scheme === "untitled"
      ? vscode.workspace.workspaceFolders?.[0]?.uri
      : vscode.Uri.joinPath(source, "..");
  const [first, ...others] = files;
  if (others.length > 0) {
    const [folder] =
      (await vscode.window.showOpenDialog({
        title: ownFolder
          ? `Where to make the folder ${baseName(spec)}`
          : `Folder for ${files.map(({ name }) => name).join(", ")}`,
        openLabel: "Export Here",
        canSelectFiles: false,
        canSelectFolders: true,
        ...(beside === undefined ? {} : { defaultUri: beside }),
      })) ?? [];
    const into = folder && (ownFolder ? vscode.Uri.joinPath(folder, baseName(spec)) : folder);
    return (
      into && files.map((file) => ({ place: vscode.Uri.joinPath(into, file.name), content: contentOf(file) }))
    );
  }
  const place = await vscode.window.showSaveDialog({
    title: `Export ${first!.name}`,
    filters: { [format]: [extension] },
    ...(beside === undefined ? {} : { defaultUri: vscode.Uri.joinPath(beside, first!.name) }),
  });
  return place && [{ place, content: contentOf(first!) }];
}

/** Never the spec itself; what was not exported, or was changed since, only when the person says so. */
async function mayReplace({ place, content }: Placed, source: vscode.Uri): Promise<boolean> {
  if (place.toString() === source.toString()) {
    void vscode.window.showErrorMessage("This would replace the spec itself. Choose another file.");
    return false;
  }
  const old = await vscode.workspace.fs.readFile(place).then(undefined, () => undefined);
  const text = new TextDecoder().decode(old);
  if (old === undefined || isExported(text) || text === new TextDecoder().decode(content)) return true;
  const why = text.includes(projectMark)
    ? "was changed after it was exported"
    : "was not exported by Bottleneck";
  const question = `${vscode.workspace.asRelativePath(place)} ${why}. Replace it?`;
  return (await vscode.window.showWarningMessage(question, { modal: true }, "Replace")) === "Replace";
}

/** Written beside and renamed, so that a full disk cuts no file short. */
async function write(place: vscode.Uri, content: Uint8Array): Promise<void> {
  const beside = place.with({ path: `${place.path}.${Date.now()}.part` });
  try {
    await vscode.workspace.fs.writeFile(beside, content);
    await vscode.workspace.fs.rename(beside, place, { overwrite: true });
  } catch (error) {
    await vscode.workspace.fs.delete(beside).then(undefined, () => undefined);
    throw error;
  }
}
