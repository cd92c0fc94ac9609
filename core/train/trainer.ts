/**
 * One training: steps of a compiled program over its data. It can be paused, gone on with and turned at any step, and
 * gives way to the event loop every few milliseconds.
 */
import { Batches } from "./batches";
import { Slices, type Clock } from "./clock";
import { outputsOf, type Measured } from "./evaluation";
import { culpritOf, type Culprit } from "./culprit";
import { Errands } from "./errands";
import type { Session } from "./executor";
import { Inputs } from "./inputs";
import type { Beginning } from "./findings/fresh-weights";
import { found, startRules, stepRules } from "./findings/index";
import { MOST_FAULTS } from "./findings/not-finite";
import type { Preparation } from "./prepare";
import type { TermPoint } from "./protocol";
import { sizeOf } from "../program/program";
import { weightsOf } from "./summary";
import { KnobSchedule } from "./schedule";
import { Spent } from "./spent";
import { allFinite, readWeights, writeWeights, type Snapshot } from "./snapshot";
import { Watcher, type Standing, type TrainingMessage } from "./watcher";

/** Milliseconds between two parcels of points. */
const PARCEL = 100;
/** Looks at the held-out rows in a training, and the fewest and most steps between two. */
const LOOKS = 32;
const FEWEST_STEPS = 5;
const MOST_STEPS = 250;

export class Trainer {
  private readonly slices: Slices;
  private readonly schedule: KnobSchedule;
  private readonly termIds: string[];
  // These follow the seed.
  private batches!: Batches;
  private inputs!: Inputs;
  private watcher!: Watcher;
  /** Steps between two looks. */
  private readonly interval: number;

  /** Steps done, and after how many the training is finished. */
  private step = 0;
  private steps: number;
  private loop: Promise<void> | undefined;
  private stopping = false;
  /** What reads or replaces the weights, one after another, and never during a step. */
  private readonly errands = new Errands();
  private faults = 0;
  /** Why it was given up: then its weights are the last good ones, and it does not go on from them. */
  private stopped: string | undefined;
  /** Whether a step since the start had a finite loss: only then can the learning rate be the cause. */
  private everFinite = false;
  private backup: Snapshot | undefined;

  private spent!: Spent;
  private points: TermPoint[] = [];
  private sentAt = -Infinity;
  /** Milliseconds a step takes, a moving mean. */
  private stepTime = 0;
  /** When and at which step the loop was last entered. */
  private entered = { time: 0, step: 0 };

  /**
   * @param session holds the programs of the preparation, by their names there; the trainer's own from now on
   * @param executor what carries them out, in words
   * @param seed of weights, batches and noise
   */
  constructor(
    private readonly preparation: Preparation,
    private readonly session: Session,
    readonly executor: string,
    public seed: number,
    private readonly clock: Clock,
    private readonly emit: (message: TrainingMessage) => void,
  ) {
    const { spec, data, programs, batch } = preparation;
    const stepsPerEpoch = Math.floor(data.splits.train.length / batch.train);
    this.schedule = new KnobSchedule(spec.knobs, stepsPerEpoch);
    this.slices = new Slices(clock);
    this.termIds = outputsOf(programs.train, "term.");
    this.steps = spec.training.epochs * stepsPerEpoch;
    this.interval = Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, Math.round(this.steps / LOOKS)));
    this.start(seed);
  }

  /** Puts fresh weights, batches and draws of this seed in place. */
  private start(seed: number): void {
    const { preparation, session } = this;
    const { data, programs, batch, absent } = preparation;
    this.seed = seed;
    this.batches = new Batches(seed, data.splits.train, batch.train);
    this.inputs = new Inputs("train", programs.train, data.streams, seed, absent);
    this.spent = new Spent(this.clock);
    this.watcher = new Watcher(preparation, session, seed, this.slices, this.emit);
    this.step = 0;
    this.faults = 0;
    this.stopped = undefined;
    this.everFinite = false;
    this.backup = undefined;
    this.points = [];
    const weights = preparation.initialWeights(seed);
    for (const { role, name, shape } of programs.train.buffers) {
      if (role === "parameter") session.write("train", name!, weights[name!]!);
      if (role === "state") session.write("train", name!, new Float32Array(sizeOf(shape)));
    }
  }

  /** Starts again from the first weights of a seed, paused. */
  async reset(seed: number): Promise<void> {
    await this.pause();
    await this.betweenSteps(() => {
      this.start(seed);
      this.steps = this.preparation.spec.training.epochs * this.batches.stepsPerEpoch;
      this.entered = { time: this.clock.now(), step: 0 };
      this.send();
    });
  }

  /** Starts again after it was given up: from fresh weights, which it says. */
  async startAfresh(): Promise<void> {
    const { step } = this;
    await this.reset(this.seed);
    this.beginAfter({ because: "stopped", step });
    this.tellFindings();
  }

  /** Notes that the weights of the run before are of no use. */
  private beginAfter(unusable: NonNullable<Beginning["unusable"]>): void {
    this.watcher.takeUp(found(startRules, { unusable }));
  }

  /** Takes up an earlier run of this program and data as it stood, paused. */
  async restore(from: Snapshot): Promise<void> {
    await this.pause();
    await this.betweenSteps(() => {
      this.start(from.seed);
      this.adopt({ ...from, stopped: false });
      this.steps = from.steps;
      this.entered = { time: this.clock.now(), step: this.step };
    });
  }

  /** Every knob as it is in force at this step. */
  get knobs(): Record<string, number> {
    return this.schedule.at(this.step);
  }

  /** Every knob as it is when the training ends. */
  get knobsAtEnd(): Record<string, number> {
    return this.schedule.at(this.steps, true);
  }

  /** Knobs turned by hand, with their values. */
  get turnedKnobs(): Record<string, number> {
    return this.schedule.byHand;
  }

  /** Pictures of the first held-out samples, before anything is learned about them. */
  showData(): void {
    this.watcher.showSamples(this.step);
  }

  /** Says again what has been found and still holds. */
  tellFindings(): void {
    for (const finding of this.watcher.findings) this.watcher.say(this.step, finding);
  }

  /** Says how far the training is. */
  tellProgress(): void {
    this.send();
  }

  /** Says where the training stands. */
  tellPhase(): void {
    if (this.stopped !== undefined)
      return this.emit({ kind: "phase", phase: "failed", detail: this.stopped });
    const still = this.finished ? "finished" : this.step > 0 ? "paused" : "idle";
    this.emit({ kind: "phase", phase: this.loop === undefined ? still : "training" });
  }

  /**
   * Sets a knob from the next step on.
   * @returns its value, within its range; undefined when there is no such knob
   */
  turn(name: string, value: number): number | undefined {
    this.spent.turn();
    return this.schedule.turn(name, value);
  }

  /**
   * Trains until finished or paused; settles then. A finished training goes on for as many epochs again. While it runs,
   * another call waits for the same end.
   */
  run(): Promise<void> {
    this.stopping = false;
    // At its last look, it is finished and has not said so yet.
    if (this.loop !== undefined && this.finished) return this.loop.then(() => this.run());
    this.loop ??= this.train().finally(() => {
      this.loop = undefined;
      // A training that was given up leaves some: whoever waits for them would wait for ever.
      return this.errands.run();
    });
    return this.loop;
  }

  /** Stops after the step at work; settles when it has stopped. */
  async pause(): Promise<void> {
    this.stopping = true;
    await this.loop;
  }

  /** The last state that was saved on the way, for another that continues when this one cannot. */
  get saved(): Snapshot | undefined {
    return this.backup;
  }

  get finished(): boolean {
    return this.step >= this.steps;
  }

  /** Whether it was given up, since its loss was not finite. */
  get givenUp(): boolean {
    return this.stopped !== undefined;
  }

  /** Stops and frees the session. */
  async dispose(): Promise<void> {
    await this.pause();
    await this.errands.run();
    this.session.dispose();
  }

  private get standing(): Standing {
    return { step: this.step, progress: this.step / this.steps, knobs: this.knobs };
  }

  private async train(): Promise<void> {
    if (this.finished)
      this.steps = this.step + this.preparation.spec.training.epochs * this.batches.stepsPerEpoch;
    this.emit({ kind: "phase", phase: "training" });
    await this.errands.run();
    this.entered = { time: this.clock.now(), step: this.step };
    await this.watcher.begin(this.standing);
    this.backup ??= await this.snapshot();
    while (!this.finished && !this.stopping) {
      if (!(await this.advance())) return;
      const due = this.step % this.interval === 0;
      if ((due || this.spent.wantsLook()) && !this.finished) await this.look(due);
      if (!this.finished && this.clock.now() - this.sentAt >= PARCEL) this.send();
      await this.slices.breathe();
      await this.errands.run();
    }
    if (this.finished) {
      const heldOut = await this.watcher.look(this.standing, true);
      if (heldOut !== undefined) {
        this.measured(heldOut);
        await this.watcher.round(this.standing, true);
      }
    }
    this.send();
    this.emit({ kind: "phase", phase: this.finished ? "finished" : "paused" });
  }

  /** Does something to the weights while no step is at work: after it, or at once where none is. */
  private betweenSteps<T>(act: () => T | Promise<T>): Promise<T> {
    const done = this.errands.add(act);
    if (this.loop === undefined) void this.errands.run();
    return done;
  }

  /** One step. False when the training was given up. */
  private async advance(): Promise<boolean> {
    const started = this.clock.now();
    const { session, step } = this;
    const { rate } = this.preparation.spec.training.optimizer;
    const rows = this.batches.at(step);
    this.inputs.write(session, { rows, step, purpose: "training", knobs: this.schedule.at(step), rate });
    await session.run("train");
    this.step++;
    const point: TermPoint = {
      step: this.step,
      total: (await session.read("train", "total"))[0]!,
      terms: {},
    };
    for (const id of this.termIds) point.terms[id] = (await session.read("train", `term.${id}`))[0]!;
    if (![point.total, ...Object.values(point.terms)].every(Number.isFinite))
      return this.recover(culpritOf(point, this.preparation, rows, this.schedule.at(step)));
    this.everFinite = true;
    this.points.push(point);
    const time = this.clock.now() - started;
    this.spent.trained(time);
    this.stepTime = this.stepTime === 0 ? time : 0.9 * this.stepTime + 0.1 * time;
    return true;
  }

  /** Goes back to the last good weights after a loss that is no number. False when that has been tried enough. */
  private async recover(culprit: Culprit): Promise<boolean> {
    this.faults++;
    const { step, faults, everFinite, preparation } = this;
    const { tensors, step: backup } = this.backup!;
    const { rate } = preparation.spec.training.optimizer;
    const findings = preparation.fixable(
      found(stepRules, { step, culprit, faults, backup, everFinite, rate }),
    );
    for (const finding of findings) this.watcher.say(step, finding);
    writeWeights(this.session, "train", preparation.programs.train, tensors, ["parameter", "state"]);
    if (faults < MOST_FAULTS) return true;
    this.stopped = findings[0]!.message;
    this.send();
    this.tellPhase();
    return false;
  }

  /** @param due whether it is one of those that a training has by its length: a turned knob has one of its own, at once */
  private async look(due: boolean): Promise<void> {
    const heldOut = await this.spent.look(() => this.watcher.look(this.standing, false));
    if (heldOut === undefined) return;
    this.measured(heldOut);
    if (!due || !this.spent.allowsRound()) return;
    await this.spent.round(() => this.watcher.round(this.standing, false));
    this.backup = await this.snapshot();
  }

  private measured({ total, terms }: Measured): void {
    const point = this.points.at(-1);
    if (point !== undefined) point.heldOut = { total, terms };
  }

  /** Sends the points since the last parcel, and how far the training is. */
  private send(): void {
    const now = this.clock.now();
    this.sentAt = now;
    if (this.points.length > 0) this.emit({ kind: "points", points: this.points });
    this.points = [];
    const { stepsPerEpoch } = this.batches;
    const done = this.step - this.entered.step;
    const perStep = done > 0 ? (now - this.entered.time) / done : this.stepTime;
    this.emit({
      kind: "progress",
      step: this.step,
      steps: this.steps,
      epoch: this.step / stepsPerEpoch,
      epochs: this.steps / stepsPerEpoch,
      millisecondsPerStep: this.stepTime,
      secondsLeft: ((this.steps - this.step) * perStep) / 1000,
      weights: weightsOf(this.preparation, this.knobs),
    });
  }

  /** Everything needed to go on later, between two steps. */
  save(): Promise<Snapshot> {
    return this.betweenSteps(() => this.snapshot());
  }

  private async snapshot(): Promise<Snapshot> {
    // Whoever goes on from here has the points that led to it.
    if (this.points.length > 0) this.send();
    const { step, steps, seed, session, preparation } = this;
    const { program: shape, data } = preparation.identity();
    const [knobs, findings] = [this.schedule.byHand, this.watcher.findings];
    const tensors = await readWeights(session, "train", preparation.programs.train);
    const { epochs } = preparation.spec.training;
    const stopped = this.givenUp;
    return { step, steps, epochs, seed, knobs, shape, data, stopped, findings, tensors };
  }

  /**
   * Takes over what another training had learned. From one of the same shape and seed: all of it, so that training goes
   * on where that stood; from another, the weights whose names and shapes match, and training starts anew. From one that
   * was given up, or whose weights are not finite: the knobs alone.
   * @returns whether training goes on
   */
  adopt(from: Snapshot): boolean {
    this.schedule.takeUp(from.knobs);
    if (from.stopped || !allFinite(from)) {
      this.beginAfter({ because: from.stopped ? "stopped" : "not finite", step: from.step });
      return false;
    }
    const { train } = this.preparation.programs;
    const goesOn = from.shape === this.preparation.identity().program && from.seed === this.seed;
    writeWeights(this.session, "train", train, from.tensors, goesOn ? ["parameter", "state"] : ["parameter"]);
    if (!goesOn) return false;
    this.step = from.step;
    this.watcher.takeUp(from.findings ?? []);
    // A training that was continued past the epochs of its text still has as far to go.
    if (from.epochs === this.preparation.spec.training.epochs) this.steps = from.steps;
    return true;
  }
}
