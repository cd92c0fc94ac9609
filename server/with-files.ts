/** Answers for which data files are read or folders listed: paths that are being written, and the streams of a file. */
import {
  type CodeAction,
  type CompletionItem,
  type CompletionParams,
  type Connection,
  MessageType,
  ShowMessageNotification,
} from "vscode-languageserver";
import { completions } from "../services/completion";
import { folderAt, type FolderEntry, type FolderRequest } from "../services/completion/paths";
import { fileOf, resolveDeclare, ticketOf, type DataFileRequest } from "../services/declare";
import type { SpecData } from "../services/new-spec/data";
import type { EditorAbilities } from "./capabilities";
import type { Documents } from "./documents";

/** What such answers are given from. */
export interface Files {
  connection: Connection;
  documents: Documents;
  /** Of the editor; known once it has introduced itself. */
  abilities: () => EditorAbilities;
  /** What is in a data file. @throws Error that says why it is not read */
  readData: (request: DataFileRequest) => Promise<SpecData>;
  /** What is in a folder; undefined where it cannot be listed. */
  listFolder: (request: FolderRequest) => Promise<FolderEntry[] | undefined>;
}

/** Completion items; where a path is being written, after its folder has been listed. */
export async function itemsAt(
  { documents, abilities, listFolder }: Files,
  { textDocument, position, context }: CompletionParams,
): Promise<CompletionItem[]> {
  const document = documents.get(textDocument.uri);
  if (document === undefined) return [];
  const folder = folderAt(document, position);
  const entries = folder && (await listFolder(folder));
  const { snippets, commands } = abilities();
  return completions(document, position, {
    snippets,
    // The editor of the extension has this command.
    ...(commands ? { again: "editor.action.triggerSuggest" } : {}),
    ...(entries === undefined ? {} : { entries }),
    ...(context?.triggerCharacter === undefined ? {} : { typed: context.triggerCharacter }),
  });
}

/** A chosen action that declares what a data file has, with its edit; without one where a message says why. */
export async function withEdit(
  { connection, documents, readData }: Files,
  action: CodeAction,
): Promise<CodeAction> {
  const ticket = ticketOf(action.data);
  const document = ticket && documents.get(ticket.uri);
  // The edit of an older action than the text is would be refused.
  if (document === undefined || document.version !== ticket?.version) return action;
  const file = fileOf(document, ticket);
  if (file === undefined) return action;
  try {
    return { ...action, edit: resolveDeclare(document, ticket, await readData(file)) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
    return action;
  }
}
