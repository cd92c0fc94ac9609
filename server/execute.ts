/** Carries out the server's own commands: has the editor make files and show what a command gives. */
import { MessageType, ShowMessageNotification, type Connection } from "vscode-languageserver";
import { addressOf } from "../core/language/uses";
import { execute, isServerCommand, readArgument, type Outcome } from "../services/execute";
import { Refusal } from "../services/refusal";
import type { EditorAbilities } from "./capabilities";
import type { Documents } from "./documents";
import type { Runtime } from "./requests";

interface Host {
  connection: Connection;
  documents: Documents;
  runtime: Runtime;
  abilities: () => EditorAbilities;
}

type Done = Exclude<Outcome, { error: string }>;

/** What the request of a command is answered with; the editor has been asked to show the same. */
type ExecuteAnswer = { text: string } | { error: string };

/** @throws Refusal for an unknown command, an argument that cannot be read, or a document that is not open */
export async function executeCommand(
  host: Host,
  { command, arguments: given }: { command: string; arguments?: unknown },
): Promise<ExecuteAnswer> {
  if (!isServerCommand(command)) throw new Refusal(`There is no command \`${command}\`.`);
  const argument = readArgument(command, given);
  const { uri } = argument.textDocument;
  await host.documents.settled(uri);
  const document = host.documents.get(uri);
  if (document === undefined)
    throw new Refusal(`${uri} is not open in this editor. Open it, then run the command again.`);
  const outcome = execute(command, document, argument);
  return "error" in outcome ? refused(host, outcome.error) : carriedOut(host, uri, outcome);
}

function refused({ connection }: Host, error: string): ExecuteAnswer {
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message: error });
  return { error };
}

async function carriedOut(
  host: Host,
  uri: string,
  { text, message, page, made }: Done,
): Promise<ExecuteAnswer> {
  const done = made && (await make(host, uri, made));
  if (done !== undefined && "error" in done) return refused(host, done.error);
  const opened = page ? await host.runtime.keepPage?.(page) : done?.addresses[0];
  const isShown = opened !== undefined && (await show(host, opened));
  if (page === undefined || !isShown)
    void host.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  return { text };
}

/** Has the editor make files beside a document: all of them, or none and the reason. */
async function make(
  { connection, runtime, abilities }: Host,
  uri: string,
  { files, inTerminal }: NonNullable<Done["made"]>,
): Promise<{ addresses: string[] } | { error: string }> {
  if (!abilities().createsFiles)
    return {
      error: `This editor creates no files for a language server. To export, run in a terminal: ${inTerminal}`,
    };
  const addresses = files.map(({ name }) => addressOf(`./${name}`, uri)!);
  for (const [i, address] of addresses.entries())
    // Not left to the editor: Neovim and Helix empty a file that they are asked to create.
    if (await runtime.exists?.(address))
      return {
        error: `${files[i]!.name} already exists beside this spec, and this command never replaces a file. Delete it, or run in a terminal: ${inTerminal}`,
      };
  const start = { line: 0, character: 0 };
  const { applied, failureReason } = await connection.workspace.applyEdit({
    documentChanges: files.flatMap(({ text }, i) => [
      { kind: "create" as const, uri: addresses[i]!, options: { overwrite: false, ignoreIfExists: false } },
      {
        textDocument: { uri: addresses[i]!, version: null },
        edits: [{ range: { start, end: start }, newText: text }],
      },
    ]),
  });
  if (applied) return { addresses };
  return {
    error: `The editor did not create ${files[0]!.name}${failureReason ? `: ${failureReason}` : "."}`,
  };
}

/** Whether the editor has opened a file. */
async function show({ connection, abilities }: Host, uri: string): Promise<boolean> {
  return abilities().showsDocuments && (await connection.window.showDocument({ uri })).success;
}
