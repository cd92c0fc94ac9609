/** One preview: a page beside the text, a trainer of its own, and the relay between them. */
import * as vscode from "vscode";
import { faultOfToEditor } from "../core/train/page-check";
import { faultOfToHost } from "../core/train/protocol-check";
import { PROTOCOL_VERSION, type FromHost, type Phase, type ToHost } from "../core/train/protocol";
import type { FromEditor, PanelRequest, ToEditor } from "../core/train/page-protocol";
import { canonicalAddress, type Uses } from "../core/language/uses";
import type { Trainer } from "./home";
import { emptyRun, fold, type RunState } from "../core/train/run-state";
import type { UsedFiles } from "./uses";

/** Which spec of which document a panel shows. */
export interface PanelTarget {
  uri: string;
  /** The first of the file where absent. */
  spec?: string;
}

/** What a panel keeps over a reload of the window. */
export interface StoredPanel {
  state: RunState;
  snapshot?: Uint8Array;
  /** Whether the person wants it to train, once they have said so. */
  wanted?: boolean;
}

/** What a panel needs from the extension around it. */
export interface PanelHost {
  startTrainer(uri: vscode.Uri): Trainer;
  /** The files that a document uses. */
  uses: Pick<UsedFiles, "gather" | "onDidChange">;
  autorun(): boolean;
  pauseWhenHidden(): boolean;
  /** Carries out what the page asks; what it is to be told then, if anything. */
  toEditor(target: PanelTarget, request: PanelRequest): Promise<FromEditor | undefined>;
  /** Resolves when it is kept. */
  store(target: PanelTarget, panel: StoredPanel): Promise<void>;
  log(message: string): void;
}

/** Milliseconds of quiet before an edit is handed to the trainer. */
const EDIT_QUIET = 250;
/** Milliseconds between saved states while training. */
const SAVE_EVERY = 15_000;
/** A trainer that ends sooner than this after its start is not started again by itself. */
const SHORTEST_LIFE = 10_000;

export class PreviewPanel {
  private run = emptyRun();
  private welcome: FromHost | undefined;
  private readonly disposables: vscode.Disposable[] = [];
  /** Whether the page has said that it listens. */
  private listening = false;
  /** Whether it has said that it has drawn the spec. */
  private drawn = false;
  private trainer: Trainer | undefined;
  private snapshot: Uint8Array | undefined;
  private generation = 0;
  private phase: Phase = "idle";
  /** That the training rests: said to the page once the state that it rests in is kept. */
  private resting: FromHost | undefined;
  /** Of the training, as last told. */
  private step = 0;
  /** Whether the person has said that it should train; as the settings say while they have not. */
  private wanted: boolean | undefined;
  /** That the training is held until a person can see it. */
  private waitsToBeSeen = false;
  /** What the text used when it was opened last. */
  private uses: Uses = {};
  /** Texts are opened one after the other, so that the newest comes last. */
  private opening: Promise<void> = Promise.resolve();
  private editTimer: NodeJS.Timeout | undefined;
  private saveTimer: NodeJS.Timeout | undefined;
  private startedAt = 0;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly target: PanelTarget,
    private readonly host: PanelHost,
    stored?: StoredPanel,
  ) {
    if (stored !== undefined) {
      this.run = stored.state;
      this.snapshot = stored.snapshot;
      this.wanted = stored.wanted;
      // The page drops what is older than what it was told last.
      this.generation = stored.state.generation;
    }
    this.disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => this.fromPage(message)),
      panel.onDidChangeViewState(() => this.visibilityChanged()),
      host.uses.onDidChange((address) => {
        if (address === canonicalAddress(target.uri) || Object.hasOwn(this.uses, address)) this.edited();
      }),
    );
    panel.onDidDispose(() => this.dispose());
    // While the page loads, the trainer starts.
    this.start();
  }

  // --- The page ---

  private fromPage(message: unknown): void {
    if (faultOfToEditor(message) === undefined) return this.asked(message as ToEditor);
    const fault = faultOfToHost(message);
    if (fault !== undefined) return this.host.log(`The panel sent what is not of the protocol: ${fault}`);
    const command = message as ToHost;
    // What is opened, and for how long, is decided here.
    if (command.kind === "hello" || command.kind === "open" || command.kind === "close") return;
    if (command.kind === "pause") this.wanted = false;
    if (command.kind === "run" || command.kind === "reset") this.wanted = true;
    if (command.kind !== "knob") this.waitsToBeSeen = false;
    this.trainer?.channel.send(command);
  }

  private asked(request: ToEditor): void {
    if (request.kind === "ready") {
      this.listening = true;
      if (this.welcome !== undefined) this.post(this.welcome);
      this.post({ kind: "state", state: this.run });
    } else if (request.kind === "shown") {
      this.drawn = true;
      this.visibilityChanged();
    } else void this.host.toEditor(this.target, request).then((answer) => answer && this.post(answer));
  }

  /** Tells the page; one that does not listen yet is told what it missed when it does. */
  private post(message: FromHost | FromEditor): void {
    if (this.listening) void this.panel.webview.postMessage(message);
  }

  // --- The trainer ---

  private start(): void {
    const trainer = this.host.startTrainer(vscode.Uri.parse(this.target.uri));
    this.trainer = trainer;
    this.startedAt = Date.now();
    trainer.channel.listen((message) => {
      if (this.trainer === trainer) this.fromTrainer(message);
    });
    void trainer.ended.then((reason) => {
      if (this.trainer === trainer) this.trainerEnded(reason);
    });
    trainer.channel.send({ kind: "hello", protocol: PROTOCOL_VERSION });
    this.open(this.snapshot);
    this.saveTimer = setInterval(() => {
      if (this.phase === "training") trainer.channel.send({ kind: "save" });
    }, SAVE_EVERY);
  }

  private fromTrainer(message: FromHost): void {
    this.run = fold(this.run, message);
    if (message.kind === "welcome") this.welcome = message;
    if (message.kind === "snapshot") return void this.keep(message.bytes, message.step);
    if (message.kind === "progress") this.step = message.step;
    if (message.kind === "phase") {
      this.phase = message.phase;
      // What a page finds that has drawn nothing yet is what was kept.
      const rests = this.drawn && (message.phase === "paused" || message.phase === "finished");
      this.resting = rests ? message : undefined;
      if (rests) {
        // Not said yet: a window that is loaded anew just after it was told must find what the page has shown.
        this.trainer?.channel.send({ kind: "save" });
        return;
      }
    }
    this.post(message);
  }

  private async keep(snapshot: Uint8Array, step: number): Promise<void> {
    this.snapshot = snapshot;
    const { wanted, resting } = this;
    await this.host.store(this.target, {
      state: this.run,
      snapshot,
      ...(wanted === undefined ? {} : { wanted }),
    });
    // One that was asked for earlier may be of an earlier step, and what rests may have gone on since.
    if (resting === undefined || resting !== this.resting || step < this.step) return;
    this.resting = undefined;
    this.post(resting);
  }

  private trainerEnded(reason: string): void {
    this.stopTrainer();
    this.resting = undefined;
    this.host.log(`The trainer ended: ${reason}`);
    const message: FromHost = { kind: "phase", generation: this.generation, phase: "failed", detail: reason };
    this.run = fold(this.run, message);
    this.post(message);
    if (Date.now() - this.startedAt >= SHORTEST_LIFE) {
      void vscode.window.showWarningMessage(`Bottleneck's trainer ended and was started again: ${reason}`);
      this.start();
      return;
    }
    void vscode.window
      .showErrorMessage(`Bottleneck's trainer ended: ${reason}`, "Start again")
      .then((choice) => {
        if (choice !== undefined && this.trainer === undefined) this.start();
      });
  }

  private stopTrainer(): void {
    clearInterval(this.saveTimer);
    const trainer = this.trainer;
    this.trainer = undefined;
    trainer?.stop();
  }

  /** Ends the trainer and starts another that goes on from the last saved state. */
  restart(): void {
    this.stopTrainer();
    this.start();
  }

  // --- The text ---

  private edited(): void {
    clearTimeout(this.editTimer);
    this.editTimer = setTimeout(() => this.open(), EDIT_QUIET);
  }

  /** Hands the text to the trainer. @param snapshot for a trainer that has just been started */
  private open(snapshot?: Uint8Array): void {
    const { trainer } = this;
    this.opening = this.opening
      .then(() => this.openNow(trainer, snapshot))
      .catch((error: unknown) => {
        this.host.log(`The text could not be opened: ${String(error)}`);
      });
  }

  private async openNow(trainer: Trainer | undefined, snapshot: Uint8Array | undefined): Promise<void> {
    if (trainer === undefined || trainer !== this.trainer) return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(this.target.uri));
    const text = document.getText();
    this.uses = await this.host.uses.gather(document);
    if (trainer !== this.trainer) return;
    const wanted = this.wanted ?? this.host.autorun();
    this.waitsToBeSeen = wanted && !this.seen;
    this.generation += 1;
    trainer.channel.send({
      kind: "open",
      generation: this.generation,
      uri: this.target.uri,
      text,
      uses: this.uses,
      ...(this.target.spec === undefined ? {} : { spec: this.target.spec }),
      autorun: wanted && this.seen,
      ...(snapshot === undefined ? {} : { snapshot }),
    });
  }

  // --- Visibility and end ---

  /** Whether a person can see it train. A training that begins before that would slow down the page's first drawing. */
  private get seen(): boolean {
    return this.panel.visible ? this.drawn : !this.host.pauseWhenHidden();
  }

  private visibilityChanged(): void {
    if (!this.seen && this.phase === "training") {
      this.waitsToBeSeen = true;
      this.trainer?.channel.send({ kind: "pause" });
    } else if (this.seen && this.waitsToBeSeen) {
      this.waitsToBeSeen = false;
      this.trainer?.channel.send({ kind: "resume" });
    }
  }

  dispose(): void {
    clearTimeout(this.editTimer);
    this.stopTrainer();
    for (const disposable of this.disposables) disposable.dispose();
  }
}
