/** How far a training is, as it says it: points in parcels, the time of a step, the time that is left. */
import type { Clock } from "./clock";
import type { Measured } from "./evaluation";
import type { Preparation } from "./prepare";
import type { TermPoint } from "./protocol";
import { weightsOf } from "./summary";
import type { TrainingMessage } from "./training";

/** Milliseconds between two parcels of points. */
const PARCEL = 100;

export class ProgressReport {
  private points: TermPoint[] = [];
  private sentAt = -Infinity;
  /** Milliseconds a step takes, a moving mean. */
  private stepTime = 0;
  /** When and at which step training was last taken up. */
  private entered = { time: 0, step: 0 };

  constructor(
    private readonly preparation: Preparation,
    private readonly stepsPerEpoch: number,
    private readonly clock: Clock,
    private readonly emit: (message: TrainingMessage) => void,
  ) {}

  /** Training is taken up at this step: the time that is left is counted from here. */
  enter(step: number): void {
    this.entered = { time: this.clock.now(), step };
  }

  /** @param time milliseconds that it took */
  stepped(point: TermPoint, time: number): void {
    this.points.push(point);
    this.stepTime = this.stepTime === 0 ? time : 0.9 * this.stepTime + 0.1 * time;
  }

  /** As a moving mean; 0 before the first step. */
  get millisecondsPerStep(): number {
    return this.stepTime;
  }

  /** Values on held-out rows after the last step. */
  measured({ total, terms }: Measured): void {
    const point = this.points.at(-1);
    if (point !== undefined) point.heldOut = { total, terms };
  }

  get parcelIsDue(): boolean {
    return this.clock.now() - this.sentAt >= PARCEL;
  }

  /** Whether there are points that were not sent. */
  get holdsPoints(): boolean {
    return this.points.length > 0;
  }

  /** Sends the points since the last parcel, and how far the training is. */
  send(step: number, steps: number, knobs: Record<string, number>): void {
    const now = this.clock.now();
    this.sentAt = now;
    if (this.holdsPoints) this.emit({ kind: "points", points: this.points });
    this.points = [];
    const done = step - this.entered.step;
    const perStep = done > 0 ? (now - this.entered.time) / done : this.stepTime;
    this.emit({
      kind: "progress",
      step,
      steps,
      epoch: step / this.stepsPerEpoch,
      epochs: steps / this.stepsPerEpoch,
      millisecondsPerStep: this.stepTime,
      secondsLeft: ((steps - step) * perStep) / 1000,
      weights: weightsOf(this.preparation, knobs),
    });
  }
}
