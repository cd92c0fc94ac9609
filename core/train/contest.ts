/**
 * Which executor trains. One begins at once; others are made ready and try the spec's own program while it works, and the
 * fastest takes over at a step. One that the person has asked for takes over whether it is faster or not.
 */
import type { Executor, ExecutorLost, Session } from "./executor";
import type { Contender, ExecutorSource } from "./executor-in-use";
import type { ExecutorId } from "./executors/index";
import type { Preparation } from "./prepare";
import type { ExecutorStatus } from "./protocol";
import type { Trainer } from "./trainer";

/** A step must take less than this share of the present one's: times of a moment vary. */
const WORTH = 0.8;
/** Milliseconds of training before others are tried: the first picture comes first. */
const FIRST = 1000;
/** Seconds that a training must have left, so that trying others can pay. */
const LEFT = 5;

/** Whether another executor is enough faster, and enough is left to train, to take over. @param milliseconds of its step */
export const isWorthIt = (milliseconds: number, present: number, secondsLeft: number): boolean =>
  milliseconds < WORTH * present && secondsLeft >= LEFT;

/** A training that others may take over. */
interface Contested {
  preparation: Preparation;
  trainer: Trainer;
  /** The executor that trains it. */
  executor: Executor;
}

interface Tried {
  executor: Executor;
  session: Session;
  /** Absent where it was asked for, and not measured. */
  milliseconds?: number;
}

export class Contest {
  /** Executors beside the one that begins, as long as they are of use. */
  private readonly made = new Map<ExecutorId, Promise<Executor>>();
  /** What is known of executors by now. */
  private readonly notes = new Map<ExecutorId, Partial<ExecutorStatus>>();
  /** Those that were lost, and are not tried again. */
  private readonly lost = new Set<ExecutorId>();

  /** One contest after another: an edit may begin one while that of the text before is under way. */
  private deciding: Promise<unknown> = Promise.resolve();

  constructor(private readonly source: ExecutorSource) {}

  /** Whether it is time to try others. @param milliseconds for which it has trained */
  static isTime(milliseconds: number, secondsLeft: number): boolean {
    return milliseconds >= FIRST && secondsLeft >= LEFT;
  }

  /**
   * One that builds networks of the user's own, which begins where a loss has some.
   * @param begins where none does, to say so
   * @throws Error where the one that would cannot run
   */
  async builder(begins: Executor): Promise<Executor> {
    if (begins.describeOwn !== undefined) return begins;
    const found = (await this.contenders()).find(({ buildsOwn }) => buildsOwn);
    return found === undefined ? begins : this.make(found);
  }

  /** Those beside the one that begins are made anew: one of them has ended. */
  renew(): void {
    this.made.clear();
  }

  /** Whether another began than the one that the person has asked for. */
  async isAsked(): Promise<boolean> {
    return (await this.contenders()).some(({ asked }) => asked);
  }

  /** Every executor there is, with what is known of it. @param used the one that trains */
  async statuses(used: ExecutorId | "none"): Promise<ExecutorStatus[]> {
    const all = await this.source.executors();
    return all.map((status) => {
      const known = { ...status, ...this.notes.get(status.name) };
      return status.name === used ? { ...known, available: true, used: true } : known;
    });
  }

  /**
   * Lets others try a training, and one of them take over.
   * @param goesOn whether it is still of interest
   * @returns the one that trains from now on; undefined where none took over
   */
  decide(contested: Contested, goesOn: () => boolean): Promise<Executor | undefined> {
    const decided = this.deciding.then(() => this.decideNow(contested, goesOn));
    this.deciding = decided.catch(() => undefined);
    return decided;
  }

  private async decideNow(
    { preparation, trainer, executor }: Contested,
    goesOn: () => boolean,
  ): Promise<Executor | undefined> {
    const own = trainer.millisecondsPerStep;
    if (own > 0) this.note(executor.name, { milliseconds: own });
    let best: Tried | undefined;
    for (const contender of (await this.contenders()).filter(({ id }) => id !== executor.name)) {
      const tried = goesOn() ? await this.tryOut(contender, preparation, trainer) : undefined;
      if (tried === undefined) continue;
      const limit = best?.milliseconds ?? WORTH * trainer.millisecondsPerStep;
      const wins = contender.asked || tried.milliseconds! < limit;
      const loser = wins ? best : tried;
      if (wins) best = tried;
      if (loser !== undefined) this.drop(loser);
    }
    if (best === undefined) return undefined;
    const { session, executor: winner } = best;
    if (goesOn() && (await trainer.handOver(session, winner.description))) return winner;
    session.dispose();
    return undefined;
  }

  /** Measures the one that is to train, in a session of its own. */
  async measure({ preparation, trainer, executor }: Contested): Promise<void> {
    const session = await executor.open(preparation.programs);
    try {
      this.note(executor.name, { milliseconds: await trainer.tryOut(session) });
    } finally {
      session.dispose();
    }
  }

  /** One is gone: it is not tried again. */
  forget(executor: Executor, { message }: ExecutorLost): void {
    const { name } = executor;
    this.lost.add(name);
    this.made.delete(name);
    this.note(name, { available: false, detail: message });
  }

  private async contenders(): Promise<Contender[]> {
    return (await this.source.contenders()).filter(({ id }) => !this.lost.has(id));
  }

  private make({ id, create }: Contender): Promise<Executor> {
    const made = this.made.get(id) ?? create();
    this.made.set(id, made);
    made.catch(() => this.made.delete(id));
    return made;
  }

  private async tryOut(
    contender: Contender,
    { programs }: Preparation,
    trainer: Trainer,
  ): Promise<Tried | undefined> {
    const { id, asked } = contender;
    let session: Session | undefined;
    try {
      const executor = await this.make(contender);
      session = await executor.open(programs);
      if (asked) return { executor, session };
      const milliseconds = await trainer.tryOut(session);
      this.note(id, { milliseconds, detail: executor.description });
      return { executor, session, milliseconds };
    } catch (error) {
      session?.dispose();
      this.note(id, { available: false, detail: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }

  /** One that is slower has no further use: it may hold a process. */
  private drop({ session, executor }: Tried): void {
    session.dispose();
    this.made.delete(executor.name);
    executor.close();
  }

  private note(id: ExecutorId, known: Partial<ExecutorStatus>): void {
    this.notes.set(id, { ...this.notes.get(id), ...known });
  }

  async close(): Promise<void> {
    for (const made of this.made.values()) (await made.catch(() => undefined))?.close();
  }
}
