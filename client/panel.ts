/** One preview: a page beside the text, and the relay to a trainer of its own. */
import * as vscode from "vscode";
import type { FromEditor, PanelRequest, ToEditor } from "../core/train/page-protocol";
import type { PreviousRun } from "../core/train/previous-run";
import { canonicalAddress, type Uses } from "../core/language/uses";
import type { RunState } from "../core/train/run-state";
import { Relay, type OpenText, type PageLink } from "../trainer/relay";
import type { StoredRun } from "../trainer/saved-states";
import type { PageTraining } from "../trainer/page-worker";
import type { StudiesHome } from "../trainer/studies/desk";
import type { ShowPage } from "../webview/page";
import type { Trainer } from "./home";
import type { UsedFiles } from "./uses";

/** Which spec of which document a panel shows. */
export interface PanelTarget {
  uri: string;
  /** The first of the file where absent. */
  spec?: string;
}

/** What a panel needs from the extension around it. */
export interface PanelHost {
  startTrainer(uri: vscode.Uri): Trainer;
  /** What the panel needs to train on its own GPU; undefined where it is not to. */
  pageTraining(uri: vscode.Uri): PageTraining | undefined;
  /** Where studies of a document are carried out. */
  studies(uri: vscode.Uri): StudiesHome;
  /** The files that a document uses. */
  uses: Pick<UsedFiles, "gather" | "onDidChange">;
  autorun(): boolean;
  pauseWhenHidden(): boolean;
  /** Carries out what the page asks; what it is to be told then, if anything. */
  toEditor(target: PanelTarget, request: PanelRequest): Promise<FromEditor | undefined>;
  /** Resolves when it is kept. */
  store(target: PanelTarget, run: StoredRun): Promise<void>;
  /** Keeps the run before, or forgets it. */
  storePrevious(target: PanelTarget, run: PreviousRun | undefined): void;
  /** The run of a preview has changed. */
  changed(target: PanelTarget): void;
  log(message: string): void;
}

/** Milliseconds of quiet before an edit is handed to the trainer. */
const EDIT_QUIET = 250;
/** A trainer that ends sooner than this after its start is not started again by itself. */
const SHORTEST_LIFE = 10_000;

export class PreviewPanel {
  private readonly relay: Relay;
  private readonly page: PageLink;
  private readonly disposables: vscode.Disposable[] = [];
  /** What the text used when it was opened last. */
  private uses: Uses = {};
  private editTimer: NodeJS.Timeout | undefined;
  /** Resolves when the page has loaded: what it is told before may be lost. */
  private readonly listens: Promise<void>;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly target: PanelTarget,
    private readonly host: PanelHost,
    stored?: StoredRun,
  ) {
    this.relay = new Relay(
      {
        startTrainer: () => host.startTrainer(vscode.Uri.parse(target.uri)),
        pageTraining: () => host.pageTraining(vscode.Uri.parse(target.uri)),
        studies: host.studies(vscode.Uri.parse(target.uri)),
        read: () => this.read(),
        carryOut: (request) => host.toEditor(target, request),
        autorun: () => host.autorun(),
        page: () => ({ visible: panel.visible, pauseWhenHidden: host.pauseWhenHidden() }),
        keep: (run) => host.store(target, run),
        keepPrevious: (run) => host.storePrevious(target, run),
        heard: () => host.changed(target),
        ended: (reason, lived) => this.trainerEnded(reason, lived),
        log: (message) => host.log(message),
      },
      stored,
    );
    // The editor queues messages to its pages and does not report when they have received them.
    this.page = this.relay.connect((message, taken) => {
      void panel.webview.postMessage(message);
      taken();
    });
    const ready: ToEditor["kind"] = "ready";
    this.listens = new Promise((resolve) => {
      this.disposables.push(
        panel.webview.onDidReceiveMessage((message: unknown) => {
          this.page.receive(message);
          if ((message as Partial<ToEditor> | null)?.kind === ready) resolve();
        }),
      );
    });
    this.disposables.push(
      panel.onDidChangeViewState(() => this.relay.settle()),
      host.uses.onDidChange((address) => {
        if (address === canonicalAddress(target.uri) || Object.hasOwn(this.uses, address)) this.edited();
      }),
    );
    // While the page loads, the trainer starts.
    this.relay.start();
  }

  private async read(): Promise<OpenText> {
    const { uri, spec } = this.target;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
    const text = document.getText();
    this.uses = await this.host.uses.gather(document);
    return { uri, text, uses: this.uses, ...(spec === undefined ? {} : { spec }) };
  }

  private edited(): void {
    clearTimeout(this.editTimer);
    this.editTimer = setTimeout(() => this.relay.open(), EDIT_QUIET);
  }

  private trainerEnded(reason: string, lived: number): void {
    this.host.changed(this.target);
    if (lived >= SHORTEST_LIFE) {
      void vscode.window.showWarningMessage(`Bottleneck's trainer stopped and was restarted: ${reason}`);
      this.relay.start();
      return;
    }
    void vscode.window
      .showErrorMessage(`Bottleneck's trainer stopped: ${reason}`, "Restart")
      .then((choice) => {
        if (choice !== undefined && !this.relay.started) this.relay.start();
      });
  }

  get run(): RunState {
    return this.relay.state;
  }

  /** Brings a page of the panel to the front, as soon as it listens. @param page its id */
  showPage(page: string): void {
    const message: ShowPage = { kind: "showPage", page };
    void this.listens.then(() => this.panel.webview.postMessage(message));
  }

  /** Ends the trainer and starts another that goes on from the last saved state. */
  restart(): void {
    this.relay.start();
  }

  /** A run that was kept another day can be had back. */
  offer(previous: PreviousRun): void {
    this.relay.offer(previous);
  }

  /** The person has closed it: its run is the run before once it settles. */
  close(): Promise<void> {
    // First, since a trainer in the page ends with it.
    const closed = this.relay.close();
    this.leave();
    return closed;
  }

  /** Ends the trainer; what was stored of its run stays. */
  dispose(): void {
    this.relay.stop();
    this.leave();
  }

  private leave(): void {
    clearTimeout(this.editTimer);
    this.page.close();
    for (const disposable of this.disposables) disposable.dispose();
  }
}
