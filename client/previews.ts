/** All previews of a window: opened once for each spec, brought back after a reload. */
import * as vscode from "vscode";
import type { FromEditor } from "../core/train/page-protocol";
import type { RunState } from "../core/train/run-state";
import type { TermsAtAnswer } from "../services/protocol";
import { pageFolder, pageHtml } from "./page";
import { PreviewPanel, type PanelHost, type PanelTarget } from "./panel";
import type { PreviewStore } from "./store";

export const panelType = "bottleneck.preview";

const keyOf = (target: PanelTarget): string => `${target.uri}#${target.spec ?? ""}`;

export class Previews implements vscode.WebviewPanelSerializer {
  private readonly open = new Map<string, PreviewPanel>();
  /** Previews that hand over their last run, by their keys. */
  private readonly closing = new Map<string, Promise<void>>();
  private ending = false;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly host: PanelHost,
    private readonly store: PreviewStore,
  ) {}

  /**
   * Shows the preview of a spec beside the text.
   * @param page id of the page of the panel that is to be in front; else the one that is, the first in a new panel
   */
  show(target: PanelTarget, page?: string): void {
    const present = this.open.get(keyOf(target));
    present?.panel.reveal(undefined, true);
    const preview = present ?? this.create(target);
    if (page !== undefined) preview.showPage(page);
  }

  private create(target: PanelTarget): PreviewPanel {
    const title = `${target.spec ?? "Bottleneck"} (preview)`;
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    return this.adopt(
      vscode.window.createWebviewPanel(panelType, title, place, { retainContextWhenHidden: true }),
      target,
    );
  }

  /** Called by the editor after a reload of the window, with what the page kept. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const { uri, spec } = (state ?? {}) as Partial<Record<string, unknown>>;
    if (typeof uri !== "string" || (spec !== undefined && typeof spec !== "string")) {
      panel.dispose();
      return;
    }
    const target: PanelTarget = spec === undefined ? { uri } : { uri, spec };
    const stored = await this.store.read(target);
    // It may have been shown meanwhile; two of one spec would write each other's run.
    if (this.open.has(keyOf(target))) panel.dispose();
    else this.adopt(panel, target, stored);
  }

  /** Lights the terms at the cursor of a text in the previews of its specs. */
  light(uri: string, at: TermsAtAnswer): void {
    for (const { target, panel } of this.open.values()) {
      if (target.uri !== uri) continue;
      const message: FromEditor = {
        kind: "cursor",
        terms: at !== null && at.spec === target.spec ? at.terms : [],
      };
      void panel.webview.postMessage(message);
    }
  }

  /** The run of a spec whose preview is open. */
  run(target: PanelTarget): RunState | undefined {
    return this.open.get(keyOf(target))?.run;
  }

  /** Starts every preview's trainer again: its settings have changed. */
  restart(): void {
    for (const preview of this.open.values()) preview.restart();
  }

  /** Ends every trainer. What was stored stays: the window may come back. */
  dispose(): void {
    this.ending = true;
    for (const preview of [...this.open.values()]) preview.dispose();
  }

  private adopt(
    panel: vscode.WebviewPanel,
    target: PanelTarget,
    stored?: Awaited<ReturnType<PreviewStore["read"]>>,
  ): PreviewPanel {
    panel.iconPath = vscode.Uri.joinPath(this.extension, "media", "icon.png");
    panel.webview.options = { enableScripts: true, localResourceRoots: [pageFolder(this.extension)] };
    const preview = new PreviewPanel(panel, target, this.host, stored);
    this.open.set(keyOf(target), preview);
    this.host.changed(target);
    panel.onDidDispose(() => {
      this.open.delete(keyOf(target));
      this.host.changed(target);
      if (this.ending) preview.dispose();
      else this.closed(preview);
    });
    panel.webview.html = pageHtml(panel.webview, this.extension, target);
    void this.offerPrevious(preview);
    return preview;
  }

  /** A closed preview starts anew when it is shown again, and offers the run that it had. */
  private closed(preview: PreviewPanel): void {
    const key = keyOf(preview.target);
    void this.store.remove(preview.target);
    const closing = preview.close().finally(() => {
      if (this.closing.get(key) === closing) this.closing.delete(key);
    });
    this.closing.set(key, closing);
  }

  private async offerPrevious(preview: PreviewPanel): Promise<void> {
    await this.closing.get(keyOf(preview.target));
    await this.store.settled();
    const previous = await this.store.readPrevious(preview.target);
    if (previous !== undefined) preview.offer(previous);
  }

  /** Resolves when the runs of all closed previews are kept. */
  async settled(): Promise<void> {
    await Promise.all(this.closing.values());
    await this.store.settled();
  }
}
