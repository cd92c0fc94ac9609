/** The one executor that a host trains with: made when it is first needed, and replaced where it was lost. */
import type { Executor, ExecutorLost } from "./executor";
import { LeftBehindSearch } from "./left-behind/index";

export interface ExecutorSource {
  /** The one to train with. @throws Error that says why there is none */
  createExecutor(): Promise<Executor>;
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

  /** @throws Error that says why there is none */
  instead(lost: ExecutorLost): Promise<Executor> {
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
