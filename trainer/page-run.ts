/** Moves a run to the GPU of a page and back, as it stands, while it trains. */
import type { ExecutorStatus, FromHost } from "../core/train/protocol";
import type { RunState } from "../core/train/run-state";
import { PageGpu, type PageGpuHost } from "./page-gpu";
import type { TrainerProcess } from "./spawn";

interface PageRunHost extends Omit<PageGpuHost, "changed"> {
  /** The run as it is. */
  run(): RunState;
  /** Of the text as it was opened last. */
  generation(): number;
  /** Whether a person sees a page: what is hidden may be slowed down. */
  seen(): boolean;
  /** Asks the trainer at work for the state of its run. */
  save(): void;
  /** The trainer in a page goes on from this state. */
  goOnWith(trainer: TrainerProcess, snapshot: Uint8Array): void;
  /** One beside the pages goes on from the state that was saved last. */
  goOnBeside(): void;
  /** Says something to the pages, and keeps it. */
  say(message: FromHost): void;
}

export class PageRun {
  readonly gpu: PageGpu;
  /** Whether the trainer at work is one in a page. */
  private onPage = false;
  /** Where the run goes once its trainer has said how it stands. */
  private moving: "to the page" | "from the page" | undefined;

  constructor(private readonly host: PageRunHost) {
    this.gpu = new PageGpu({ ...host, changed: () => this.changed() });
  }

  get isOnPage(): boolean {
    return this.onPage;
  }

  /** Executors as pages are shown them. @param said by the trainer at work */
  statuses(said: ExecutorStatus[]): ExecutorStatus[] {
    return this.gpu.statuses(said, this.onPage);
  }

  /** What is known of a page's GPU has changed. */
  private changed(): void {
    const { executors, generation } = this.host.run();
    if (this.onPage || executors.length === 0) return;
    this.host.say({ kind: "executors", generation, executors: this.gpu.statuses(undefined) });
    this.consider();
  }

  /** Lets a page take the run over, where one is ready to and it is worth it. */
  consider(): void {
    if (this.onPage || this.moving !== undefined || !this.takes) return;
    this.moving = "to the page";
    this.host.save();
  }

  private get takes(): boolean {
    const { phase, progress, generation } = this.host.run();
    if (phase !== "training" || progress === undefined || generation !== this.host.generation()) return false;
    return this.host.seen() && this.gpu.takes(progress, generation);
  }

  /** A page was shown or hidden. @param trains whether the run is to go on */
  settle(trains: boolean): void {
    const seen = this.host.seen();
    if (this.onPage && !seen && trains) {
      this.moving = "from the page";
      this.host.save();
    }
    if (seen) this.gpu.begin();
  }

  /** The trainer at work has said how the run stands. */
  move(snapshot: Uint8Array): void {
    const { moving } = this;
    this.moving = undefined;
    if (moving === undefined) return;
    if (moving === "from the page") return this.host.goOnBeside();
    const { trainer } = this.gpu;
    if (trainer === undefined || !this.takes) return;
    this.onPage = true;
    this.host.goOnWith(trainer, snapshot);
  }

  /** No trainer is at work. */
  stop(): void {
    this.moving = undefined;
    this.onPage = false;
    this.gpu.stop();
  }
}
