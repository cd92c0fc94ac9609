/** Writes a spec as a PyTorch file where the person says. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { exportRequest, type ExportAnswer, type ExportParams } from "../services/protocol";
import type { PanelTarget } from "./panel";

const choices = [
  {
    label: "PyTorch module",
    detail: "Encoders, decoders, critics and the loss: one file that needs torch only",
    lossOnly: false,
  },
  {
    label: "PyTorch loss only",
    detail: "forward(codes, streams, knobs), for a training loop that already exists",
    lossOnly: true,
  },
];

/** Asks what and where, writes the file and opens it. */
export async function exportSpec(client: BaseLanguageClient, target: Required<PanelTarget>): Promise<void> {
  const choice = await vscode.window.showQuickPick(choices, { title: `Export ${target.spec}` });
  if (choice === undefined) return;
  const params: ExportParams = {
    textDocument: { uri: target.uri },
    spec: target.spec,
    lossOnly: choice.lossOnly,
  };
  const answer = await client.sendRequest<ExportAnswer>(exportRequest, params);
  if ("error" in answer) {
    void vscode.window.showErrorMessage(answer.error);
    return;
  }
  const source = vscode.Uri.parse(target.uri);
  const folder =
    source.scheme === "untitled"
      ? vscode.workspace.workspaceFolders?.[0]?.uri
      : vscode.Uri.joinPath(source, "..");
  const file = await vscode.window.showSaveDialog({
    title: `Export ${target.spec}`,
    filters: { Python: ["py"] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, answer.file) }),
  });
  if (file === undefined) return;
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(answer.text));
  await vscode.window.showTextDocument(file);
}
