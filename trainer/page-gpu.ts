/**
 * The GPU of a page that shows a run. A trainer in a worker of the page opens the same text beside the trainer at work, and
 * can take the run over where the person asks for it or where its steps are faster.
 */
import { checkedChannel } from "../core/train/channel";
import { isWorthIt } from "../core/train/contest";
import type { WorkerOrder, WorkerReport } from "../core/train/page-protocol";
import { PROTOCOL_VERSION, type ExecutorStatus, type FromHost, type ToHost } from "../core/train/protocol";
import { faultOfFromHost } from "../core/train/protocol-check";
import type { Progress } from "../core/train/run-state";
import type { RelayedPage } from "./page";
import type { TrainerProcess } from "./spawn";

type Open = Extract<ToHost, { kind: "open" }>;
type Read = Extract<FromHost, { kind: "read" }>;

/** What a trainer in a page needs of whoever shows the page. */
export interface PageTraining {
  /** The text of its script, with its settings. */
  script: string;
  /** Whether the person has asked for this GPU: then it takes over whether it is faster or not. */
  asked: boolean;
  /** Reads a file that the text names. @throws Error that says why it cannot be read */
  readFile(uri: string, path: string): Promise<Uint8Array>;
}

interface PageGpuHost {
  /** Undefined where the settings leave a page no part in training. */
  training(): Promise<PageTraining | undefined>;
  /** The text at work. */
  opened(): Open | undefined;
  /** What is known of the GPU has changed. */
  changed(): void;
  log(message: string): void;
}

/** Bytes of a data file that a page is sent at most. */
const MOST_DATA = 64 << 20;

interface PageWorker {
  page: RelayedPage;
  training: PageTraining;
  trainer: TrainerProcess;
  said(value: unknown): void;
  end(reason: string): void;
  /** Of the text that it has opened. */
  generation?: number;
  milliseconds?: number;
}

export class PageGpu {
  /** Pages that have said whether they have a GPU; why not, where they have none. */
  private readonly offers = new Map<RelayedPage, string | undefined>();
  private worker: PageWorker | undefined;
  /** Why its trainer cannot train any more. */
  private gone: string | undefined;
  /** Executors of the trainer beside the pages, as it has said. */
  private others: ExecutorStatus[] = [];

  constructor(private readonly host: PageGpuHost) {}

  /** The trainer in a page, where there is one. */
  get trainer(): TrainerProcess | undefined {
    return this.worker?.trainer;
  }

  heard(page: RelayedPage, report: WorkerReport): void {
    if (report.kind === "gpu") {
      this.offers.set(page, report.lack);
      this.renew();
      return this.begin();
    }
    if (this.worker?.page !== page) return;
    if (report.kind === "said") this.worker.said(report.value);
    else this.end(report.reason);
  }

  /** A page was closed or loaded anew: a trainer in it is gone. */
  left(page: RelayedPage): void {
    this.offers.delete(page);
    if (this.worker?.page !== page) return;
    this.end("the page with its trainer was closed");
    this.renew();
  }

  /** What failed may be tried again. */
  renew(): void {
    this.gone = undefined;
  }

  /** Makes a trainer ready in a page that has a GPU, where none is and nothing is against it. */
  begin(): void {
    if (!this.able) return this.host.changed();
    void this.host.training().then((training) => {
      const page = this.able;
      if (training === undefined || page === undefined) return;
      const worker = (this.worker = workerOn(page, training, (fault) => this.host.log(fault)));
      worker.trainer.channel.listen((message) => this.fromWorker(worker, message));
      worker.trainer.channel.send({ kind: "hello", protocol: PROTOCOL_VERSION });
      const open = this.host.opened();
      if (open !== undefined) this.open(open);
    });
  }

  /** A page in which one can be made ready now. Where the trainer beside the pages has the GPU of its own machine, none is. */
  private get able(): RelayedPage | undefined {
    const beside = this.others.find(({ name }) => name === "webgpu");
    if (beside === undefined || beside.available || this.worker !== undefined || this.gone !== undefined)
      return undefined;
    return [...this.offers].find(([, lack]) => lack === undefined)?.[0];
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
    const own = byPage ? said?.find(({ name }) => name === "webgpu") : this.status;
    if (own === undefined) return this.others;
    return this.others.map((status) => {
      if (status.name === "webgpu") return status.used || (status.available && !own.used) ? status : own;
      return own.used ? { ...status, used: false } : status;
    });
  }

  private get status(): ExecutorStatus | undefined {
    const { worker, gone } = this;
    const lacks = [...this.offers.values()];
    const lack = gone ?? (lacks.includes(undefined) ? undefined : lacks[0]);
    const beside = this.others.find(({ name }) => name === "webgpu");
    if (lack !== undefined) {
      const detail = `in the panel: ${lack}${beside === undefined ? "" : `; in Node: ${beside.detail}`}`;
      return { name: "webgpu", available: false, detail };
    }
    if (worker === undefined) return undefined;
    const { milliseconds } = worker;
    return {
      name: "webgpu",
      available: true,
      detail: "the panel's GPU, by own kernels",
      ...(milliseconds !== undefined && { milliseconds }),
    };
  }

  private fromWorker(worker: PageWorker, message: FromHost): void {
    if (this.worker !== worker) return;
    if (message.kind === "read") void this.answer(worker, message);
    if (message.kind === "opened" && worker.generation !== message.generation) {
      worker.generation = message.generation;
      delete worker.milliseconds;
      if (worker.training.asked) this.host.changed();
      else worker.trainer.channel.send({ kind: "measure" });
    }
    if (message.kind === "executors") {
      const own = message.executors.find(({ name }) => name === "webgpu");
      if (own?.used === undefined) return this.end(own?.detail ?? "it was lost");
      const { milliseconds } = own;
      if (milliseconds === undefined || worker.milliseconds !== undefined) return;
      worker.milliseconds = milliseconds;
      this.host.changed();
    }
    // Where it cannot open a text at all, another can, or says why not.
    if (message.kind === "phase" && message.phase === "failed" && worker.generation !== message.generation)
      this.end(message.detail ?? "it failed");
  }

  private async answer({ training, trainer }: PageWorker, { id, uri, path }: Read): Promise<void> {
    try {
      const bytes = await training.readFile(uri, path);
      if (bytes.length > MOST_DATA)
        throw new Error(
          `${path} has ${Math.ceil(bytes.length / 2 ** 20)} MB, and a page is sent ${MOST_DATA >> 20} MB at most`,
        );
      trainer.channel.send({ kind: "file", id, bytes });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      trainer.channel.send({ kind: "file", id, problem });
    }
  }

  private end(reason: string): void {
    const { worker } = this;
    this.gone = reason;
    this.stop();
    worker?.end(reason);
    this.host.changed();
  }
}

function workerOn(page: RelayedPage, training: PageTraining, log: (message: string) => void): PageWorker {
  const listeners = new Set<(value: unknown) => void>();
  const order = (said: WorkerOrder): void => page.answer({ kind: "worker", order: said });
  let end: (reason: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => (end = resolve));
  const port = {
    post: (value: unknown) => order({ kind: "tell", value }),
    receive(listener: (value: unknown) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => order({ kind: "stop" }),
  };
  order({ kind: "start", script: training.script });
  return {
    page,
    training,
    trainer: {
      channel: checkedChannel<ToHost, FromHost>(port, faultOfFromHost, (fault) =>
        log(`A message of the page's trainer was refused: ${fault}`),
      ),
      ended,
      stop: () => order({ kind: "stop" }),
    },
    said: (value) => listeners.forEach((listener) => listener(value)),
    end,
  };
}
