/** Opens a copy of one of the examples that are in the package. */
import * as vscode from "vscode";
import { exampleOf } from "../services/examples";
import { dataPicture } from "./pictures";
import { emptyFile, showNew } from "./new-text";

/** Asks which example, and opens its text as a new document, or in the empty file in use. */
export async function openExample(extension: vscode.Uri): Promise<void> {
  const place = emptyFile();
  const choice = await vscode.window.showQuickPick(listed(extension), {
    title: "Open Example",
    placeHolder: "Choose an example: a copy of it is opened, which trains at once",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (choice !== undefined) await showNew(place, choice.text);
}

async function listed(extension: vscode.Uri): Promise<(vscode.QuickPickItem & { text: string })[]> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, "dist", "examples.json"));
  const texts = JSON.parse(new TextDecoder().decode(bytes)) as string[];
  return texts.flatMap((text) => {
    const example = exampleOf(text);
    if (example === undefined) return [];
    const { name, question, doc, data } = example;
    return {
      text,
      label: question === "" ? name : question,
      description: name,
      detail: doc,
      ...(data === undefined ? {} : { iconPath: dataPicture(extension, data) }),
    };
  });
}
