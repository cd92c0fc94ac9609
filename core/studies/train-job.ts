/** Carries out a job over the channel of a trainer. */
import { PROTOCOL_VERSION, type Channel, type FromHost, type ToHost } from "../train/protocol";
import { emptyRun, fold, heldOutOf, type RunState } from "../train/run-state";
import { legsOf, type Job, type KnobValues, type Refused, type Trained } from "./job";

/** Told while it runs. */
export interface JobWatcher {
  /** Share of the whole job that is done, 0 to 1. */
  progress(share: number): void;
  /** What it gave at the end of a leg. */
  leg(leg: number, outcome: Omit<Trained, "key"> | Refused): void;
}

/** Trainings of jobs in one trainer, one after another. */
export class JobTrainer {
  private generation = 0;

  constructor(
    private readonly channel: Channel<ToHost, FromHost>,
    private readonly now: () => number,
  ) {
    channel.send({ kind: "hello", protocol: PROTOCOL_VERSION });
  }

  /** Settles when every leg has been told, or one was refused. */
  train(job: Job, watcher: JobWatcher): Promise<void> {
    const generation = this.generation++;
    const legs = legsOf(job);
    const started = this.now();
    let since = started;
    let run = emptyRun();
    let leg = 0;
    return new Promise((resolve) => {
      const stop = this.channel.listen((message) => {
        if (message.kind === "welcome" || message.kind === "read" || message.generation !== generation)
          return;
        run = fold(run, message);
        if (message.kind === "progress") watcher.progress((leg + legShare(run, leg)) / legs.length);
        const refused = refusalOf(message);
        if (refused !== undefined) {
          stop();
          watcher.leg(leg, { refused });
          return resolve();
        }
        if (message.kind !== "phase" || message.phase !== "finished") return;
        watcher.leg(leg, outcomeOf(job, run, (this.now() - since) / 1000));
        since = this.now();
        leg++;
        if (leg < legs.length) return this.turn(legs[leg - 1]!, legs[leg]!);
        stop();
        resolve();
      });
      this.open(job, generation, legs[0]!);
    });
  }

  private open(job: Job, generation: number, knobs: KnobValues): void {
    const { text, uses, location, spec, overrides, alterations, light = false } = job;
    this.channel.send({
      ...{ kind: "open", generation, uri: location, text, uses, spec, autorun: true },
      overrides: { ...overrides, knobs },
      trial: { alterations: [...alterations], light },
    });
  }

  /** Continues, at another value of a knob where they differ: a finished training goes on when one is turned. */
  private turn(from: KnobValues, to: KnobValues): void {
    const [turned, ...others] = Object.entries(to).filter(([name, value]) => from[name] !== value);
    if (others.length > 0) throw new Error("the knobs of two legs differ in more than one");
    const [name, value] = turned ?? [];
    this.channel.send(name === undefined ? { kind: "run" } : { kind: "knob", name, value: value! });
  }
}

/** The share of a leg that is done: steps of later legs count on from those before. */
function legShare({ progress }: RunState, leg: number): number {
  if (progress === undefined) return 0;
  const length = progress.steps / (leg + 1);
  return Math.min(1, Math.max(0, progress.step / length - leg));
}

function refusalOf(message: FromHost): string | undefined {
  if (message.kind === "rejected") return message.diagnostics.map((one) => one.message).join(" ");
  if (message.kind === "phase" && message.phase === "failed")
    return message.detail || "the training could not go on";
  return undefined;
}

function outcomeOf({ executor }: Job, run: RunState, seconds: number): Omit<Trained, "key"> | Refused {
  const { summary, progress, checkpoint, rates, measurements, verdicts, findings, leftBehind, sentence } =
    run;
  const steps = progress?.step ?? 0;
  const heldOut = heldOutOf(run);
  if (heldOut === undefined) return { refused: "its loss on the test samples is not finite" };
  return {
    steps,
    checkpoint: checkpoint?.step ?? steps,
    heldOut,
    terms: (summary?.terms ?? []).map(({ id, text, side, bound, weight }) => ({
      ...{ id, text, side, bound, weight },
    })),
    ...{ rates, measurements, verdicts, findings, leftBehind, sentence },
    parameters: summary?.parameters ?? 0,
    rows: summary?.samples.train ?? 0,
    ...(summary?.facts && { facts: summary.facts }),
    seconds,
    millisecondsPerStep: progress?.millisecondsPerStep ?? 0,
    ...(executor !== undefined && summary && { executor: summary.executor }),
  };
}
