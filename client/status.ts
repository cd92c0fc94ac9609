/** The status bar's item: the method of the spec at the cursor, what its preview is doing, and how many findings it has. */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { RunState } from "../core/train/run-state";
import type { EditorCommandId } from "../services/commands";
import type { SpecsAnswer } from "../services/protocol";
import type { PanelTarget } from "./panel";
import { statusText } from "./status-text";
import { specAt, specsOf } from "./targets";

/** Milliseconds of quiet before the server is asked which specs the text has. */
const QUIET = 200;
/** Left of what languages show, right of what the window shows. */
const PRIORITY = 10;
const preview: EditorCommandId = "bottleneck.preview";

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    "bottleneck.spec",
    vscode.StatusBarAlignment.Left,
    PRIORITY,
  );
  private readonly disposables: vscode.Disposable[] = [this.item];
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The editor that it is about: the last one in use, as long as it can be seen. */
  private editor: vscode.TextEditor | undefined;
  private shown: { target: Required<PanelTarget>; spec: SpecsAnswer[number] } | undefined;

  /** @param runOf the run of an open preview */
  constructor(
    private readonly client: BaseLanguageClient,
    private readonly runOf: (target: PanelTarget) => RunState | undefined,
  ) {
    this.item.name = "Bottleneck";
    const soon = (): void => this.askSoon();
    this.disposables.push(
      vscode.window.onDidChangeActiveTextEditor(soon),
      vscode.window.onDidChangeVisibleTextEditors(soon),
      vscode.window.onDidChangeTextEditorSelection(soon),
      // They follow every new analysis, also one that another file has caused.
      vscode.languages.onDidChangeDiagnostics(soon),
      client.onDidChangeState(soon),
    );
    soon();
  }

  /** The run of a preview has changed, or it is closed. */
  changed(target: PanelTarget): void {
    const { uri, spec } = this.shown?.target ?? {};
    if (target.uri === uri && target.spec === spec) this.draw();
  }

  private askSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), QUIET);
  }

  private async ask(): Promise<void> {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    this.editor = activeTextEditor ?? visibleTextEditors.find((one) => one === this.editor);
    const editor = this.editor;
    this.shown = undefined;
    if (editor?.document.languageId === "bottleneck") {
      // The server may be starting again.
      const specs = await specsOf(this.client, editor.document.uri).catch(() => []);
      const spec = specAt(specs, editor.selection.active.line) ?? specs[0];
      const uri = editor.document.uri.toString();
      if (spec !== undefined) this.shown = { target: { uri, spec: spec.name }, spec };
    }
    this.draw();
  }

  private draw(): void {
    if (this.shown === undefined) return this.item.hide();
    const { target, spec } = this.shown;
    const { text, tooltip } = statusText(spec, this.runOf(target));
    // Each setting is a message to the window, and a training says something many times a second.
    if (this.item.text !== text) this.item.text = text;
    if (this.item.tooltip !== tooltip) this.item.tooltip = tooltip;
    this.item.command = { command: preview, title: "Preview", arguments: [target.uri, target.spec] };
    this.item.show();
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
