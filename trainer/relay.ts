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
import { PageRun } from "./page-run";
import type { PageTraining } from "./page-worker";
import { Previous } from "./previous";
import { SavedStates, type StoredRun } from "./saved-states";
import type { TrainerProcess } from "./spawn";
import { offered, StudyDesk, type StudiesHome } from "./studies/desk";

export type { PageLine };

type Open = Extract<ToHost, { kind: "open" }>;
/** A text with the files that it uses, as it is opened. */
export type OpenText = Pick<Open, "uri" | "text" | "uses" | "spec" | "overrides">;

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

export class Relay {
  private run: RunState;
  private welcome: FromHost | undefined;
  private readonly pages = new Set<RelayedPage>();
  private readonly desk: StudyDesk | undefined;
  private trainer: TrainerProcess | undefined;
  private startedAt = 0;
  private readonly states: SavedStates;
  private generation: number;
  /** The text as it was opened last. */
  private opened: Open | undefined;
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
  private readonly inPage = new PageRun({
    training: () => (this.seen ? this.home.pageTraining?.() : undefined),
    opened: () => this.opened,
    log: (message) => this.home.log(message),
    run: () => this.run,
    generation: () => this.generation,
    seen: () => this.seen,
    save: () => this.states.ask(),
    goOnWith: (trainer, snapshot) => this.goOnWith(trainer, snapshot),
    goOnBeside: () => this.startBeside(),
    say: (message) => this.say(message),
  });

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
    this.states = new SavedStates(
      {
        run: () => this.run,
        asked: () => this.asked,
        trainer: () => this.trainer,
        keep: home.keep && ((run) => home.keep!(run)),
        given: (snapshot) => this.inPage.move(snapshot),
        tell: (message) => this.tell(message),
      },
      stored?.snapshot,
    );
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
        this.inPage.gpu.left(page);
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
    if (command.kind === "knob") this.states.turned(command);
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
      this.inPage.gpu.left(page);
      page.begin();
    } else if (request.kind === "worker") this.inPage.gpu.heard(page, request.report);
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
    this.inPage.gpu.renew();
    this.startBeside();
  }

  /** Starts one that is not in a page. */
  private startBeside(): void {
    this.stop();
    const trainer = this.home.startTrainer();
    this.take(trainer, this.home.keep === undefined ? undefined : SAVE_EVERY);
    trainer.channel.send({ kind: "hello", protocol: PROTOCOL_VERSION });
    this.openFrom(this.states.snapshot);
  }

  /** From now on this trainer is the one at work. @param saveEvery milliseconds between its saved states */
  private take(trainer: TrainerProcess, saveEvery: number | undefined): void {
    this.trainer = trainer;
    this.startedAt = Date.now();
    this.states.begin(saveEvery);
    trainer.channel.listen((message) => {
      if (this.trainer === trainer) this.fromTrainer(message);
    });
    void trainer.ended.then((reason) => {
      if (this.trainer === trainer) this.trainerEnded(reason);
    });
  }

  /** Whether there is a trainer at work. */
  get started(): boolean {
    return this.trainer !== undefined;
  }

  /** Ends the trainer. */
  stop(): void {
    this.desk?.stop();
    this.states.stop();
    const { trainer } = this;
    this.trainer = undefined;
    this.inPage.stop();
    trainer?.stop();
  }

  private trainerEnded(reason: string): void {
    if (this.inPage.isOnPage && !this.states.isEnding) {
      this.home.log(`The run leaves the page: ${reason}`);
      return this.startBeside();
    }
    this.stop();
    this.home.log(`The trainer ended: ${reason}`);
    this.say({ kind: "phase", generation: this.generation, phase: "failed", detail: reason });
    this.home.ended(reason, Date.now() - this.startedAt);
  }

  private fromTrainer(said: FromHost): void {
    // Handed over a moment ago, it rests until it is told to go on; where it fails to open a text, another tries.
    if (this.inPage.isOnPage && said.kind === "phase" && this.training)
      if (said.phase === "paused" || (said.phase === "failed" && said.generation > this.run.generation))
        return;
    const message =
      said.kind === "executors" ? { ...said, executors: this.inPage.statuses(said.executors) } : said;
    const reached = this.run.progress?.step ?? 0;
    this.run = fold(this.run, message);
    if (reached > 0 && this.run.progress?.step === 0) this.states.startedAgain();
    this.home.heard?.(message);
    if (message.kind === "progress") this.inPage.consider();
    if (message.kind === "executors" && !this.inPage.isOnPage) this.inPage.gpu.begin();
    if (message.kind === "opened" || message.kind === "restored") this.states.opened();
    // A run that has just been handed over goes on.
    if (message.kind === "restored" && this.training) this.trainer?.channel.send({ kind: "resume" });
    if (message.kind === "welcome") this.welcome = message;
    if (message.kind === "snapshot") return void this.states.take(message.bytes, message.step);
    if (message.kind === "replaced")
      return this.previous.replaced(this.states.asKept(message.bytes), message.by);
    if (message.kind === "restored") {
      this.run = this.previous.restored(this.run);
      return this.tell({ kind: "state", state: this.run });
    }
    if (message.kind === "phase") {
      // Until a page has drawn once, it is shown the kept state.
      const rests = this.drawn && (message.phase === "paused" || message.phase === "finished");
      if (this.states.rest(rests ? message : undefined)) return;
    }
    this.tell(message);
  }

  /** Says something of the run in place of its trainer. */
  private say(message: FromHost): void {
    this.run = fold(this.run, message);
    this.tell(message);
  }

  /** A trainer in a page takes the run over. */
  private goOnWith(trainer: TrainerProcess, snapshot: Uint8Array): void {
    const old = this.trainer;
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
    this.states.takesUpAnother();
    this.trainer.channel.send({ kind: "restore", snapshot });
  }

  /** Ends the trainer. What it had at work is the run before, for whoever opens the spec again. */
  async close(): Promise<void> {
    if (stepOf(this.run) > 0) {
      const last = await this.states.last();
      if (last !== undefined) this.previous.replaced(last, "close");
    }
    this.stop();
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
    if (!this.inPage.isOnPage) this.inPage.gpu.open(this.opened);
  }

  // --- Whether it trains ---

  /** Whether a person sees a page. */
  private get seen(): boolean {
    return this.home.page?.().visible ?? true;
  }

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
    this.inPage.settle(this.shouldTrain);
    if (this.shouldTrain === this.training) return;
    this.training = !this.training;
    this.trainer?.channel.send({ kind: this.training ? "resume" : "pause" });
  }
}
