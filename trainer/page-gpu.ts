/**
 * The GPU of a page that shows a run. A trainer in a worker of the page opens the same text beside the trainer at work, and
 * can take the run over where the person asks for it or where its steps are faster.
 */
import { isWorthIt } from "../core/train/contest";
import { pageExecutors, type Lacks, type PageExecutor, type WorkerReport } from "../core/train/page-protocol";
import { PROTOCOL_VERSION, type ExecutorStatus, type FromHost, type ToHost } from "../core/train/protocol";
import type { Progress } from "../core/train/run-state";
import type { RelayedPage } from "./page";
import { startOn, type PageTraining, type PageWorker } from "./page-worker";
import type { TrainerProcess } from "./spawn";

type Open = Extract<ToHost, { kind: "open" }>;

export interface PageGpuHost {
  /** Undefined where the settings leave a page no part in training. */
  training(): PageTraining | undefined;
  /** The text at work. */
  opened(): Open | undefined;
  /** What is known of the GPU has changed. */
  changed(): void;
  log(message: string): void;
}

/** One at work, and what is known of the text that it has opened. */
interface AtWork extends PageWorker {
  generation?: number;
  milliseconds?: number;
}

/** Where one can be made ready. */
interface Place {
  page: RelayedPage;
  executor: PageExecutor;
}

/** What a page's GPU is called in the list of executors. */
const DETAILS: Record<PageExecutor, string> = {
  webgpu: "the panel's GPU, by own kernels",
  tfjs: "the panel's GPU, by TensorFlow.js on WebGL",
};

export class PageGpu {
  /** Pages that have said what their GPU has. */
  private readonly offers = new Map<RelayedPage, Lacks>();
  private worker: AtWork | undefined;
  /** Whether one is being started. */
  private starting = false;
  /** The executor whose trainer cannot train any more, and why. */
  private gone: { executor: PageExecutor; reason: string } | undefined;
  /** Executors of the trainer beside the pages, as it has said. */
  private others: ExecutorStatus[] = [];

  constructor(private readonly host: PageGpuHost) {}

  /** The trainer in a page, where there is one. */
  get trainer(): TrainerProcess | undefined {
    return this.worker?.trainer;
  }

  heard(page: RelayedPage, report: WorkerReport): void {
    if (report.kind === "gpu") {
      this.offers.set(page, report.lacks);
      this.renew();
      return this.begin();
    }
    if (this.worker?.page !== page) return;
    if (report.kind === "said") this.worker.said(report.value);
    else this.end(this.worker.executor, report.reason);
  }

  /** A page was closed or loaded anew: a trainer in it is gone. */
  left(page: RelayedPage): void {
    this.offers.delete(page);
    if (this.worker?.page !== page) return;
    this.end(this.worker.executor, "the page with its trainer was closed");
    this.renew();
  }

  /** What failed may be tried again. */
  renew(): void {
    this.gone = undefined;
  }

  /** Makes a trainer ready in a page that has a GPU, where none is and nothing is against it. */
  begin(): void {
    const training = this.free ? this.host.training() : undefined;
    const found = training && this.pageWith(training.executors);
    if (found === undefined) return this.host.changed();
    this.starting = true;
    void this.start(training!, found).finally(() => (this.starting = false));
  }

  private async start(training: PageTraining, { page, executor }: Place): Promise<void> {
    try {
      const script = await training.script(executor);
      // Closed meanwhile.
      if (!this.offers.has(page)) return;
      this.take(startOn(page, training, executor, script, (message) => this.host.log(message)));
    } catch (error) {
      this.end(executor, error instanceof Error ? error.message : String(error));
    }
  }

  private take(worker: AtWork): void {
    this.worker = worker;
    worker.trainer.channel.listen((message) => this.fromWorker(worker, message));
    worker.trainer.channel.send({ kind: "hello", protocol: PROTOCOL_VERSION });
    const open = this.host.opened();
    if (open !== undefined) this.open(open);
  }

  /** Whether one may be made ready. Where the trainer beside the pages has the GPU of its own machine, none is. */
  private get free(): boolean {
    const beside = this.others.find(({ name }) => name === "webgpu");
    if (beside === undefined || beside.available) return false;
    return this.worker === undefined && !this.starting && this.gone === undefined;
  }

  /** The first of these executors that a page has, and the page. */
  private pageWith(executors: readonly PageExecutor[]): Place | undefined {
    for (const executor of executors)
      for (const [page, lacks] of this.offers) if (lacks[executor] === undefined) return { page, executor };
    return undefined;
  }

  /** The text has changed. */
  open(message: Open): void {
    this.worker?.trainer.channel.send({ ...message, autorun: false });
  }

  /** Whether it is ready to take over this run. */
  takes({ millisecondsPerStep, secondsLeft }: Progress, generation: number): boolean {
    const { worker } = this;
    if (worker === undefined || worker.generation !== generation) return false;
    if (worker.training.asked) return true;
    const { milliseconds } = worker;
    return milliseconds !== undefined && isWorthIt(milliseconds, millisecondsPerStep, secondsLeft);
  }

  /** Ends the trainer in the page. */
  stop(): void {
    this.worker?.trainer.stop();
    this.worker = undefined;
  }

  /**
   * Every executor there is, in a page and beside it.
   * @param said what the trainer at work says of those of its home, where it says something
   * @param byPage whether that one is in a page
   */
  statuses(said: ExecutorStatus[] | undefined, byPage = false): ExecutorStatus[] {
    if (said !== undefined && !byPage) this.others = said;
    const used = byPage ? said?.find((status) => status.used) : undefined;
    return this.others.map((beside) => {
      const { name } = beside;
      if (used !== undefined) return name === used.name ? used : { ...this.shown(beside), used: false };
      return this.shown(beside);
    });
  }

  /** An executor as it is in a page where that has it, else beside it, with why it is not in a page. */
  private shown(beside: ExecutorStatus): ExecutorStatus {
    const executor = pageExecutors.find((name) => name === beside.name);
    if (executor === undefined || beside.used) return beside;
    const { worker } = this;
    if (worker?.executor === executor) {
      const { milliseconds } = worker;
      const measured = milliseconds === undefined ? {} : { milliseconds };
      return { name: executor, available: true, detail: DETAILS[executor], ...measured };
    }
    const lack = this.lackOf(executor);
    if (lack === undefined) return beside;
    const inPage = `in the panel: ${lack}`;
    return beside.available
      ? { ...beside, detail: `${beside.detail}; ${inPage}` }
      : { ...beside, detail: `${inPage}; in Node: ${beside.detail}` };
  }

  /** Why no page has it; undefined where one has it, or no page has said anything. */
  private lackOf(executor: PageExecutor): string | undefined {
    if (this.gone?.executor === executor) return this.gone.reason;
    const lacks = [...this.offers.values()].map((one) => one[executor]);
    return lacks.includes(undefined) ? undefined : lacks[0];
  }

  private fromWorker(worker: AtWork, message: FromHost): void {
    if (this.worker !== worker) return;
    if (message.kind === "opened" && worker.generation !== message.generation) {
      worker.generation = message.generation;
      delete worker.milliseconds;
      if (worker.training.asked) this.host.changed();
      else worker.trainer.channel.send({ kind: "measure" });
    }
    if (message.kind === "executors") {
      const own = message.executors.find(({ name }) => name === worker.executor);
      if (own?.used === undefined) return this.end(worker.executor, own?.detail ?? "it was lost");
      const { milliseconds } = own;
      if (milliseconds === undefined || worker.milliseconds !== undefined) return;
      worker.milliseconds = milliseconds;
      this.host.changed();
    }
    // Where it cannot open a text at all, another can, or says why not.
    if (message.kind === "phase" && message.phase === "failed" && worker.generation !== message.generation)
      this.end(worker.executor, message.detail ?? "it failed");
  }

  private end(executor: PageExecutor, reason: string): void {
    const { worker } = this;
    this.gone = { executor, reason };
    this.stop();
    worker?.end(reason);
    this.host.changed();
  }
}
