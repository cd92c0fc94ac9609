/**
 * The states of a run that its trainer is asked for: at intervals, where it rests, and once more before it ends. Another
 * trainer starts from the last of them, with the knobs that were turned since.
 */
import type { PreviousRun } from "../core/train/previous-run";
import type { FromHost, ToHost } from "../core/train/protocol";
import type { RunState } from "../core/train/run-state";
import { LateKnobs } from "./late-knobs";
import type { TrainerProcess } from "./spawn";

/** What is kept of a run, so that it can be gone on with another day. */
export interface StoredRun {
  state: RunState;
  snapshot?: Uint8Array;
  /** Whether the person wants it to train, once they have said so. */
  asked?: boolean;
}

interface SavedStatesHost {
  run(): RunState;
  /** What the person said last of whether to train. */
  asked(): boolean | undefined;
  /** The one at work. */
  trainer(): TrainerProcess | undefined;
  /** Keeps the run; resolves when it is kept. Absent where nothing is. */
  keep?: ((stored: StoredRun) => Promise<void>) | undefined;
  /** A state has come, with which the run may move elsewhere. */
  given(snapshot: Uint8Array): void;
  tell(message: FromHost): void;
}

/** Milliseconds in which a trainer that is to end must hand over its run. */
const LAST_WORD = 5_000;

export class SavedStates {
  /** The run as it was saved last. */
  private saved: PreviousRun | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly late = new LateKnobs();
  /** Whether a trainer has just begun, which lacks the knobs that were turned late. */
  private lacksKnobs = false;
  /** Waits for the last state of a run that ends here. */
  private lastWord: ((run: PreviousRun) => void) | undefined;
  /** That the training rests: said to the pages once the state that it rests in is kept. */
  private resting: FromHost | undefined;

  /** @param snapshot that was kept another day */
  constructor(
    private readonly host: SavedStatesHost,
    snapshot: Uint8Array | undefined,
  ) {
    if (snapshot !== undefined) this.saved = this.asKept(snapshot);
  }

  /** Of the run as it was saved last. */
  get snapshot(): Uint8Array | undefined {
    return this.saved?.snapshot;
  }

  /** Whether a run that ends waits for its last state. */
  get isEnding(): boolean {
    return this.lastWord !== undefined;
  }

  asKept(snapshot: Uint8Array): PreviousRun {
    return { state: this.host.run(), snapshot, at: Date.now() };
  }

  /** Another trainer begins, from the last state. @param every milliseconds between its states while it trains */
  begin(every: number | undefined): void {
    this.late.begin();
    this.lacksKnobs = true;
    clearInterval(this.timer);
    if (every !== undefined)
      this.timer = setInterval(() => {
        if (this.host.run().phase === "training") this.ask();
      }, every);
  }

  /** Asks the trainer at work for the state of its run. */
  ask(): void {
    this.late.ask();
    this.host.trainer()?.channel.send({ kind: "save" });
  }

  /** A page turns a knob. */
  turned(turn: Extract<ToHost, { kind: "knob" }>): void {
    this.late.turn(turn);
  }

  /** The trainer at work has the run: it is sent what was turned since the state that it began with. */
  opened(): void {
    if (!this.lacksKnobs) return;
    this.lacksKnobs = false;
    for (const turn of this.late.all) this.host.trainer()?.channel.send(turn);
  }

  /** Started again: what was kept is of weights that are gone, and a reload of the window must not bring them back. */
  startedAgain(): void {
    this.saved = undefined;
    if (this.host.keep !== undefined) this.ask();
  }

  /** Another run is taken up, which has knobs of its own. */
  takesUpAnother(): void {
    this.late.forget();
  }

  /** @param rests says that the training does, where it does; @returns whether that is said once its state is kept */
  rest(rests: FromHost | undefined): boolean {
    this.resting = this.host.keep === undefined ? undefined : rests;
    // Not said yet: a window that is loaded anew just after it was told must find what the page has shown.
    if (this.resting !== undefined) this.ask();
    return this.resting !== undefined;
  }

  /** The trainer at work has given a state. */
  async take(snapshot: Uint8Array, step: number): Promise<void> {
    const { host, resting } = this;
    const [state, asked] = [host.run(), host.asked()];
    this.saved = this.asKept(snapshot);
    this.late.give();
    if (this.lastWord !== undefined) return this.lastWord(this.saved);
    host.given(snapshot);
    await host.keep?.({ state, snapshot, ...(asked === undefined ? {} : { asked }) });
    // One that was asked for earlier may be of an earlier step, and what rests may have gone on since.
    if (resting === undefined || resting !== this.resting || step < (host.run().progress?.step ?? 0)) return;
    this.resting = undefined;
    host.tell(resting);
  }

  /** The run as it stands, for one that ends; as it was saved last where its trainer does not say. */
  async last(): Promise<PreviousRun | undefined> {
    const trainer = this.host.trainer();
    clearInterval(this.timer);
    if (trainer === undefined) return this.saved;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const said = new Promise<PreviousRun>((resolve) => (this.lastWord = resolve));
    this.ask();
    const silence = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LAST_WORD);
      void trainer.ended.then(() => resolve());
    });
    const run = (await Promise.race([said, silence])) ?? this.saved;
    clearTimeout(timer);
    return run;
  }

  /** No trainer is at work. */
  stop(): void {
    clearInterval(this.timer);
    this.resting = undefined;
  }
}
