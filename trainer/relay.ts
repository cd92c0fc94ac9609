/**
 * Between a trainer and the pages that show its run: checks what pages say, hands texts over with their generations, keeps
 * the state of the run, and decides with `shouldTrain` whether it goes on. An editor's panel and `preview --serve` both
 * stand on it; each adds only what carries messages and what it can do for a page.
 */
import { faultOfToEditor } from "../core/train/page-check";
import type { FromEditor, PanelRequest, ToEditor } from "../core/train/page-protocol";
import { PROTOCOL_VERSION, type FromHost, type ToHost } from "../core/train/protocol";
import { faultOfToHost } from "../core/train/protocol-check";
import { emptyRun, fold, type RunState } from "../core/train/run-state";
import { shouldTrain } from "../core/train/should-train";
import { RelayedPage, type PageLine } from "./page";
import type { TrainerProcess } from "./spawn";

export type { PageLine };

type Open = Extract<ToHost, { kind: "open" }>;
/** A text with the files that it uses, as it is opened. */
export type OpenText = Pick<Open, "uri" | "text" | "uses" | "spec" | "overrides">;

/** What is kept of a run, so that it can be gone on with another day. */
export interface StoredRun {
  state: RunState;
  snapshot?: Uint8Array;
  /** Whether the person wants it to train, once they have said so. */
  asked?: boolean;
}

/** What a relay needs of the editor or the command around it. */
export interface RelayHome {
  startTrainer(): TrainerProcess;
  /** The text as it is now. */
  read(): Promise<OpenText>;
  /** Carries out what a page asks; what it is to be told then, if anything. */
  carryOut(request: PanelRequest): Promise<FromEditor | undefined>;
  autorun(): boolean;
  /** Whether a person sees a page; absent where nobody can say. */
  page?(): { visible: boolean; pauseWhenHidden: boolean };
  /** Keeps the run; resolves when it is kept. Absent where nothing is. */
  keep?(stored: StoredRun): Promise<void>;
  /** Told of every message of the trainer. */
  heard?(message: FromHost): void;
  /** The trainer has ended by itself. @param lived in milliseconds */
  ended(reason: string, lived: number): void;
  log(message: string): void;
}

/** One page's line, as the transport holds it. */
export interface PageLink {
  receive(message: unknown): void;
  close(): void;
}

/** Milliseconds between saved states while training. */
const SAVE_EVERY = 15_000;

export class Relay {
  private run: RunState;
  private welcome: FromHost | undefined;
  private readonly pages = new Set<RelayedPage>();
  private trainer: TrainerProcess | undefined;
  private startedAt = 0;
  private saveTimer: ReturnType<typeof setInterval> | undefined;
  private snapshot: Uint8Array | undefined;
  private generation: number;
  /** Texts are opened one after the other, so that the newest comes last. */
  private opening: Promise<void> = Promise.resolve();

  /** What the person said last. */
  private asked: boolean | undefined;
  /** Whether a page has said that it has drawn the spec. */
  private drawn = false;
  /** What the trainer was told last of whether to train. */
  private training = false;
  /** That the training rests: said to the pages once the state that it rests in is kept. */
  private resting: FromHost | undefined;

  constructor(
    private readonly home: RelayHome,
    stored?: StoredRun,
  ) {
    this.run = stored?.state ?? emptyRun();
    this.snapshot = stored?.snapshot;
    this.asked = stored?.asked;
    // A page drops what is older than what it was told last.
    this.generation = this.run.generation;
  }

  // --- Pages ---

  /** A page has come. It is told nothing before it says that it listens. */
  connect(line: PageLine): PageLink {
    const page = new RelayedPage(line, () => [
      ...(this.welcome === undefined ? [] : [this.welcome]),
      { kind: "state", state: this.run },
    ]);
    this.pages.add(page);
    return {
      receive: (message) => this.fromPage(page, message),
      close: () => void this.pages.delete(page),
    };
  }

  private fromPage(page: RelayedPage, message: unknown): void {
    if (faultOfToEditor(message) === undefined) return this.asks(page, message as ToEditor);
    const fault = faultOfToHost(message);
    if (fault !== undefined) return this.home.log(`A page sent what is not of the protocol: ${fault}`);
    const command = message as ToHost;
    // What is opened, and for how long, is decided here.
    if (command.kind === "hello" || command.kind === "open" || command.kind === "close") return;
    if (command.kind === "pause") this.training = this.asked = false;
    // A knob turned after the end continues the training.
    const continues = command.kind === "knob" && this.run.phase === "finished";
    if (command.kind === "run" || command.kind === "reset" || continues) this.training = this.asked = true;
    // One that has ended by itself is started again by whoever wants to train.
    if (command.kind === "run" && this.trainer === undefined) return this.start();
    this.trainer?.channel.send(command);
  }

  private asks(page: RelayedPage, request: ToEditor): void {
    if (request.kind === "ready") page.begin();
    else if (request.kind === "shown") {
      this.drawn = true;
      this.settle();
    } else
      void this.home.carryOut(request).then(
        (answer) => answer && page.answer(answer),
        (error: unknown) => this.home.log(`${request.kind} failed: ${String(error)}`),
      );
  }

  private tell(message: FromHost): void {
    for (const page of this.pages) page.tell(message);
  }

  // --- The trainer ---

  /** Starts a trainer that goes on from the last kept state. */
  start(): void {
    this.stop();
    const trainer = this.home.startTrainer();
    this.trainer = trainer;
    this.startedAt = Date.now();
    trainer.channel.listen((message) => {
      if (this.trainer === trainer) this.fromTrainer(message);
    });
    void trainer.ended.then((reason) => {
      if (this.trainer === trainer) this.trainerEnded(reason);
    });
    trainer.channel.send({ kind: "hello", protocol: PROTOCOL_VERSION });
    this.openFrom(this.snapshot);
    if (this.home.keep !== undefined)
      this.saveTimer = setInterval(() => {
        if (this.run.phase === "training") trainer.channel.send({ kind: "save" });
      }, SAVE_EVERY);
  }

  /** Whether there is a trainer at work. */
  get started(): boolean {
    return this.trainer !== undefined;
  }

  /** Ends the trainer. */
  stop(): void {
    clearInterval(this.saveTimer);
    const { trainer } = this;
    this.trainer = undefined;
    this.resting = undefined;
    trainer?.stop();
  }

  private trainerEnded(reason: string): void {
    this.stop();
    this.home.log(`The trainer ended: ${reason}`);
    const message: FromHost = { kind: "phase", generation: this.generation, phase: "failed", detail: reason };
    this.run = fold(this.run, message);
    this.tell(message);
    this.home.ended(reason, Date.now() - this.startedAt);
  }

  private fromTrainer(message: FromHost): void {
    const reached = this.run.progress?.step ?? 0;
    this.run = fold(this.run, message);
    // Started again: what was kept is of weights that are gone, and a reload of the window must not bring them back.
    if (reached > 0 && this.run.progress?.step === 0) {
      this.snapshot = undefined;
      if (this.home.keep !== undefined) this.trainer?.channel.send({ kind: "save" });
    }
    this.home.heard?.(message);
    if (message.kind === "welcome") this.welcome = message;
    if (message.kind === "snapshot") return void this.keep(message.bytes, message.step);
    if (message.kind === "phase") {
      // Until a page has drawn once, it is shown the kept state.
      const rests = this.drawn && (message.phase === "paused" || message.phase === "finished");
      this.resting = rests && this.home.keep !== undefined ? message : undefined;
      if (this.resting !== undefined) {
        // Not said yet: a window that is loaded anew just after it was told must find what the page has shown.
        this.trainer?.channel.send({ kind: "save" });
        return;
      }
    }
    this.tell(message);
  }

  private async keep(snapshot: Uint8Array, step: number): Promise<void> {
    this.snapshot = snapshot;
    const { asked, resting, run: state } = this;
    await this.home.keep?.({ state, snapshot, ...(asked === undefined ? {} : { asked }) });
    // One that was asked for earlier may be of an earlier step, and what rests may have gone on since.
    if (resting === undefined || resting !== this.resting || step < (this.run.progress?.step ?? 0)) return;
    this.resting = undefined;
    this.tell(resting);
  }

  // --- The text ---

  /** Hands the text to the trainer as it is now. */
  open(): void {
    this.openFrom(undefined);
  }

  /** @param snapshot for a trainer that has just been started */
  private openFrom(snapshot: Uint8Array | undefined): void {
    const { trainer } = this;
    this.opening = this.opening
      .then(() => this.openNow(trainer, snapshot))
      .catch((error: unknown) => this.home.log(`The text could not be opened: ${String(error)}`));
  }

  private async openNow(
    trainer: TrainerProcess | undefined,
    snapshot: Uint8Array | undefined,
  ): Promise<void> {
    if (trainer === undefined || trainer !== this.trainer) return;
    const text = await this.home.read();
    if (trainer !== this.trainer) return;
    this.generation++;
    this.training = this.shouldTrain;
    trainer.channel.send({
      kind: "open",
      ...text,
      generation: this.generation,
      autorun: this.training,
      ...(snapshot === undefined ? {} : { snapshot }),
    });
  }

  // --- Whether it trains ---

  private get shouldTrain(): boolean {
    const { asked, drawn } = this;
    const page = this.home.page?.();
    return shouldTrain({
      ...(asked === undefined ? {} : { asked }),
      autorun: this.home.autorun(),
      ...(page === undefined ? {} : { page: { ...page, drawn } }),
    });
  }

  /** Tells the trainer to go on or to wait, where that has changed: a page was drawn, shown or hidden. */
  settle(): void {
    if (this.shouldTrain === this.training) return;
    this.training = !this.training;
    this.trainer?.channel.send({ kind: this.training ? "resume" : "pause" });
  }
}
