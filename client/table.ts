/** The periodic table as a panel by itself: it lights the spec at the cursor of the text in use, and follows it. */
import * as vscode from "vscode";
import { isOfRun, type FromEditor, type PanelRequest, type ToEditor } from "../core/train/page-protocol";
import { faultOfToEditor } from "../core/train/page-check";
import { pageFolder, pageHtml } from "./page";
import type { PanelTarget } from "./panel";
import type { UsedFiles } from "./uses";

/** What the table needs from the extension around it. */
interface TableHost {
  uses: Pick<UsedFiles, "onDidChange">;
  /** The spec at the cursor of the text in use. */
  target(): Promise<PanelTarget | undefined>;
  toEditor(target: PanelTarget | undefined, request: PanelRequest): Promise<FromEditor | undefined>;
  log(message: string): void;
}

export const tableType = "bottleneck.table";

/** Under which the spec that was lit last is remembered over a reload of the window. */
const LIT = "table.target";

/** Milliseconds of quiet before an edit, or another text, changes the table. */
const QUIET = 300;

export class TablePanel implements vscode.WebviewPanelSerializer {
  private panel: vscode.WebviewPanel | undefined;
  private following: vscode.Disposable[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly memory: vscode.Memento,
    private readonly host: TableHost,
  ) {}

  /** Opens the table beside the text, or brings it to the front. */
  async show(): Promise<void> {
    await this.light(await this.host.target());
    if (this.panel !== undefined) {
      this.panel.reveal(undefined, true);
      await this.tell();
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.adopt(vscode.window.createWebviewPanel(tableType, "Periodic Table of Losses", place));
  }

  /** Called by the editor after a reload of the window. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.adopt(panel);
    // The text in use, where there is one, else what was lit.
    await this.follow();
  }

  private get target(): PanelTarget | undefined {
    return this.memory.get<PanelTarget>(LIT);
  }

  private light(target: PanelTarget | undefined): Thenable<void> {
    return this.memory.update(LIT, target);
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.extension, "media", "icon.png");
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(this.extension)] };
    this.following = [
      panel.webview.onDidReceiveMessage((message: unknown) => void this.fromPage(message)),
      vscode.window.onDidChangeActiveTextEditor(() => this.soon()),
      // Any text may be one that the spec uses.
      this.host.uses.onDidChange(() => this.soon()),
    ];
    panel.onDidDispose(() => {
      if (this.panel === panel) this.dispose();
    });
    panel.webview.html = pageHtml(panel.webview, this.extension, "table");
  }

  private async fromPage(message: unknown): Promise<void> {
    const fault = faultOfToEditor(message);
    if (fault !== undefined) return this.host.log(`The table sent what is not of the protocol: ${fault}`);
    const request = message as ToEditor;
    // It shows no run.
    if (isOfRun(request)) return;
    this.post(await this.host.toEditor(this.target, request));
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.follow(), QUIET);
  }

  /** Where no spec is in use, the last one stays lit. */
  private async follow(): Promise<void> {
    await this.light((await this.host.target()) ?? this.target);
    await this.tell();
  }

  private async tell(): Promise<void> {
    this.post(await this.host.toEditor(this.target, { kind: "table" }));
  }

  private post(answer: FromEditor | undefined): void {
    if (answer !== undefined) void this.panel?.webview.postMessage(answer);
  }

  /** Stops following the text. The panel stays: the window may come back. */
  dispose(): void {
    clearTimeout(this.timer);
    for (const disposable of this.following.splice(0)) disposable.dispose();
    this.panel = undefined;
  }
}
