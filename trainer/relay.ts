/**
 * Between a trainer and the pages that show its run: checks what pages say, hands texts over with their generations, keeps
 * the state of the run, and decides with `shouldTrain` whether it goes on. An editor's panel and `preview --serve` both
 * stand on it; each adds only what carries messages and what it can do for a page.
 */
import { faultOfToEditor } from "../core/train/page-check";
import type { FromEditor, PanelRequest, ToEditor } from "../core/train/page-protocol";
import { stepOf, type PreviousRun } from "../core/train/previous-run";
import { PROTOCOL_VERSION, type FromHost, type ToHost } from "../core/train/protocol";
import { faultOfToHost } from "../core/train/protocol-check";
import { emptyRun, fold, type RunState } from "../core/train/run-state";
import { shouldTrain } from "../core/train/should-train";
import { RelayedPage, type PageLine } from "./page";
import { PageGpu } from "./page-gpu";
import type { PageTraining } from "./page-worker";
import { Previous } from "./previous";
import type { TrainerProcess } from "./spawn";
import { offered, StudyDesk, type StudiesHome } from "./studies/desk";

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
  /** What a page needs to train on its own GPU; undefined where the settings ask for another executor. Absent where no page trains. */
  pageTraining?(): PageTraining | undefined;
  /** Whether a person sees a page; absent where nobody can say. */
  page?(): { visible: boolean; pauseWhenHidden: boolean };
  /** Keeps the run; resolves when it is kept. Absent where nothing is. */
  keep?(stored: StoredRun): Promise<void>;
  /** Keeps the run before for another day, or forgets it; absent where it lives as long as the relay. */
  keepPrevious?(run: PreviousRun | undefined): void;
  /** Where studies of the text are carried out; absent where there are none. */
  studies?: StudiesHome;
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
/** The same for a trainer in a page, which is gone with its page. */
const SAVE_EVERY_ON_PAGE = 5_000;
/** Milliseconds in which a trainer that is to end must hand over its run. */
const LAST_WORD = 5_000;

export class Relay {
  private run: RunState;
  private welcome: FromHost | undefined;
  private readonly pages = new Set<RelayedPage>();
  private readonly desk: StudyDesk | undefined;
  private trainer: TrainerProcess | undefined;
  private startedAt = 0;
  private saveTimer: ReturnType<typeof setInterval> | undefined;
  /** The run as it was saved last. */
  private saved: PreviousRun | undefined;
  private generation: number;
  /** The text as it was opened last. */
  private opened: Open | undefined;
  /** Whether the trainer at work is one in a page. */
  private onPage = false;
  /** Texts are opened one after the other, so that the newest comes last. */
  private opening: Promise<void> = Promise.resolve();

  /** What the person said last. */
  private asked: boolean | undefined;
  /** Whether a page has said that it has drawn the spec. */
  private drawn = false;
  /** What the trainer was told last of whether to train. */
  private training = false;
  private readonly previous = new Previous(
    (run) => this.home.keepPrevious?.(run),
    (message) => this.tell(message),
  );
  private readonly gpu = new PageGpu({
    training: () => (this.seen ? this.home.pageTraining?.() : undefined),
    opened: () => this.opened,
    changed: () => this.gpuChanged(),
    log: (message) => this.home.log(message),
  });
  /** Where the run goes once its trainer has said how it stands. */
  private moving: "to the page" | "from the page" | undefined;
  /** Waits for the last state of a run that ends here. */
  private lastWord: ((run: PreviousRun) => void) | undefined;
  /** That the training rests: said to the pages once the state that it rests in is kept. */
  private resting: FromHost | undefined;

  constructor(
    private readonly home: RelayHome,
    stored?: StoredRun,
  ) {
    this.run = stored?.state ?? emptyRun();
    this.desk =
      home.studies &&
      new StudyDesk(
        home.studies,
        () => home.read(),
        (view) => this.tell({ kind: "study", view }),
      );
    if (stored?.snapshot !== undefined) this.saved = this.asKept(stored.snapshot);
    this.asked = stored?.asked;
    // A page drops what is older than what it was told last.
    this.generation = this.run.generation;
  }

  get state(): RunState {
    return this.run;
  }

  // --- Pages ---

  /** A page has come. It is told nothing before it says that it listens. */
  connect(line: PageLine): PageLink {
    const page = new RelayedPage(line, () => [
      ...(this.welcome === undefined ? [] : [this.welcome]),
      { kind: "state", state: this.run },
      ...this.previous.past,
    ]);
    this.pages.add(page);
    return {
      receive: (message) => this.fromPage(page, message),
      close: () => {
        this.pages.delete(page);
        this.gpu.left(page);
      },
    };
  }

  private fromPage(page: RelayedPage, message: unknown): void {
    if (faultOfToEditor(message) === undefined) return this.asks(page, message as ToEditor);
    const fault = faultOfToHost(message);
    if (fault !== undefined) return this.home.log(`A page sent what is not of the protocol: ${fault}`);
    const command = message as ToHost;
    // What is opened, and for how long, is decided here.
    if (command.kind === "hello" || command.kind === "open" || command.kind === "close") return;
    // A page has no weights to hand over: it asks for the run before. Its own trainer speaks otherwise.
    if (["restore", "measure", "file"].includes(command.kind)) return;
    if (command.kind === "pause") this.training = this.asked = false;
    // A knob turned after the end continues the training, or starts it again where it was given up.
    const ended = this.run.phase === "finished" || this.run.phase === "failed";
    const continues = command.kind === "knob" && ended;
    if (command.kind === "run" || command.kind === "reset" || continues) this.training = this.asked = true;
    // One that has ended by itself is started again by whoever wants to train.
    if (command.kind === "run" && this.trainer === undefined) return this.start();
    this.trainer?.channel.send(command);
  }

  private asks(page: RelayedPage, request: ToEditor): void {
    if (request.kind === "ready") {
      // Loaded anew, it has no trainer any more.
      this.gpu.left(page);
      page.begin();
    } else if (request.kind === "worker") this.gpu.heard(page, request.report);
    else if (request.kind === "shown") {
      this.drawn = true;
      this.settle();
    } else if (request.kind === "restorePrevious") this.restore();
    else if (request.kind === "studies") this.tellStudies(page);
    else if (request.kind === "startStudy") void this.desk?.start(request.id, request.options);
    else if (request.kind === "stopStudy") this.desk?.stop();
    else
      void this.home.carryOut(request).then(
        (answer) => answer && page.answer(answer),
        (error: unknown) => this.home.log(`${request.kind} failed: ${String(error)}`),
      );
  }

  private tellStudies(page: RelayedPage): void {
    const { desk } = this;
    const refused = desk === undefined ? "Studies do not run here." : desk.refused;
    page.answer({ kind: "studies", studies: offered(), ...(refused !== undefined && { refused }) });
    if (desk?.view !== undefined) page.answer({ kind: "study", view: desk.view });
  }

  private tell(message: FromHost | FromEditor): void {
    for (const page of this.pages) page.tell(message);
  }

  // --- The trainer ---

  /** Starts a trainer that goes on from the last kept state. */
  start(): void {
    this.gpu.renew();
    this.startBeside();
  }

  /** Starts one that is not in a page. */
  private startBeside(): void {
    this.stop();
    const trainer = this.home.startTrainer();
    this.take(trainer, this.home.keep === undefined ? undefined : SAVE_EVERY);
    trainer.channel.send({ kind: "hello", protocol: PROTOCOL_VERSION });
    this.openFrom(this.saved?.snapshot);
  }

  /** From now on this trainer is the one at work. @param saveEvery milliseconds between its saved states */
  private take(trainer: TrainerProcess, saveEvery: number | undefined): void {
    this.trainer = trainer;
    this.startedAt = Date.now();
    trainer.channel.listen((message) => {
      if (this.trainer === trainer) this.fromTrainer(message);
    });
    void trainer.ended.then((reason) => {
      if (this.trainer === trainer) this.trainerEnded(reason);
    });
    clearInterval(this.saveTimer);
    if (saveEvery !== undefined)
      this.saveTimer = setInterval(() => {
        if (this.run.phase === "training") trainer.channel.send({ kind: "save" });
      }, saveEvery);
  }

  /** Whether there is a trainer at work. */
  get started(): boolean {
    return this.trainer !== undefined;
  }

  /** Ends the trainer. */
  stop(): void {
    this.desk?.stop();
    clearInterval(this.saveTimer);
    const { trainer } = this;
    this.trainer = undefined;
    this.resting = undefined;
    this.moving = undefined;
    this.onPage = false;
    this.gpu.stop();
    trainer?.stop();
  }

  private trainerEnded(reason: string): void {
    if (this.onPage && this.lastWord === undefined) {
      this.home.log(`The run leaves the page: ${reason}`);
      return this.startBeside();
    }
    this.stop();
    this.home.log(`The trainer ended: ${reason}`);
    const message: FromHost = { kind: "phase", generation: this.generation, phase: "failed", detail: reason };
    this.run = fold(this.run, message);
    this.tell(message);
    this.home.ended(reason, Date.now() - this.startedAt);
  }

  private fromTrainer(said: FromHost): void {
    // Handed over a moment ago, it rests until it is told to go on; where it fails to open a text, another tries.
    if (this.onPage && said.kind === "phase" && this.training)
      if (said.phase === "paused" || (said.phase === "failed" && said.generation > this.run.generation))
        return;
    const message =
      said.kind === "executors"
        ? { ...said, executors: this.gpu.statuses(said.executors, this.onPage) }
        : said;
    const reached = this.run.progress?.step ?? 0;
    this.run = fold(this.run, message);
    // Started again: what was kept is of weights that are gone, and a reload of the window must not bring them back.
    if (reached > 0 && this.run.progress?.step === 0) {
      this.saved = undefined;
      if (this.home.keep !== undefined) this.trainer?.channel.send({ kind: "save" });
    }
    this.home.heard?.(message);
    if (message.kind === "progress") this.considerPage();
    if (message.kind === "executors" && !this.onPage) this.gpu.begin();
    // A run that has just been handed over goes on.
    if (message.kind === "restored" && this.training) this.trainer?.channel.send({ kind: "resume" });
    if (message.kind === "welcome") this.welcome = message;
    if (message.kind === "snapshot") return void this.keep(message.bytes, message.step);
    if (message.kind === "replaced") return this.previous.replaced(this.asKept(message.bytes), message.by);
    if (message.kind === "restored") {
      this.run = this.previous.restored(this.run);
      return this.tell({ kind: "state", state: this.run });
    }
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
    const { asked, resting, run: state } = this;
    this.saved = this.asKept(snapshot);
    if (this.lastWord !== undefined) return this.lastWord(this.saved);
    if (this.moving !== undefined) this.move(snapshot);
    await this.home.keep?.({ state, snapshot, ...(asked === undefined ? {} : { asked }) });
    // One that was asked for earlier may be of an earlier step, and what rests may have gone on since.
    if (resting === undefined || resting !== this.resting || step < (this.run.progress?.step ?? 0)) return;
    this.resting = undefined;
    this.tell(resting);
  }

  // --- The GPU of a page ---

  /** Whether a person sees a page: what is hidden may be slowed down. */
  private get seen(): boolean {
    return this.home.page?.().visible ?? true;
  }

  /** What is known of a page's GPU has changed. */
  private gpuChanged(): void {
    if (this.onPage || this.run.executors.length === 0) return;
    const executors = this.gpu.statuses(undefined);
    const message: FromHost = { kind: "executors", generation: this.run.generation, executors };
    this.run = fold(this.run, message);
    this.tell(message);
    this.considerPage();
  }

  /** Lets a page take the run over, where one is ready to and it is worth it. */
  private considerPage(): void {
    if (this.onPage || this.moving !== undefined || !this.pageTakes) return;
    this.moving = "to the page";
    this.trainer?.channel.send({ kind: "save" });
  }

  private get pageTakes(): boolean {
    const { phase, progress, generation } = this.run;
    if (phase !== "training" || progress === undefined || generation !== this.generation) return false;
    return this.seen && this.gpu.takes(progress, generation);
  }

  /** Hands the run over as it stands. */
  private move(snapshot: Uint8Array): void {
    const { moving, trainer: old } = this;
    this.moving = undefined;
    if (moving === "from the page") return this.startBeside();
    const { trainer } = this.gpu;
    if (trainer === undefined || !this.pageTakes) return;
    this.onPage = true;
    this.take(trainer, SAVE_EVERY_ON_PAGE);
    trainer.channel.send({ kind: "restore", snapshot });
    old?.stop();
  }

  // --- The run before ---

  /** A run that was kept another day can be had back. */
  offer(run: PreviousRun): void {
    this.previous.offer(run);
  }

  private restore(): void {
    if (this.trainer === undefined) return;
    const snapshot = this.previous.takeUp(this.run);
    if (snapshot === undefined) return;
    this.training = this.asked = false;
    this.trainer.channel.send({ kind: "restore", snapshot });
  }

  private asKept(snapshot: Uint8Array): PreviousRun {
    return { state: this.run, snapshot, at: Date.now() };
  }

  /** Ends the trainer. What it had at work is the run before, for whoever opens the spec again. */
  async close(): Promise<void> {
    const { trainer } = this;
    clearInterval(this.saveTimer);
    if (stepOf(this.run) > 0) {
      const last = trainer === undefined ? this.saved : await this.lastOf(trainer);
      if (last !== undefined) this.previous.replaced(last, "close");
    }
    this.stop();
  }

  /** The run as it stands; as it was saved last where its trainer does not say. */
  private async lastOf(trainer: TrainerProcess): Promise<PreviousRun | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const said = new Promise<PreviousRun>((resolve) => (this.lastWord = resolve));
    trainer.channel.send({ kind: "save" });
    const silence = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LAST_WORD);
      void trainer.ended.then(() => resolve());
    });
    const run = (await Promise.race([said, silence])) ?? this.saved;
    clearTimeout(timer);
    return run;
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
    if (trainer === undefined) return;
    const text = await this.home.read();
    // A snapshot is for one trainer; a text is for the one at work, which may be another by now.
    if (this.trainer === undefined || (snapshot !== undefined && trainer !== this.trainer)) return;
    this.generation++;
    this.training = this.shouldTrain;
    const { generation, training: autorun } = this;
    this.opened = { kind: "open", ...text, generation, autorun };
    this.trainer.channel.send({ ...this.opened, ...(snapshot === undefined ? {} : { snapshot }) });
    if (!this.onPage) this.gpu.open(this.opened);
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
    if (this.onPage && !this.seen && this.shouldTrain) {
      this.moving = "from the page";
      this.trainer?.channel.send({ kind: "save" });
    }
    if (this.seen) this.gpu.begin();
    if (this.shouldTrain === this.training) return;
    this.training = !this.training;
    this.trainer?.channel.send({ kind: this.training ? "resume" : "pause" });
  }
}
