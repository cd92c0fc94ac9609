/** Small pictures of built-in data, which the build makes from samples. */
import * as vscode from "vscode";

/** @param name of a generator */
export const dataPicture = (extension: vscode.Uri, name: string): vscode.Uri =>
  vscode.Uri.joinPath(extension, "dist", "pictures", "data", `${name}.png`);
