/** The executors of a host: the one that begins every training, made when it is first needed and replaced where it was lost. */
import { insteadOf, type Executor, type ExecutorLost } from "./executor";
import type { ExecutorId } from "./executors/index";
import { LeftBehindSearch } from "./left-behind/index";
import type { ExecutorStatus } from "./protocol";

/** An executor that may take over from the one that begins. */
export interface Contender {
  id: ExecutorId;
  /** Whether the person asks for it: then it takes over whether it is faster or not. */
  asked: boolean;
  /** Whether it builds networks of the user's own. */
  buildsOwn?: boolean;
  /** @throws Error that says why it cannot run here */
  create(): Promise<Executor>;
}

export interface ExecutorSource {
  /** Every executor there is, and why some are not available. */
  executors(): Promise<ExecutorStatus[]>;
  /** The one to begin with. @throws Error that says why there is none */
  createExecutor(): Promise<Executor>;
  /** Those that may take over. */
  contenders(): Promise<Contender[]>;
  /** Another in place of one that was lost while it trained. @throws Error that says why there is none */
  createInstead(lost: ExecutorLost): Promise<Executor>;
}

export class ExecutorInUse {
  private executor: Promise<Executor> | undefined;
  private search: { executor: Executor; of: LeftBehindSearch } | undefined;

  constructor(private readonly source: ExecutorSource) {}

  /** @throws Error that says why there is none; it is looked for again the next time */
  get(): Promise<Executor> {
    return this.use(this.executor ?? this.source.createExecutor());
  }

  /**
   * One that continues where another was lost: the one that began, unless that is the lost one.
   * @throws Error that says why there is none
   */
  async instead(lost: ExecutorLost, by: Executor): Promise<Executor> {
    const begun = await this.executor;
    if (begun !== undefined && begun.name !== by.name) return insteadOf(begun, lost.message);
    return this.use(this.source.createInstead(lost));
  }

  private use(executor: Promise<Executor>): Promise<Executor> {
    if (executor === this.executor) return executor;
    this.executor = executor;
    executor.catch(() => {
      if (this.executor === executor) this.forget();
    });
    return executor;
  }

  /** The next one is made anew. */
  forget(): void {
    this.executor = undefined;
  }

  /** The search of this executor, which knows what streams of earlier trainings predict. */
  searchWith(executor: Executor): LeftBehindSearch {
    if (this.search?.executor !== executor)
      this.search = { executor, of: new LeftBehindSearch((programs) => executor.open(programs)) };
    return this.search.of;
  }

  async close(): Promise<void> {
    (await this.executor)?.close();
  }
}
