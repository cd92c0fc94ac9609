/** The spec files that there are and the text of each, from whoever can list and read them. */
import type { Connection } from "vscode-languageserver";
import { listSpecsRequest, readUseRequest, type ReadUseParams } from "../services/protocol";
import { MOST_SPECS } from "../core/language/uses";
import type { EditorAbilities } from "./capabilities";
import type { Runtime } from "./requests";

/** Milliseconds that an editor has to hand over a file, or to list all. */
const PATIENCE = 10_000;

/**
 * Reads files of the machine in Node, and asks the editor for all others.
 * @throws Error that says why there is no text
 */
export async function readText(
  connection: Connection,
  runtime: Runtime,
  { readsUses }: EditorAbilities,
  address: string,
): Promise<string> {
  if (runtime.readUse && address.startsWith("file:")) return runtime.readUse(address);
  if (!readsUses) throw new Error(`this editor hands over no files at ${new URL(address).protocol}`);
  const params: ReadUseParams = { uri: address };
  return textOf(await asked(connection, runtime, readUseRequest, params));
}

/**
 * The addresses of the spec files in some folders: those of the machine's disk in Node; others are asked of the editor.
 * @returns undefined where they cannot all be listed
 */
export async function listSpecs(
  connection: Connection,
  runtime: Runtime,
  { listsSpecs }: EditorAbilities,
  folders: readonly string[],
): Promise<string[] | undefined> {
  const { specsIn } = runtime;
  if (specsIn !== undefined && (!listsSpecs || folders.every((folder) => folder.startsWith("file:")))) {
    const found = await Promise.all(folders.map(specsIn));
    return found.includes(undefined) ? undefined : found.flatMap((addresses) => addresses!);
  }
  // An editor that can neither be asked nor has files knows the open documents alone.
  if (!listsSpecs || folders.length === 0) return [];
  try {
    const answer = await asked(connection, runtime, listSpecsRequest);
    return isList(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

const isList = (answer: unknown): answer is string[] =>
  Array.isArray(answer) &&
  answer.length <= MOST_SPECS &&
  answer.every((address) => typeof address === "string" && URL.canParse(address) && isSpec(address));

const isSpec = (address: string): boolean => new URL(address).pathname.endsWith(".bottleneck");

/** What the editor answers. @throws Error where it refuses or takes too long */
async function asked(
  connection: Connection,
  runtime: Runtime,
  request: string,
  params?: object,
): Promise<unknown> {
  let stop = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    stop = runtime.after(PATIENCE, () => reject(new Error("the editor did not hand it over in 10 seconds")));
  });
  try {
    return await Promise.race([connection.sendRequest<unknown>(request, params ?? {}), late]);
  } finally {
    stop();
  }
}

function textOf(answer: unknown): string {
  const { text, problem } = (answer ?? {}) as Record<string, unknown>;
  if (typeof text === "string") return text;
  throw new Error(typeof problem === "string" ? problem : "the editor answered with neither text nor reason");
}
