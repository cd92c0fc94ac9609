/** Derivations as pages beside the text, typeset; they follow the text, and stay while it has errors. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { faultOfToEditor } from "../core/train/page-check";
import type { FromEditor } from "../core/train/page-protocol";
import { derivationPageRequest, type DerivationPageAnswer } from "../services/protocol";
import { pageFolder, pageHtml } from "./page";
import type { PanelTarget } from "./panel";
import type { UsedFiles } from "./uses";

export const derivationType = "bottleneck.derivation";

/** Milliseconds of quiet before an edit changes the derivation. */
const EDIT_QUIET = 300;

const keyOf = ({ uri, spec }: PanelTarget): string => `${uri}#${spec ?? ""}`;

export class Derivations implements vscode.WebviewPanelSerializer {
  private readonly open = new Map<string, { panel: vscode.WebviewPanel; target: PanelTarget }>();
  private readonly following: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly client: BaseLanguageClient,
    uses: Pick<UsedFiles, "onDidChange">,
    private readonly log: (message: string) => void,
  ) {
    // Any text may be one that the derived specs use.
    this.following = uses.onDidChange(() => this.edited());
  }

  /** Shows the derivation of a spec beside its text. */
  show(target: PanelTarget): void {
    const present = this.open.get(keyOf(target));
    if (present !== undefined) {
      present.panel.reveal(undefined, true);
      return;
    }
    const title = `${target.spec ?? "Bottleneck"} (derivation)`;
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.adopt(vscode.window.createWebviewPanel(derivationType, title, place), target);
  }

  /** Called by the editor after a reload of the window, with what the page kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { uri, spec } = (state ?? {}) as Partial<Record<string, unknown>>;
    if (typeof uri === "string" && typeof spec === "string") this.adopt(panel, { uri, spec });
    else panel.dispose();
  }

  private adopt(panel: vscode.WebviewPanel, target: PanelTarget): void {
    const key = keyOf(target);
    this.open.set(key, { panel, target });
    panel.iconPath = vscode.Uri.joinPath(this.extension, "media", "icon.png");
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(this.extension)] };
    const listening = panel.webview.onDidReceiveMessage((message: unknown) => {
      const fault = faultOfToEditor(message);
      if (fault !== undefined) this.log(`The derivation sent what is not of the protocol: ${fault}`);
      else if ((message as { kind: string }).kind === "ready") void this.tell(panel, target);
    });
    panel.onDidDispose(() => {
      listening.dispose();
      this.open.delete(key);
    });
    panel.webview.html = pageHtml(panel.webview, this.extension, { derivation: target });
  }

  private async tell(panel: vscode.WebviewPanel, { uri, spec }: PanelTarget): Promise<void> {
    try {
      // The server knows only documents that are open.
      await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
      const params = { textDocument: { uri }, ...(spec === undefined ? {} : { spec }) };
      const page = await this.client.sendRequest<DerivationPageAnswer>(derivationPageRequest, params);
      const message: FromEditor = { kind: "derivation", ...(page === null ? {} : { page }) };
      await panel.webview.postMessage(message);
    } catch (error) {
      this.log(`The derivation of ${spec ?? uri} could not be shown: ${String(error)}`);
    }
  }

  private edited(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const { panel, target } of this.open.values()) void this.tell(panel, target);
    }, EDIT_QUIET);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.following.dispose();
  }
}
