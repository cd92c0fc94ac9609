/**
 * Runs a study: asks it what is left to train, looks that up in the store, trains the rest, and asks again, until it answers.
 * It knows no process, file or clock; all of that is handed in.
 */
import { legOf, legsOf, textOf, type Job, type Outcome, type Refused, type Trained } from "./job";
import type { JobWatcher } from "./train-job";
import type { StudyProgress } from "../train/study-protocol";
import type { Store } from "./store";
import { StudyError, type Study, type Subject } from "./study";

/** What carries out jobs. */
export interface Trainers {
  /** How many jobs run at once. */
  count: number;
  /** Trains to the end; rejects where it was stopped, or the trainer was lost. */
  train(job: Job, watcher: JobWatcher, signal: AbortSignal): Promise<void>;
}

export interface StudyHome {
  store: Store;
  keyOf(job: Job): Promise<string>;
  trainers: Trainers;
  /** Milliseconds since any fixed time. */
  now(): number;
}

interface Running {
  job: Job;
  key: string;
  share: number;
  controller: AbortController;
}

/**
 * @param signal ends the study; what is trained by then is kept
 * @throws StudyError where the study has no answer; the reason of the signal where that ends it
 */
export async function runStudy<Options, Answer>(
  study: Pick<Study<Options, Answer>, "next">,
  subject: Subject,
  options: Options,
  home: StudyHome,
  { tell = () => undefined, signal }: { tell?: (progress: StudyProgress) => void; signal?: AbortSignal } = {},
): Promise<Answer> {
  const run = new StudyRun(home, tell);
  const stop = (): void => run.stop(() => true);
  signal?.addEventListener("abort", stop);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const step = study.next(subject, options, run.outcome);
      if ("answer" in step) return step.answer;
      await run.advance(step.ask);
    }
  } finally {
    stop();
    signal?.removeEventListener("abort", stop);
  }
}

class StudyRun {
  private readonly known = new Map<string, Outcome>();
  private readonly keys = new Map<string, string>();
  private readonly running = new Map<string, Running>();
  private wake: () => void = () => undefined;
  /** Counts what has become known or has ended: whoever has waited meanwhile looks again. */
  private changes = 0;
  private asked = new Set<string>();
  private readonly seconds: number[] = [];

  constructor(
    private readonly home: StudyHome,
    private readonly tell: (progress: StudyProgress) => void,
  ) {}

  readonly outcome = (job: Job): Outcome | undefined => this.known.get(textOf(job));

  stop(which: (running: Running) => boolean): void {
    for (const running of this.running.values()) if (which(running)) running.controller.abort();
    this.wake();
  }

  /** Until more is known than before. */
  async advance(ask: readonly Job[]): Promise<void> {
    const before = this.changes;
    const open = ask.filter((job) => this.outcome(job) === undefined);
    if (open.length === 0) throw new StudyError("the study asks for nothing that is not done");
    for (const job of ask) this.asked.add(textOf(job));
    if ((await this.lookUp(open)) || this.changes !== before) return this.report();
    const wanted = new Set(open.map((job) => this.keys.get(textOf(job))!));
    // What is decided need not be trained any longer.
    this.stop(
      ({ job }) => !legsOf(job).some((_, leg) => wanted.has(this.keys.get(textOf(legOf(job, leg)))!)),
    );
    const change = new Promise<void>((resolve) => (this.wake = resolve));
    for (const job of longest(open)) {
      if (this.running.size >= this.home.trainers.count) break;
      this.start(job, this.keys.get(textOf(job))!);
    }
    this.report();
    await change;
  }

  private async keyOf(job: Job): Promise<string> {
    const text = textOf(job);
    const key = this.keys.get(text) ?? (await this.home.keyOf(job));
    this.keys.set(text, key);
    return key;
  }

  /** @returns whether the store had any of them */
  private async lookUp(open: readonly Job[]): Promise<boolean> {
    let found = false;
    for (const job of open) {
      const trained = await this.home.store.get(await this.keyOf(job));
      if (trained === undefined) continue;
      this.known.set(textOf(job), trained);
      found = true;
    }
    return found;
  }

  private start(job: Job, key: string): void {
    if (this.running.has(key)) return;
    const running: Running = { job, key, share: 0, controller: new AbortController() };
    this.running.set(key, running);
    const puts: Promise<void>[] = [];
    const watcher: JobWatcher = {
      progress: (share) => {
        running.share = share;
        this.report();
      },
      leg: (leg, outcome) => puts.push(this.ended(legOf(job, leg), outcome)),
    };
    this.home.trainers
      .train(job, watcher, running.controller.signal)
      .then(() => Promise.all(puts))
      .catch((error: unknown) => {
        if (!running.controller.signal.aborted) return this.refuse(job, (error as Error).message);
      })
      .finally(() => {
        this.running.delete(key);
        this.changed();
      });
  }

  /** Whatever of a job has not ended is refused. */
  private async refuse(job: Job, refused: string): Promise<void> {
    for (const [i] of legsOf(job).entries()) {
      const leg = legOf(job, i);
      if (!this.known.has(textOf(leg))) await this.ended(leg, { refused });
    }
  }

  private changed(): void {
    this.changes++;
    this.wake();
  }

  private async ended(job: Job, outcome: Omit<Trained, "key"> | Refused): Promise<void> {
    const key = await this.keyOf(job);
    const { store } = this.home;
    if ("refused" in outcome) {
      // For plans alone: what was missing may be there the next time.
      await store.refuse(key, outcome);
      this.known.set(textOf(job), outcome);
    } else {
      const whole: Trained = { ...outcome, key };
      this.seconds.push(outcome.seconds);
      await store.put(whole);
      // As the store gives it back, so that a study that goes on reads the same as one that was never stopped.
      this.known.set(textOf(job), JSON.parse(JSON.stringify(whole)) as Outcome);
    }
    this.changed();
  }

  private report(): void {
    const asked = [...this.asked];
    const done = asked.filter((text) => this.known.has(text)).length;
    const mean = this.seconds.reduce((sum, each) => sum + each, 0) / Math.max(1, this.seconds.length);
    const begun = [...this.running.values()].reduce(
      (sum, { share, job }) => sum + share * legsOf(job).length,
      0,
    );
    const left = Math.max(0, asked.length - done - begun) * (mean / this.home.trainers.count);
    this.tell({ done, asked: asked.length, ...(this.seconds.length > 0 && { secondsLeft: left }) });
  }
}

/** Those that are no leg of another one: training that one trains them too. */
export function longest(jobs: readonly Job[]): Job[] {
  const within = new Set(
    jobs.flatMap((job) =>
      legsOf(job)
        .slice(0, -1)
        .map((_, leg) => textOf(legOf(job, leg))),
    ),
  );
  return jobs.filter((job) => !within.has(textOf(job)));
}
