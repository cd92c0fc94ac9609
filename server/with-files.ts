/** Answers for which data files are read or folders listed: paths that are being written, and the streams of a file. */
import {
  type CodeAction,
  type CompletionItem,
  type CompletionParams,
  type Connection,
  MessageType,
  type Position,
  ShowMessageNotification,
} from "vscode-languageserver";
import { asksForFields, completions } from "../services/completion";
import { folderAt, type FolderEntry, type FolderRequest } from "../services/completion/paths";
import { fileAt, fileOf, resolveDeclare, ticketOf, type DataFileRequest } from "../services/declare";
import type { Document } from "../services/document";
import type { SpecData, SpecField } from "../services/new-spec/data";
import type { EditorAbilities } from "./capabilities";
import type { Documents } from "./documents";
import type { Runtime } from "./requests";

/** What such answers are given from. */
export interface Files {
  connection: Connection;
  documents: Documents;
  /** Of the editor; known once it has introduced itself. */
  abilities: () => EditorAbilities;
  runtime: Pick<Runtime, "after">;
  /** What is in a data file. @throws Error that says why it is not read */
  readData: (request: DataFileRequest) => Promise<SpecData>;
  /** What is in a folder; undefined where it cannot be listed. */
  listFolder: (request: FolderRequest) => Promise<FolderEntry[] | undefined>;
}

/** Bytes that are read of a file that is looked into without being asked. */
export const MOST_UNASKED = 64 * 2 ** 20;
/** Milliseconds that an answer waits for a file that nobody has looked into yet; it is known for the next one. */
const PATIENCE = 1000;

/** Fields of the file that the spec around a place reads; undefined where it reads none, or it is not known soon. */
export async function fieldsAt(
  { readData, runtime }: Pick<Files, "readData" | "runtime">,
  document: Document,
  position: Position,
): Promise<readonly SpecField[] | undefined> {
  const file = fileAt(document, position);
  if (file === undefined) return undefined;
  let stop = (): void => undefined;
  const late = new Promise<undefined>(
    (resolve) => (stop = runtime.after(PATIENCE, () => resolve(undefined))),
  );
  const found = readData({ ...file, most: MOST_UNASKED }).then(
    ({ fields }) => fields,
    () => undefined,
  );
  return Promise.race([found, late]).finally(() => stop());
}

/** Completion items; where a path is being written, after its folder has been listed. */
export async function itemsAt(
  files: Files,
  { textDocument, position, context }: CompletionParams,
): Promise<CompletionItem[]> {
  const { documents, abilities, listFolder } = files;
  const document = documents.get(textDocument.uri);
  if (document === undefined) return [];
  const folder = folderAt(document, position);
  const entries = folder && (await listFolder(folder));
  const fields = asksForFields(document, position) ? await fieldsAt(files, document, position) : undefined;
  const { snippets, commands } = abilities();
  return completions(document, position, {
    snippets,
    // The editor of the extension has this command.
    ...(commands ? { again: "editor.action.triggerSuggest" } : {}),
    ...(entries === undefined ? {} : { entries }),
    ...(fields === undefined ? {} : { fields }),
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
