/** The files that specs use, as the editor has them: open documents before the disk. */
import * as vscode from "vscode";
import {
  canonicalAddress,
  gatherUses,
  LARGEST_USED,
  MOST_SPECS,
  tooLarge,
  type Uses,
} from "../core/language/uses";
import type { ListSpecsAnswer, ReadUseAnswer } from "../services/protocol";
import type { Home } from "./home";

export class UsedFiles {
  private readonly changes = new vscode.EventEmitter<string>();
  private readonly disposables: vscode.Disposable[];
  /** Tells the address of a spec file whose text has changed, in an editor or on the disk. */
  readonly onDidChange = this.changes.event;

  constructor(private readonly home: Home) {
    const changed = (uri: vscode.Uri): void => this.changes.fire(canonicalAddress(uri.toString()));
    const watcher = vscode.workspace.createFileSystemWatcher("**/*.bottleneck");
    this.disposables = [
      this.changes,
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.languageId === "bottleneck" && contentChanges.length > 0) changed(document.uri);
      }),
    ];
  }

  /** All that a document uses. */
  gather(document: vscode.TextDocument): Promise<Uses> {
    return gatherUses(document.getText(), document.uri.toString(), (address) => this.read(address));
  }

  /** Answers the language server, which may ask for a spec file and for nothing else. */
  async answer(params: unknown): Promise<ReadUseAnswer> {
    const { uri } = (params ?? {}) as { uri?: unknown };
    if (typeof uri !== "string") return { problem: "no address was given" };
    try {
      return { text: await this.read(uri) };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }

  /** Answers the language server where it cannot list the workspace's spec files by itself, as in a browser. */
  async list(): Promise<ListSpecsAnswer> {
    const found = await vscode.workspace.findFiles("**/*.bottleneck", "**/node_modules/**", MOST_SPECS + 1);
    return found.length > MOST_SPECS ? null : found.map((uri) => uri.toString());
  }

  /** @throws Error that says why there is no text */
  private async read(address: string): Promise<string> {
    const uri = vscode.Uri.parse(address, true);
    if (!uri.path.endsWith(".bottleneck")) throw new Error("only files that end in .bottleneck are opened");
    const open = vscode.workspace.textDocuments.find(
      (document) => document.uri.toString() === uri.toString(),
    );
    if (open !== undefined) return open.getText();
    return uri.scheme === "file" && this.home.readUse ? this.home.readUse(address) : readWorkspace(uri);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}

/** A spec file of any of the editor's file systems. */
async function readWorkspace(uri: vscode.Uri): Promise<string> {
  const { type, size } = await vscode.workspace.fs.stat(uri).then(undefined, (error) => refuse(error, uri));
  // Where it leads cannot be seen here, and a workspace that nobody trusts may hold a link to anything.
  if (type & vscode.FileType.SymbolicLink) throw new Error(`${uri.path} is a link, not a file`);
  if (size > LARGEST_USED) throw new Error(tooLarge);
  return new TextDecoder().decode(await readPlace(uri));
}

/** The bytes of a file of any of the editor's file systems. @throws Error that says why there are none */
export async function readPlace(uri: vscode.Uri): Promise<Uint8Array> {
  const { type } = await vscode.workspace.fs.stat(uri).then(undefined, (error) => refuse(error, uri));
  if (type & vscode.FileType.Directory) throw new Error(`${uri.path} is a folder`);
  return vscode.workspace.fs.readFile(uri).then(undefined, (error) => refuse(error, uri));
}

function refuse(error: unknown, { path }: vscode.Uri): never {
  const code = error instanceof vscode.FileSystemError ? error.code : undefined;
  if (code === "FileNotFound") throw new Error(`there is no file ${path}`, { cause: error });
  if (code === "NoPermissions") throw new Error(`${path} may not be read`, { cause: error });
  throw error;
}
