/** Data files and folders that a spec names, as the editor's file systems have them. Only in a workspace that is trusted. */
import * as vscode from "vscode";
import type { ReadFile } from "../core/data/dataset";
import { addressOf } from "../core/language/uses";
import { isListed, MOST_ENTRIES } from "../services/completion/paths";
import type {
  ListFolderAnswer,
  ListFolderParams,
  ReadDataAnswer,
  ReadDataParams,
} from "../services/protocol";
import { readData } from "../services/new-spec/file";
import { KeptData } from "../services/new-spec/kept";
import { filesRefused } from "../trainer/settings";
import type { Home } from "./home";
import { readPlace } from "./uses";

/** Answers the language server, which asks for the file of a spec's `data` where its fields are declared, named or read. */
export function answersReadData(
  home: Pick<Home, "openData">,
): (request: ReadDataParams) => Promise<ReadDataAnswer> {
  const kept = new KeptData(
    async ({ source, location }) => {
      const { size, mtime } = await vscode.workspace.fs.stat(placeOf(source, location));
      return { size, changed: mtime };
    },
    (request) => readData(request, (path) => open(home, request, path)),
  );
  return async (request) => {
    try {
      return { data: await kept.of(request) };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  };
}

/** Answers the language server, which asks for the entries of a folder where a path is being written. */
export async function answerListFolder({ path, location }: ListFolderParams): Promise<ListFolderAnswer> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(placeOf(path, location));
    return entries
      .filter(([name]) => isListed(name))
      .slice(0, MOST_ENTRIES)
      .map(([name, type]) => ({ name, folder: (type & vscode.FileType.Directory) !== 0 }));
  } catch {
    return null;
  }
}

/** A file of this machine by ranges; one of another file system as a whole, unless it has more bytes than may be read. */
async function open(
  home: Pick<Home, "openData">,
  { location, most = Infinity }: ReadDataParams,
  path: string,
): ReturnType<ReadFile> {
  const place = placeOf(path, location);
  if (place.scheme === "file" && location.startsWith("file:") && home.openData !== undefined)
    return home.openData(location, path);
  const { size } = await vscode.workspace.fs.stat(place);
  if (size > most) throw new Error(`${place.path} has more than ${most} bytes`);
  return readPlace(place);
}

/** The place of a path in a text. @throws Error that says why it is not opened, as the end of a sentence */
function placeOf(path: string, location: string): vscode.Uri {
  if (!vscode.workspace.isTrusted) throw new Error(filesRefused);
  // What begins with two slashes is a file of another machine: to ask for it sends that machine a person's name.
  if (/^[/\\]{2}/.test(path))
    throw new Error(`${path} is a path to another machine; copy the file to this one`);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const start = location.startsWith("untitled:") && folder ? `${folder.toString()}/` : location;
  const address = addressOf(path, start);
  if (address === undefined) throw new Error("this text is not in a file yet, so that no path starts here");
  return vscode.Uri.parse(address, true);
}
