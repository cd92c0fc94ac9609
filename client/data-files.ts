/** What a data file has that a spec names, as the editor's file systems have it. Only in a workspace that is trusted. */
import * as vscode from "vscode";
import { addressOf } from "../core/language/uses";
import type { ReadDataAnswer, ReadDataParams } from "../services/protocol";
import { readData } from "../services/new-spec/file";
import { filesRefused } from "../trainer/settings";
import { readPlace } from "./uses";

/** Answers the language server, which asks for the file of a spec's `data` when a person wants its fields declared. */
export async function answerReadData({ source, options, location }: ReadDataParams): Promise<ReadDataAnswer> {
  try {
    return { data: await readData({ source, options }, (path) => read(path, location)) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** @throws Error that says why there are no bytes, as the end of a sentence */
async function read(path: string, location: string): Promise<Uint8Array> {
  if (!vscode.workspace.isTrusted) throw new Error(filesRefused);
  // What begins with two slashes is a file of another machine: to ask for it sends that machine a person's name.
  if (/^[/\\]{2}/.test(path))
    throw new Error(`${path} is a path to another machine; copy the file to this one`);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const start = location.startsWith("untitled:") && folder ? `${folder.toString()}/` : location;
  const address = addressOf(path, start);
  if (address === undefined) throw new Error("this text is not in a file yet, so that no path starts here");
  return readPlace(vscode.Uri.parse(address, true));
}
