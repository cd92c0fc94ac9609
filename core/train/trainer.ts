/**
 * One training: steps of a compiled program over its data. It can be paused, gone on with and turned at any step, and
 * gives way to the event loop every few milliseconds.
 */
import { SLICE, Slices, type Clock } from "./clock";
import { Errands } from "./errands";
import type { Measured } from "./evaluation";
import type { Session } from "./executor";
import type { Beginning } from "./findings/fresh-weights";
import { found, startRules } from "./findings/index";
import type { Inspection } from "./inspect/messages";
import { Observer } from "./observer";
import type { Preparation } from "./prepare";
import { Pace } from "./pace";
import type { Finding } from "./protocol";
import { ProgressReport } from "./progress";
import type { GivenWeights } from "./given-weights";
import { Recovery } from "./recovery";
import type { LeftBehindSearch } from "./left-behind/index";
import type { CodesSearched, Search } from "./left-behind/search";
import { KnobSchedule } from "./schedule";
import { SessionInUse } from "./session-in-use";
import { Stepper } from "./stepper";
import { allFinite, type Snapshot } from "./snapshot";
import type { Standing, TrainingMessage } from "./training";
import { readWeights, writeFresh, writeWeights } from "./weights";

/** A step that takes this many times as long as one of the training is slower, whatever else is at work. */
const CLEARLY = 4;

export class Trainer {
  private readonly slices: Slices;
  private readonly schedule: KnobSchedule;
  private readonly session: SessionInUse;
  /** What reads or replaces the weights, one after another, and never during a step. */
  private readonly errands = new Errands();
  // These follow the seed.
  private stepper!: Stepper;
  private progress!: ProgressReport;
  private recovery!: Recovery;
  private observer!: Observer;

  /** Steps done, and after how many the training is finished. */
  private step = 0;
  private steps: number;
  private loop: Promise<void> | undefined;
  private stopping = false;
  /** Whether someone waits to go on, while an ended training is still searched for what it leaves behind. */
  private hurried = false;

  /**
   * @param session holds the programs of the preparation, by their names there; the trainer's own from now on
   * @param executor what carries them out, in words
   * @param seed of weights, batches and noise
   * @param leftBehind searches for what the codes leave behind once a training has ended, where that is asked for
   */
  constructor(
    private readonly preparation: Preparation,
    session: Session,
    public executor: string,
    public seed: number,
    private readonly clock: Clock,
    private readonly emit: (message: TrainingMessage) => void,
    private readonly leftBehind?: LeftBehindSearch,
  ) {
    const { spec, length } = preparation;
    this.session = new SessionInUse(session);
    this.schedule = new KnobSchedule(spec.knobs, length.stepsPerEpoch);
    this.slices = new Slices(clock);
    this.steps = length.steps;
    this.start(seed);
  }

  /** Puts fresh weights, batches and draws of this seed in place. */
  private start(seed: number): void {
    const { preparation, session, clock, emit } = this;
    const { programs, length } = preparation;
    this.seed = seed;
    this.stepper = new Stepper(preparation, session, seed);
    this.observer = new Observer(preparation, session, seed, clock, emit);
    this.progress = new ProgressReport(preparation, length.stepsPerEpoch, clock, emit);
    this.recovery = new Recovery(preparation, session);
    this.step = 0;
    writeFresh(session, "train", programs.train, preparation.initialWeights(seed));
    session.buildOwn(seed);
  }

  /** Starts again from the first weights of a seed, paused. */
  async reset(seed: number): Promise<void> {
    await this.pause();
    await this.betweenSteps(() => {
      this.start(seed);
      this.steps = this.preparation.length.steps;
      this.progress.enter(0);
      this.send();
    });
  }

  /** Starts again after it was given up: from fresh weights, which it says. */
  async startAfresh(): Promise<void> {
    const { step } = this;
    await this.reset(this.seed);
    this.beginAfter({ because: "stopped", step });
    this.tellAgain();
  }

  /** Notes that the weights of the run before are of no use. */
  private beginAfter(unusable: NonNullable<Beginning["unusable"]>): void {
    this.observer.watcher.findings.takeUp(found(startRules, { unusable }));
  }

  /** Takes up an earlier run of this program and data as it stood, paused. */
  async restore(from: Snapshot): Promise<void> {
    await this.pause();
    await this.betweenSteps(() => {
      this.start(from.seed);
      this.adopt({ ...from, stopped: false });
      this.steps = from.steps;
      this.progress.enter(this.step);
    });
  }

  /** Judges weights that were trained elsewhere, as the last ones of a training that has ended. */
  async judge({ tensors, step, knobs }: GivenWeights): Promise<void> {
    await this.pause();
    await this.betweenSteps(() => {
      this.start(this.seed);
      this.schedule.takeUp(knobs);
      writeWeights(this.session, "train", this.preparation.programs.train, tensors, ["parameter"]);
      this.step = step ?? this.preparation.length.steps;
      this.steps = this.step;
      this.progress.enter(this.step);
    });
    return this.run(true);
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
    this.observer.watcher.showSamples(this.step);
  }

  /** Says again what still holds: what has been found, and which weights are the checkpoint. */
  tellAgain(): void {
    for (const finding of this.observer.watcher.findings.all)
      this.observer.watcher.findings.say(this.step, finding);
    this.observer.judge.tellAgain(this.knobs);
  }

  /** Says how far the training is. */
  tellProgress(): void {
    this.send();
  }

  /** Says where the training stands. */
  tellPhase(): void {
    const { givenUp } = this.recovery;
    if (givenUp !== undefined) return this.emit({ kind: "phase", phase: "failed", detail: givenUp });
    const still = this.finished ? "finished" : this.step > 0 ? "paused" : "idle";
    this.emit({ kind: "phase", phase: this.loop === undefined ? still : "training" });
  }

  /**
   * Sets a knob from the next step on.
   * @returns its value, within its range; undefined when there is no such knob
   */
  turn(name: string, value: number): number | undefined {
    this.observer.turned();
    return this.schedule.turn(name, value);
  }

  /** Answers what a page asks to see: between two steps, or at once where none is at work. */
  async inspect(question: Inspection): Promise<void> {
    this.observer.inspector.ask(question);
    if (this.loop !== undefined && !this.finished) return;
    await this.betweenSteps(() =>
      this.observer.answer(this.standing, { waits: false, ended: this.finished }),
    );
  }

  /**
   * Trains until finished or paused; settles then. A finished training goes on for as many steps again. While it runs,
   * another call waits for the same end.
   * @param ended whether a finished training is only judged
   */
  run(ended = false): Promise<void> {
    this.stopping = false;
    // At its last look, it is finished and has not said so yet.
    if (this.loop !== undefined && this.finished) {
      this.hurried = true;
      return this.loop.then(() => this.run());
    }
    this.loop ??= this.train(ended).finally(() => {
      this.loop = undefined;
      // A training that was given up leaves some: whoever waits for them would wait for ever.
      return this.errands.run();
    });
    return this.loop;
  }

  /** Milliseconds of a step; 0 before the first. */
  get millisecondsPerStep(): number {
    return this.progress.millisecondsPerStep;
  }

  /** Milliseconds that a step of this training takes in another session of its programs. */
  async tryOut(session: Session): Promise<number> {
    const pace = new Pace(this.preparation, session, this.knobs, this.clock);
    await pace.once();
    // Beside the training, which slows it down: where it is slow even so, the training need not wait to see it.
    const beside = await pace.once();
    const slow = CLEARLY * this.millisecondsPerStep + SLICE;
    return this.millisecondsPerStep > 0 && beside > slow ? beside : this.betweenSteps(() => pace.mean());
  }

  /**
   * Goes on in another session from the next step.
   * @param executor what carries it out, in words
   * @returns false where nothing is left to train, and the session is not taken
   */
  handOver(session: Session, executor: string): Promise<boolean> {
    return this.betweenSteps(async () => {
      if (this.finished) return false;
      await this.session.moveTo(session, "train", this.preparation.programs.train);
      this.executor = executor;
      return true;
    });
  }

  /** Stops after the step at work; settles when it has stopped. */
  async pause(): Promise<void> {
    this.stopping = true;
    await this.loop;
  }

  /** The last state that was saved on the way, for another that continues when this one cannot. */
  get saved(): Snapshot | undefined {
    return this.recovery.backup;
  }

  get finished(): boolean {
    return this.step >= this.steps;
  }

  /** Whether it was given up, since its loss was not finite. */
  get givenUp(): boolean {
    return this.recovery.givenUp !== undefined;
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

  private async train(ended: boolean): Promise<void> {
    this.hurried = false;
    if (this.finished && !ended) this.steps = this.step + this.preparation.length.steps;
    this.emit({ kind: "phase", phase: "training" });
    await this.errands.run();
    this.progress.enter(this.step);
    await this.observer.besides(async () => {
      await this.observer.watcher.begin(this.standing);
      this.recovery.backup ??= await this.snapshot();
    });
    while (!this.finished && !this.stopping) {
      if (!(await this.advance())) return;
      if (!this.finished && this.observer.isDue(this.step)) await this.look();
      if (!this.finished && this.observer.inspector.isDue)
        await this.observer.answer(this.standing, { waits: true, ended: false });
      if (!this.finished && this.progress.parcelIsDue) this.send();
      await this.slices.breathe();
      await this.errands.run();
    }
    if (this.finished) await this.finish();
    await this.observer.answer(this.standing, { waits: false, ended: this.finished });
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
    const knobs = this.knobs;
    const { point, rows } = await this.stepper.take(this.step, knobs);
    this.step++;
    const findings = this.recovery.check(point, rows, knobs);
    if (findings !== undefined) return this.recovered(findings);
    this.observer.watcher.trained(point.terms);
    const time = this.clock.now() - started;
    this.progress.stepped(point, time);
    this.observer.trained(time);
    return true;
  }

  /** Says what was wrong with a step. False when the training was given up for it. */
  private recovered(findings: Finding[]): boolean {
    for (const finding of findings) this.observer.watcher.findings.say(this.step, finding);
    if (!this.givenUp) return true;
    this.send();
    this.tellPhase();
    return false;
  }

  private async look(): Promise<void> {
    const { observer, standing } = this;
    if ((await observer.look(standing, (now) => this.show(now))) === undefined) return;
    this.recovery.backup = await observer.besides(() => this.snapshot());
    await observer.round(standing);
  }

  /** Says at once what the terms are on held-out rows, before all else that a look measures. */
  private show(now: Measured): void {
    this.progress.measured(now);
    this.send();
  }

  /** The last look, and all measurements of the checkpoint on test rows. */
  private async finish(): Promise<void> {
    const { observer, standing } = this;
    const last = await observer.lastLook(standing, (now) => this.show(now));
    if (last === undefined) this.send();
    const tested = last ?? observer.judge.checkpointAt(standing.knobs);
    if (tested === undefined) return;
    const { leftBehind } = this;
    await observer.judge.test(standing, leftBehind !== undefined);
    if (leftBehind !== undefined)
      await observer.watcher.tellLeftBehind((codes) => this.search(leftBehind, codes));
  }

  /** Searches for what is left behind, until someone stops the training; whoever reads the weights need not wait for it. */
  private async search(search: LeftBehindSearch, codes: CodesSearched): ReturnType<Search> {
    const { preparation, seed, slices } = this;
    const goesOn = async (): Promise<boolean> => {
      await this.errands.run();
      return !this.stopping && !this.hurried;
    };
    const leftBehind = await search.find(preparation, codes, { seed, slices, goesOn });
    return leftBehind && { leftBehind, streams: search.told(preparation) };
  }

  /** Sends the points since the last parcel, and how far the training is. */
  private send(): void {
    this.progress.send(this.step, this.steps, this.knobs);
  }

  /** Everything needed to go on later, between two steps. */
  save(): Promise<Snapshot> {
    return this.betweenSteps(() => this.snapshot());
  }

  private async snapshot(): Promise<Snapshot> {
    // Whoever goes on from here has the points that led to it.
    if (this.progress.holdsPoints) this.send();
    const { step, steps, seed, session, preparation } = this;
    const checkpoint = this.observer.judge.checkpointAt(this.knobs);
    const { program: shape, data } = preparation.identity();
    const [knobs, findings] = [this.schedule.byHand, this.observer.watcher.findings.all];
    const tensors = await readWeights(session, "train", preparation.programs.train);
    const { steps: asked } = preparation.length;
    const stopped = this.givenUp;
    const state = { step, steps, asked, seed, knobs, shape, data, stopped, findings, tensors };
    return { ...state, ...(checkpoint && { checkpoint }) };
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
    this.observer.watcher.findings.takeUp(from.findings ?? []);
    this.observer.judge.takeUp(from.checkpoint);
    // A training that was continued past the length of its text still has as far to go.
    if (from.asked === this.preparation.length.steps) this.steps = from.steps;
    return true;
  }
}
