/** What a training does about a loss that is not finite: it goes back to its last good weights, until that was tried enough. */
import { culpritOf } from "./culprit";
import type { Session } from "./executor";
import { found, stepRules } from "./findings/index";
import { MOST_FAULTS } from "./findings/not-finite";
import type { Preparation } from "./prepare";
import type { Finding, TermPoint } from "./protocol";
import type { Snapshot } from "./snapshot";
import { writeWeights } from "./weights";

export class Recovery {
  /** The last state that was saved on the way. */
  backup: Snapshot | undefined;
  private faults = 0;
  /** Whether a step since the start had a finite loss: only then can the learning rate be the cause. */
  private everFinite = false;
  private stopped: string | undefined;

  constructor(
    private readonly preparation: Preparation,
    private readonly session: Session,
  ) {}

  /** Why training was given up: then its weights are the last good ones, and it does not go on from them. */
  get givenUp(): string | undefined {
    return this.stopped;
  }

  /**
   * Looks at the loss of a step, and goes back where it is not finite.
   * @param rows of the step, under `knobs`
   * @returns what is to be said; undefined where all is well
   */
  check(point: TermPoint, rows: ArrayLike<number>, knobs: Record<string, number>): Finding[] | undefined {
    if ([point.total, ...Object.values(point.terms)].every(Number.isFinite)) {
      this.everFinite = true;
      return undefined;
    }
    this.faults++;
    const { preparation, faults, everFinite } = this;
    const { step: backup, tensors } = this.backup!;
    const { step } = point;
    const culprit = culpritOf(point, preparation, rows, knobs);
    const { rate } = preparation.spec.training.optimizer;
    const findings = preparation.fixable(
      found(stepRules, { step, culprit, faults, backup, everFinite, rate }),
    );
    writeWeights(this.session, "train", preparation.programs.train, tensors, ["parameter", "state"]);
    if (faults >= MOST_FAULTS) this.stopped = findings[0]!.message;
    return findings;
  }
}
