/** Asks, by lists to choose from, what a new spec is to be, and opens it. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { noData, type SpecData } from "../services/new-spec/data";
import { readData } from "../services/new-spec/file";
import { labelsOf, survivors } from "../services/new-spec/survivors";
import {
  builtInDataRequest,
  newSpecRequest,
  type BuiltInDataAnswer,
  type NewSpecAnswer,
  type NewSpecParams,
} from "../services/protocol";
import { dataPicture } from "./pictures";
import { emptyFileOrFolder, showNew } from "./new-text";

/** Asks what the spec is to be, each step with an answer chosen already, and opens it in its place. */
export async function newSpec(client: BaseLanguageClient, extension: vscode.Uri): Promise<void> {
  const place = emptyFileOrFolder();
  const data = await askData(client, extension, place.folder);
  const streams = data && (await askStreams(data));
  const wants = streams && (await askWants(data, streams));
  const target = wants?.includes("predict()") ? await askTarget(data!) : undefined;
  if (data === undefined || streams === undefined || wants === undefined) return;
  if (wants.includes("predict()") && target === undefined) return;
  const params: NewSpecParams = { data, streams, wants, ...(target === undefined ? {} : { target }) };
  const text = await client.sendRequest<NewSpecAnswer>(newSpecRequest, params);
  if (text === null)
    void vscode.window.showErrorMessage(
      "The spec could not be written. The log of the language server says why: run `Output: Show Output Channels` and choose Bottleneck.",
    );
  else await showNew(place, text);
}

const title = (what: string): string => `New Spec: ${what}`;

/** Lists stay open when the person looks elsewhere. */
const stays = { ignoreFocusOut: true, matchOnDetail: true };

/** @param folder of the new spec, where it has one */
async function askData(
  client: BaseLanguageClient,
  extension: vscode.Uri,
  folder: vscode.Uri | undefined,
): Promise<SpecData | undefined> {
  const builtIn = await client.sendRequest<BuiltInDataAnswer>(builtInDataRequest);
  type Item = vscode.QuickPickItem & { data?: SpecData };
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const file: Item = {
    label: "A data file…",
    detail: "An npz, npy or IDX file with one row for each sample.",
    iconPath: new vscode.ThemeIcon("folder-opened"),
  };
  const items: Item[] = [
    separator("built-in data: its true factors are known"),
    ...builtIn.map((data) => ({
      label: data.title,
      detail: data.doc,
      iconPath: dataPicture(extension, data.source!),
      data,
    })),
    separator("your data"),
    // Files of a workspace that is not trusted stay closed.
    ...(vscode.workspace.isTrusted ? [file] : []),
    { label: noData.title, detail: noData.doc, iconPath: new vscode.ThemeIcon("circle-slash"), data: noData },
  ];
  const choice = await vscode.window.showQuickPick(items, {
    ...stays,
    title: title("which data?"),
    placeHolder: "Choose the data to train on",
  });
  return choice === file ? askFile(folder) : choice?.data;
}

async function askFile(folder: vscode.Uri | undefined): Promise<SpecData | undefined> {
  const [place] =
    (await vscode.window.showOpenDialog({
      title: title("which data file?"),
      openLabel: "Use This Data",
      filters: { "Data files": ["npz", "npy", "gz", "idx", "idx1-ubyte", "idx3-ubyte"], "All files": ["*"] },
    })) ?? [];
  if (place === undefined) return undefined;
  const path = pathFrom(folder ?? vscode.workspace.getWorkspaceFolder(place)?.uri, place);
  try {
    const data = await readData({ source: path, options: {} }, async () =>
      vscode.workspace.fs.readFile(place),
    );
    if (data.fields.some(({ role }) => role === "stream")) return data;
    void vscode.window.showErrorMessage(
      `${path} has no stream: each of its fields has one number for a sample. Save at least one array of more than one number for each sample.`,
    );
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
  return undefined;
}

/** The path of a file as a spec of the folder names it. */
const pathFrom = (folder: vscode.Uri | undefined, file: vscode.Uri): string =>
  folder !== undefined && file.path.startsWith(`${folder.path}/`)
    ? `.${file.path.slice(folder.path.length)}`
    : file.fsPath;

async function askStreams({ fields }: SpecData): Promise<string[] | undefined> {
  const streams = fields.filter(({ role }) => role === "stream");
  const [only] = streams;
  if (streams.length === 1) return [only!.name];
  const chosen = await vscode.window.showQuickPick(
    streams.map(({ name, kind, doc }) => ({ label: name, description: kind, detail: doc, picked: true })),
    {
      ...stays,
      canPickMany: true,
      title: title("which streams?"),
      placeHolder: "Choose at least one stream",
    },
  );
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map(({ label }) => label);
}

async function askWants(data: SpecData, streams: readonly string[]): Promise<string[] | undefined> {
  const chosen = await vscode.window.showQuickPick(
    survivors(data, streams).map(({ id, title: label, doc, usual }) => ({
      id,
      label,
      detail: doc,
      picked: usual,
    })),
    {
      ...stays,
      canPickMany: true,
      title: title("what must survive in the codes?"),
      placeHolder: "Everything else is compressed away",
    },
  );
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map(({ id }) => id);
}

async function askTarget(data: SpecData): Promise<string | undefined> {
  const labels = labelsOf(data);
  if (labels.length === 1) return labels[0]!.name;
  const choice = await vscode.window.showQuickPick(
    labels.map(({ name, kind, doc }) => ({ label: name, description: kind, detail: doc })),
    { ...stays, title: title("which label is to be predicted?") },
  );
  return choice?.label;
}
