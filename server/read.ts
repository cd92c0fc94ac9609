/** The spec files that there are and the text of each, from whoever can list and read them. */
import type { Connection } from "vscode-languageserver";
import { isListed, MOST_ENTRIES, type FolderEntry, type FolderRequest } from "../services/completion/paths";
import type { DataFileRequest } from "../services/declare";
import type { SpecData } from "../services/new-spec/data";
import {
  listFolderRequest,
  listSpecsRequest,
  readDataRequest,
  readUseRequest,
  type ReadUseParams,
} from "../services/protocol";
import { MOST_SPECS } from "../core/language/uses";
import type { EditorAbilities } from "./capabilities";
import type { Runtime } from "./requests";

/** Milliseconds that an editor has to hand over a file, or to list all. */
const PATIENCE = 10_000;
/** The same for a data file, which may be large. */
const DATA_PATIENCE = 60_000;

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
  params: object = {},
  patience = PATIENCE,
): Promise<unknown> {
  let stop = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    stop = runtime.after(patience, () =>
      reject(new Error(`the editor did not hand it over in ${patience / 1000} seconds`)),
    );
  });
  try {
    return await Promise.race([connection.sendRequest<unknown>(request, params), late]);
  } finally {
    stop();
  }
}

function textOf(answer: unknown): string {
  const { text, problem } = (answer ?? {}) as Record<string, unknown>;
  if (typeof text === "string") return text;
  throw new Error(typeof problem === "string" ? problem : "the editor answered with neither text nor reason");
}

/**
 * What is in a data file that a spec names: asked of the editor, which knows whether its workspace is trusted, and read
 * from the machine's disk for an editor that does not read data.
 * @throws Error that says why it could not be read, as a sentence
 */
export async function readDataFile(
  connection: Connection,
  runtime: Runtime,
  { readsData }: EditorAbilities,
  request: DataFileRequest,
): Promise<SpecData> {
  if (!readsData) {
    if (runtime.readData === undefined) throw new Error(`This editor does not read \`${request.source}\`.`);
    return runtime.readData(request);
  }
  const answer = await asked(connection, runtime, readDataRequest, request, DATA_PATIENCE);
  const { data, problem } = (answer ?? {}) as Record<string, unknown>;
  if (isData(data)) return data;
  throw new Error(typeof problem === "string" ? problem : `The editor did not read \`${request.source}\`.`);
}

/** Whether an editor's answer has what a declaration is made of, and what is known of a file, if anything, is that. */
function isData(data: unknown): data is SpecData {
  const { fields, known } = (data ?? {}) as Partial<SpecData>;
  return (
    (known === undefined || isKnown(known)) &&
    Array.isArray(fields) &&
    fields.every(
      (field: unknown) =>
        typeof field === "object" &&
        field !== null &&
        ["name", "kind", "role"].every(
          (part) => typeof (field as Record<string, unknown>)[part] === "string",
        ),
    )
  );
}

function isKnown(known: unknown): known is NonNullable<SpecData["known"]> {
  const { name, fields } = (known ?? {}) as Partial<NonNullable<SpecData["known"]>>;
  return (
    typeof name === "string" &&
    Array.isArray(fields) &&
    fields.every((field: unknown) => {
      const { name, kind, shape } = (field ?? {}) as Record<string, unknown>;
      const sizes = Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length));
      return typeof name === "string" && typeof kind === "string" && sizes;
    })
  );
}

/**
 * What is in a folder that a path in a spec names, from whoever reads data files.
 * @returns undefined where it cannot be listed
 */
export async function listFolder(
  connection: Connection,
  runtime: Runtime,
  { readsData }: EditorAbilities,
  request: FolderRequest,
): Promise<FolderEntry[] | undefined> {
  try {
    if (!readsData) return await runtime.listFolder?.(request);
    const answer = await asked(connection, runtime, listFolderRequest, request);
    return isFolder(answer) ? answer : undefined;
  } catch {
    return undefined;
  }
}

const isFolder = (answer: unknown): answer is FolderEntry[] =>
  Array.isArray(answer) &&
  answer.length <= MOST_ENTRIES &&
  answer.every((entry: unknown) => {
    const { name, folder } = (entry ?? {}) as Partial<FolderEntry>;
    return typeof name === "string" && isListed(name) && typeof folder === "boolean";
  });
