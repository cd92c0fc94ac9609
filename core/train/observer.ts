/** When a training is looked at, and how closely: often at some rows, now and then at all, at its end on test rows. */
import type { Clock, Slices } from "./clock";
import type { Measured } from "./evaluation";
import type { Session } from "./executor";
import { Judge } from "./judge";
import { looksOf, type Looks } from "./looks";
import type { Preparation } from "./prepare";
import { Spent } from "./spent";
import { Watcher, type Standing, type TrainingMessage } from "./watcher";

export class Observer {
  readonly watcher: Watcher;
  readonly judge: Judge;
  private readonly looks: Looks;
  private readonly spent: Spent;

  constructor(
    preparation: Preparation,
    session: Session,
    seed: number,
    clock: Clock,
    slices: Slices,
    emit: (message: TrainingMessage) => void,
  ) {
    const { data, batch, length } = preparation;
    this.watcher = new Watcher(preparation, session, seed, slices, emit);
    this.judge = new Judge(preparation, session, this.watcher, emit);
    this.looks = looksOf(length.steps, batch.train, data.splits.validation.length);
    this.spent = new Spent(clock);
  }

  /** A step has taken this many milliseconds. */
  trained(milliseconds: number): void {
    this.spent.trained(milliseconds);
  }

  /** A knob has been turned. */
  turned(): void {
    this.spent.turn();
  }

  /** Whether this step is followed by a look: by the training's length, or at once after a turned knob. */
  isDue(step: number): boolean {
    return this.isRegular(step) || this.spent.wantsLook();
  }

  /** @returns values on held-out rows, unless one is not finite; and whether a round of all measurements was made */
  async look(at: Standing): Promise<{ heldOut?: Measured; round: boolean }> {
    const { watcher, judge, looks, spent } = this;
    const regular = this.isRegular(at.step);
    const whole = regular && (at.step / looks.interval) % looks.whole === 0;
    const heldOut = await spent.look(async () => {
      const found = await watcher.look(at, { whole, rows: "some" });
      if (found !== undefined && whole) await judge.consider(at, found);
      return found;
    });
    if (heldOut === undefined) return { round: false };
    const round = regular && spent.allowsRound();
    if (round) await spent.round(() => watcher.round(at));
    return { heldOut, round };
  }

  /** The last look of a training, at all validation rows. @returns the values, unless one is not finite */
  async lastLook(at: Standing): Promise<Measured | undefined> {
    const last = await this.watcher.look(at, { whole: true, rows: "all" });
    if (last !== undefined) await this.judge.consider(at, last);
    return last;
  }

  private isRegular(step: number): boolean {
    return step % this.looks.interval === 0;
  }
}
