/** Where a new spec goes: into the empty file in use, else into a file of the open folder, else into a new document. */
import * as vscode from "vscode";
import { fileNameOf } from "../services/new-spec/file-name";

interface NewPlace {
  /** An empty file to fill. */
  document?: vscode.TextDocument;
  /** The folder of the new text, where it has one; relative paths of its data begin there. */
  folder?: vscode.Uri;
}

/** The empty file in use; nothing where another text is, or none. */
export function emptyFile(): NewPlace {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "bottleneck" || document.getText().trim() !== "") return {};
  return document.isUntitled ? { document } : { document, folder: vscode.Uri.joinPath(document.uri, "..") };
}

/** The empty file in use, else the open folder that can be written to, else nothing. */
export function emptyFileOrFolder(): NewPlace {
  const place = emptyFile();
  if (place.document !== undefined) return place;
  const inUse = vscode.window.activeTextEditor?.document.uri;
  const folder =
    (inUse && vscode.workspace.getWorkspaceFolder(inUse)) ?? vscode.workspace.workspaceFolders?.[0];
  const writable = folder && vscode.workspace.fs.isWritableFileSystem(folder.uri.scheme) !== false;
  return writable ? { folder: folder.uri } : {};
}

/** Puts a text into its place and shows it. */
export async function showNew(place: NewPlace, content: string): Promise<void> {
  const document =
    (await filled(place, content)) ?? (await saved(place, content)) ?? (await unsaved(content));
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
}

async function filled({ document }: NewPlace, content: string): Promise<vscode.TextDocument | undefined> {
  if (document === undefined) return undefined;
  const edit = new vscode.WorkspaceEdit();
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), content);
  return (await vscode.workspace.applyEdit(edit)) ? document : undefined;
}

/** Undefined where there is no folder, or none that takes the file. */
async function saved({ folder }: NewPlace, content: string): Promise<vscode.TextDocument | undefined> {
  if (folder === undefined) return undefined;
  try {
    const uri = await freeAddress(folder, fileNameOf(content));
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

const unsaved = (content: string): Thenable<vscode.TextDocument> =>
  vscode.workspace.openTextDocument({ language: "bottleneck", content });

/** A file that is not there yet: `name.bottleneck`, `name-2.bottleneck`. */
async function freeAddress(folder: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let i = 1; ; i++) {
    const uri = vscode.Uri.joinPath(folder, `${name}${i === 1 ? "" : `-${i}`}.bottleneck`);
    const there = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!there) return uri;
  }
}
