/** Derivations as documents that can be read but not changed; they follow the text. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { derivationRequest, type DerivationAnswer } from "../services/protocol";
import type { PanelTarget } from "./panel";
import type { UsedFiles } from "./uses";

export const derivationScheme = "bottleneck-derivation";

/** Milliseconds of quiet before an edit changes the derivation. */
const EDIT_QUIET = 300;

const targetOf = (uri: vscode.Uri): Required<PanelTarget> =>
  JSON.parse(decodeURIComponent(uri.query)) as Required<PanelTarget>;

export class Derivations implements vscode.TextDocumentContentProvider {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly following: vscode.Disposable;

  constructor(
    private readonly client: BaseLanguageClient,
    uses: Pick<UsedFiles, "onDidChange">,
  ) {
    this.following = uses.onDidChange(() => this.edited());
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const { uri: source, spec } = targetOf(uri);
    await vscode.workspace.openTextDocument(vscode.Uri.parse(source));
    const params = { textDocument: { uri: source }, spec };
    const text = await this.client.sendRequest<DerivationAnswer>(derivationRequest, params);
    return (
      text ??
      `# ${spec}\n\nThe loss cannot be derived while the spec has errors: mend them, and the derivation appears here.\n`
    );
  }

  /** Opens the derivation of a spec beside its text. */
  async show(target: Required<PanelTarget>): Promise<void> {
    const query = encodeURIComponent(JSON.stringify(target));
    const uri = vscode.Uri.from({ scheme: derivationScheme, path: `/${target.spec}.md`, query });
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  /** Any text may be one that the derived specs use. */
  private edited(): void {
    const followers = vscode.workspace.textDocuments
      .map((document) => document.uri)
      .filter((uri) => uri.scheme === derivationScheme);
    for (const uri of followers) {
      clearTimeout(this.timers.get(uri.toString()));
      this.timers.set(
        uri.toString(),
        setTimeout(() => this.changed.fire(uri), EDIT_QUIET),
      );
    }
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.following.dispose();
    this.changed.dispose();
  }
}
