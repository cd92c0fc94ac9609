/** How long a step takes in a session that nobody trains in yet. */
import type { Clock } from "./clock";
import type { Session } from "./executor";
import type { Preparation } from "./prepare";
import { Stepper } from "./stepper";
import { writeFresh } from "./weights";

/** Milliseconds for which steps are measured, and how many of them there are at least. */
const MOMENT = 150;
const FEWEST = 3;

/** Steps that are taken to see how long they last; nobody needs the weights to which they lead. */
export class Pace {
  private readonly stepper: Stepper;
  private step = 0;

  constructor(
    preparation: Preparation,
    session: Session,
    private readonly knobs: Record<string, number>,
    private readonly clock: Clock,
  ) {
    const { seed } = preparation.spec.training;
    writeFresh(session, "train", preparation.programs.train, preparation.initialWeights(seed));
    this.stepper = new Stepper(preparation, session, seed);
  }

  /** Milliseconds of one step. The first of a session may also compile what it needs. */
  async once(): Promise<number> {
    const started = this.clock.now();
    await this.stepper.take(this.step++, this.knobs);
    return this.clock.now() - started;
  }

  /** Mean milliseconds of the steps of a moment. */
  async mean(): Promise<number> {
    let [steps, spent] = [0, 0];
    while (steps < FEWEST || spent < MOMENT) {
      spent += await this.once();
      steps++;
    }
    return spent / steps;
  }
}
