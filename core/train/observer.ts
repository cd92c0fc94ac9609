/** When a training is looked at, and how closely: often at some rows, now and then at all, at its end on test rows. */
import { Slices, type Clock } from "./clock";
import type { Measured } from "./evaluation";
import type { Session } from "./executor";
import { Inspector } from "./inspect/inspector";
import { Judge } from "./judge";
import { looksOf, type Looks } from "./looks";
import type { Preparation } from "./prepare";
import { Spent } from "./spent";
import type { Standing, TrainingMessage } from "./training";
import { Watcher } from "./watcher";

export class Observer {
  readonly watcher: Watcher;
  readonly judge: Judge;
  readonly inspector: Inspector;
  private readonly looks: Looks;
  private readonly spent: Spent;
  private readonly light: boolean;
  /** Of its own: what is measured may be ended, a step may not. */
  private readonly slices: Slices;
  private rounding = false;

  constructor(
    preparation: Preparation,
    session: Session,
    seed: number,
    clock: Clock,
    emit: (message: TrainingMessage) => void,
  ) {
    const { data, batch, length, light } = preparation;
    this.light = light;
    this.slices = new Slices(clock);
    this.watcher = new Watcher(preparation, session, seed, this.slices, emit);
    this.judge = new Judge(preparation, session, this.watcher, emit);
    this.looks = looksOf(length.steps, batch.train, data.splits.validation.length);
    this.spent = new Spent(clock);
    this.inspector = new Inspector(
      { preparation, session, seed, slices: new Slices(clock) },
      this.spent,
      emit,
    );
  }

  /** A step has taken this many milliseconds. */
  trained(milliseconds: number): void {
    this.spent.trained(milliseconds);
  }

  /** Does what belongs to measuring, between two steps: its time counts. */
  besides<T>(act: () => Promise<T>): Promise<T> {
    return this.spent.besides(act);
  }

  /** A knob has been turned: a round at work measures another loss, and ends. */
  turned(): void {
    this.spent.turn();
    if (this.rounding) this.slices.interrupt();
  }

  /** Whether this step is followed by a look: by the training's length, or at once after a turned knob. */
  isDue(step: number): boolean {
    return this.isRegular(step) || this.spent.wantsLook();
  }

  /**
   * @param show is given the values as soon as they are known
   * @returns values on held-out rows, unless one is not finite
   */
  look(at: Standing, show: (now: Measured) => void): Promise<Measured | undefined> {
    const { watcher, judge, looks, spent } = this;
    const regular = this.isRegular(at.step);
    const whole = regular && (at.step / looks.interval) % looks.whole === 0;
    return spent.look(async () => {
      const found = await watcher.look(at, { whole, rows: "some" }, show);
      if (found !== undefined && whole) await judge.consider(at, found);
      return found;
    });
  }

  /** A round of all measurements, where one is due. */
  async round(at: Standing): Promise<void> {
    const { spent, slices, watcher } = this;
    if (this.light || !this.isRegular(at.step) || spent.outdated || !spent.allowsRound(at.progress)) return;
    this.rounding = true;
    try {
      await spent.round(() => slices.interruptibly(() => watcher.round(at)));
    } finally {
      this.rounding = false;
    }
  }

  /** Answers what pages have asked to see. @param ended whether the training is: then it is judged by its checkpoint */
  async answer(at: Standing, { waits, ended }: { waits: boolean; ended: boolean }): Promise<void> {
    if (!this.inspector.isAsked) return;
    const answer = (standing: Standing): Promise<void> =>
      this.inspector.answer(standing, this.watcher.read, !waits);
    await (ended ? this.judge.asJudged(at, answer) : answer(at));
  }

  /** The last look of a training, at all validation rows. @returns and @param show as of any look */
  async lastLook(at: Standing, show: (now: Measured) => void): Promise<Measured | undefined> {
    const last = await this.watcher.look(at, { whole: true, rows: "all" }, show);
    if (last !== undefined) await this.judge.consider(at, last);
    return last;
  }

  private isRegular(step: number): boolean {
    return step % this.looks.interval === 0;
  }
}
