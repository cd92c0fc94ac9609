/**
 * The trainer host: one program with one message protocol, whose homes are a child process and a browser's worker. It
 * owns data, programs and the training; what shows its work only draws.
 */
import type { Clock } from "./clock";
import { Contest } from "./contest";
import { ExecutorLost, type Executor, type Session } from "./executor";
import type { ExecutorId } from "./executors/index";
import { ExecutorInUse, type ExecutorSource } from "./executor-in-use";
import { FrozenWeights, isFrozenIn } from "./frozen-weights";
import { readWeightsFile } from "./given-weights";
import { handedOn } from "./handed-on";
import { LoadedData, type ReadFor } from "./loaded-data";
import { builtBy } from "./own-networks";
import { chooseSpec, prepare, sameWork, type Preparation } from "./prepare";
import { Rejection } from "./rejection";
import { PROTOCOL_VERSION, type Channel, type FromHost, type ToHost } from "./protocol";
import { isOf, unpackSnapshot } from "./snapshot";
import { shouldTrain } from "./should-train";
import { Trainer } from "./trainer";
import type { TrainingMessage } from "./training";
import { Work } from "./work";

interface HostDependencies extends ExecutorSource {
  readFile: ReadFor;
  clock: Clock;
}

type Open = Extract<ToHost, { kind: "open" }>;

export class Host {
  private work: Work | undefined;
  private readonly executor: ExecutorInUse;
  private readonly contest: Contest;
  private readonly data: LoadedData;
  private readonly frozen = new FrozenWeights();
  /** Generation of the newest text: opening an older one stops at its next step. */
  private newest = -1;
  /** Whether a person wants training to go on, whatever is being opened meanwhile. */
  private wanted = false;
  private readonly unlisten: () => void;

  constructor(
    private readonly channel: Channel<FromHost, ToHost>,
    private readonly dependencies: HostDependencies,
  ) {
    this.executor = new ExecutorInUse(dependencies);
    this.contest = new Contest(dependencies);
    this.data = new LoadedData((uri, path) => dependencies.readFile(uri, path));
    this.unlisten = channel.listen((message) => {
      this.receive(message).catch((error: unknown) => this.work?.fail(textOf(error)));
    });
  }

  private async receive(message: ToHost): Promise<void> {
    switch (message.kind) {
      case "hello":
        return this.channel.send({ kind: "welcome", protocol: PROTOCOL_VERSION });
      case "open":
        return this.open(message);
      case "run":
        this.wanted = true;
        return this.work && this.goOn(this.work, true);
      case "resume":
        this.wanted = true;
        return this.work && this.goOn(this.work);
      case "pause":
        this.wanted = false;
        return this.work?.trainer.pause();
      case "reset":
        return this.reset(message.seed);
      case "restore":
        return this.restore(message.snapshot);
      case "judge":
        return this.judge(message.name, message.weights);
      case "knob":
        return this.work && this.turn(this.work, message.name, message.value);
      case "inspect":
        return this.work?.trainer.inspect(message.question);
      case "describe":
        return this.work?.tellData();
      case "save":
        return this.save();
      case "measure":
        return this.measure();
      case "file":
        // For the home, which has asked for it.
        return;
      case "close":
        return this.close();
    }
  }

  // --- Opening ---

  private async open(message: Open): Promise<void> {
    const { generation, uri: location, uses } = message;
    this.newest = generation;
    this.wanted = message.autorun;
    try {
      const choice = chooseSpec({ ...message, ...message.trial, origin: { location, uses } });
      this.announce(generation, "loading");
      const dataset = await this.data.load(choice, location);
      if (generation !== this.newest) return;
      this.announce(generation, "compiling");
      const own = await builtBy(() => this.builder(), choice);
      if (generation !== this.newest) return;
      const preparation = this.frozen.within(prepare(choice, dataset, own));
      if (message.trial === undefined && this.work && sameWork(this.work.preparation, preparation)) {
        this.rename(this.work, generation, preparation);
      } else await this.replace(preparation, message, own.size > 0);
    } catch (error) {
      if (error instanceof ExecutorLost) {
        this.executor.forget();
        this.contest.renew();
      }
      if (generation !== this.newest) return;
      if (error instanceof Rejection) {
        this.channel.send({ kind: "rejected", generation, diagnostics: error.diagnostics });
      } else this.channel.send({ kind: "phase", generation, phase: "failed", detail: textOf(error) });
    }
  }

  /** Only the first preview shows how far it is: a later one is made ready behind the one at work. */
  private announce(generation: number, phase: "loading" | "compiling"): void {
    if (this.work === undefined) this.channel.send({ kind: "phase", generation, phase });
  }

  /** The text has changed, what it asks for has not: the training takes the new generation and goes on. */
  private rename(work: Work, generation: number, preparation: Preparation): void {
    work.generation = generation;
    // That of the same work, which need not be hashed again.
    work.preparation = { ...preparation, identity: work.preparation.identity };
    work.tellOpened(false);
    // Its watcher says only what has changed since it was last said.
    work.trainer.tellAgain();
    void this.goOn(work);
  }

  private async builder(): Promise<Executor> {
    return this.contest.builder(await this.executor.get());
  }

  /** @param own whether it has networks of the user's own: then no other executor takes over */
  private async replace(preparation: Preparation, message: Open, own: boolean): Promise<void> {
    const executor = await (own ? this.builder() : this.executor.get());
    const session = await executor.open(preparation.programs);
    try {
      const work = await this.takeUp(preparation, message, executor, session);
      if (work === undefined) return;
      // Trials must come out the same again: none changes its executor at a step that the clock chooses.
      if (own || message.trial !== undefined) work.begun = false;
      if (work.begun !== false && (await this.contest.isAsked())) void this.compete(work);
      else await this.tellExecutors(work);
    } catch (error) {
      if (this.work?.preparation !== preparation) session.dispose();
      throw error;
    }
  }

  /** Trains in a new session from now on, with what the work before it hands on; undefined where a newer text has come. */
  private async takeUp(
    preparation: Preparation,
    message: Open,
    executor: Executor,
    session: Session,
  ): Promise<Work | undefined> {
    const { generation, trial } = message;
    const old = this.work;
    const saved = trial === undefined ? await old?.trainer.save() : undefined;
    // A knob may have been turned while the weights were read.
    const running = old && saved && { ...saved, knobs: old.trainer.turnedKnobs };
    const before = running ?? (message.snapshot && unpackSnapshot(message.snapshot));
    const past =
      old !== undefined && running !== undefined ? handedOn(running, old.preparation, preparation) : before;
    if (generation !== this.newest) {
      session.dispose();
      return undefined;
    }

    const changed = old !== undefined;
    const work = new Work(generation, preparation, executor, trial, changed, this.frozen, this.channel);
    const seed = past?.seed ?? preparation.spec.training.seed;
    work.trainer = this.trainerOf(work, session, executor, seed);
    const goesOn = past !== undefined && work.trainer.adopt(past);
    if (past !== undefined && past.step > 0) this.frozen.keep(preparation, past.tensors);
    if (before !== undefined && !goesOn) work.tellReplaced(before, "text");
    this.work = work;
    if (old !== undefined) {
      old.generation = false;
      // Nobody hears of a training that another has taken the place of.
      old.trainer.dispose().catch(() => undefined);
    }
    work.tellOpened(!goesOn);
    work.trainer.tellAgain();
    if (trial === undefined) work.trainer.showData();
    void this.goOn(work);
    return work;
  }

  private trainerOf(work: Work, session: Session, executor: Executor, seed: number): Trainer {
    const { preparation, trial } = work;
    const { clock } = this.dependencies;
    const tell = (said: TrainingMessage): void => {
      if (work.generation === false) return;
      work.say(said);
      if (said.kind === "progress" && said.step > 0) this.trained(work, said.secondsLeft);
    };
    return new Trainer(
      preparation,
      session,
      executor.description,
      seed,
      clock,
      tell,
      trial === undefined ? this.executor.searchWith(executor) : undefined,
    );
  }

  /** @param used the one that trains */
  private async tellExecutors(work: Work, used: ExecutorId | "none" = work.executor.name): Promise<void> {
    work.say({ kind: "executors", executors: await this.contest.statuses(used) });
  }

  // --- Which executor trains ---

  /** It has trained for a while: others may try. */
  private trained(work: Work, secondsLeft: number): void {
    if (work.begun === false) return;
    const now = this.dependencies.clock.now();
    work.begun ??= now;
    if (Contest.isTime(now - work.begun, secondsLeft)) void this.compete(work);
  }

  /** Lets other executors try the program of a training, and take it over. */
  private async compete(work: Work): Promise<void> {
    work.begun = false;
    const { trainer } = work;
    const goesOn = (): boolean => work.generation !== false && work.trainer === trainer;
    const winner = await this.contest.decide(work, goesOn);
    if (!goesOn()) return;
    if (winner !== undefined) {
      work.executor = winner;
      work.tellOpened(false);
      trainer.tellAgain();
    }
    await this.tellExecutors(work);
  }

  private async measure(): Promise<void> {
    const { work } = this;
    if (work === undefined || work.generation === false) return;
    await this.contest.measure(work);
    await this.tellExecutors(work);
  }

  // --- Training ---

  /** A knob is an input of the program: turning one opens and compiles nothing. */
  private turn(work: Work, name: string, value: number): void {
    const { trainer } = work;
    if (trainer.turn(name, value) === undefined || work.generation === false) return;
    work.tellTurned();
    if (!trainer.finished && !trainer.givenUp) return;
    // Whoever turns a knob now asks to see what it does.
    this.wanted = true;
    void this.goOn(work, true);
  }

  /** Trains where it should; else says where the training stands. @param changed it has something to learn from now on */
  private async goOn(work: Work, changed = false): Promise<void> {
    work.changed ||= changed;
    const { trainer } = work;
    const training = { finished: trainer.finished || trainer.givenUp, changed: work.changed };
    if (!shouldTrain({ autorun: this.wanted, training })) return trainer.tellPhase();
    work.changed = false;
    if (trainer.givenUp) {
      if (!(await this.leave(work, "reset"))) return;
      await trainer.startAfresh();
    }
    try {
      await trainer.run();
    } catch (error) {
      if (work.generation === false) return;
      if (!(error instanceof ExecutorLost)) return work.fail(textOf(error));
      await this.goOnInstead(work, error);
    }
  }

  /** Continues the training from its last saved state with another executor. */
  private async goOnInstead(work: Work, lost: ExecutorLost): Promise<void> {
    const { trainer: old } = work;
    this.contest.forget(work.executor, lost);
    try {
      const executor = await this.executor.instead(lost, work.executor);
      const session = await executor.open(work.preparation.programs);
      if (work.generation === false) return session.dispose();
      work.executor = executor;
      work.trainer = this.trainerOf(work, session, executor, old.seed);
      const { saved, turnedKnobs } = old;
      if (saved !== undefined) work.trainer.adopt({ ...saved, knobs: turnedKnobs });
      else for (const [name, value] of Object.entries(turnedKnobs)) work.trainer.turn(name, value);
      old.dispose().catch(() => undefined);
      work.tellOpened(saved === undefined);
      work.trainer.tellAgain();
      work.trainer.tellProgress();
      await this.tellExecutors(work);
    } catch (error) {
      this.executor.forget();
      // Whoever has another trainer can go on from there.
      if (old.saved !== undefined) work.tellSnapshot({ ...old.saved, knobs: old.turnedKnobs });
      await this.tellExecutors(work, "none");
      work.fail(`${lost.message}; ${textOf(error)}`);
      return;
    }
    void this.goOn(work, true);
  }

  private async reset(seed: number | undefined): Promise<void> {
    const { work } = this;
    if (work === undefined) return;
    this.wanted = true;
    if (!(await this.leave(work, "reset"))) return;
    await work.trainer.reset(seed ?? work.trainer.seed);
    work.tellRandom();
    await this.goOn(work);
  }

  private async restore(bytes: Uint8Array): Promise<void> {
    const { work } = this;
    const run = unpackSnapshot(bytes);
    // Where the work is another by now, the viewer knows of it by the next `opened`.
    if (work === undefined || run === undefined || !isOf(run, work.preparation.identity())) return;
    this.wanted = false;
    if (!(await this.leave(work, "restore"))) return;
    const { trainer } = work;
    await trainer.restore(run);
    if (work.generation === false) return;
    work.tellOpened(false);
    work.say({ kind: "restored", step: run.step });
    trainer.tellAgain();
    trainer.tellProgress();
    trainer.tellPhase();
  }

  private async judge(name: string, bytes: Uint8Array): Promise<void> {
    const { work } = this;
    if (work === undefined) return;
    const { preparation, trainer } = work;
    const given = readWeightsFile(name, bytes, preparation.programs.train, isFrozenIn(preparation));
    this.wanted = given.frozenOnly;
    if (!(await this.leave(work, "restore"))) return;
    this.frozen.keep(preparation, given.tensors);
    if (given.frozenOnly) {
      await trainer.reset(trainer.seed);
      work.tellOpened(true);
      return this.goOn(work, true);
    }
    const judged = trainer.judge(given);
    work.tellOpened(true);
    await judged;
  }

  /**
   * Pauses, and tells the run that is about to be given up.
   * @returns false where other work has taken its place meanwhile
   */
  private async leave(work: Work, by: "reset" | "restore"): Promise<boolean> {
    await work.trainer.pause();
    if (this.work !== work) return false;
    const run = await work.trainer.save();
    if (work.generation === false) return false;
    work.tellReplaced(run, by);
    return true;
  }

  private async save(): Promise<void> {
    const { work } = this;
    if (work !== undefined) work.tellSnapshot(await work.trainer.save());
  }

  private async close(): Promise<void> {
    this.unlisten();
    this.newest = Infinity;
    try {
      if (this.work !== undefined) {
        this.work.generation = false;
        await this.work.trainer.dispose();
      }
      await this.executor.close();
      await this.contest.close();
    } finally {
      this.channel.close();
    }
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
