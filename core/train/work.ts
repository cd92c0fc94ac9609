/** The preview at work: a prepared text, what trains it, and what is said of both, in the name of the text's generation. */
import { describeData } from "./describe-data";
import type { Executor } from "./executor";
import { frozenAtRandom } from "./findings/frozen-at-random";
import { found } from "./findings/index";
import type { FrozenWeights } from "./frozen-weights";
import type { Preparation } from "./prepare";
import type { Channel, FromHost, ToHost, Trial } from "./protocol";
import { packSnapshot, type Snapshot } from "./snapshot";
import { summarise, weightsOf } from "./summary";
import type { Trainer } from "./trainer";
import type { TrainingMessage } from "./training";

/** Columns of a stream that a page receives: a table of genes has thousands. */
const MOST_COLUMNS = 50;

export class Work {
  trainer!: Trainer;
  /** When it was first seen to train; false once others have been let to try its programs. */
  begun?: number | false;

  /**
   * @param generation what its messages carry; false once another has taken its place
   * @param executor what carries out its programs
   * @param trial of a study, where it is one of its trainings
   * @param changed whether there is something to learn even if it has finished: another text, another knob, or a person who asks
   */
  constructor(
    public generation: number | false,
    public preparation: Preparation,
    public executor: Executor,
    readonly trial: Trial | undefined,
    public changed: boolean,
    private readonly frozen: FrozenWeights,
    private readonly channel: Channel<FromHost, ToHost>,
  ) {}

  /** Says something, unless another has taken its place. */
  say(message: TrainingMessage): void {
    if (this.generation === false) return;
    this.channel.send({ ...message, generation: this.generation } as FromHost);
  }

  tellOpened(restarted: boolean): void {
    if (this.generation === false) return;
    const { preparation, trainer } = this;
    const knobs = { turned: trainer.turnedKnobs, now: trainer.knobs, atEnd: trainer.knobsAtEnd };
    this.say({ kind: "opened", summary: summarise(preparation, knobs, trainer.executor), restarted });
    if (restarted) this.tellRandom();
  }

  /** Says which frozen codes a training from its beginning has at random. */
  tellRandom(): void {
    const random = this.frozen.lacking(this.preparation);
    if (random === undefined) return;
    for (const finding of found([frozenAtRandom], { random }))
      this.say({ kind: "finding", step: 0, finding });
  }

  /** A knob has been turned by hand. */
  tellTurned(): void {
    const { preparation, trainer } = this;
    const knobs = trainer.turnedKnobs;
    const weights = weightsOf(preparation, trainer.knobs);
    const weightsAtEnd = weightsOf(preparation, trainer.knobsAtEnd);
    this.say({ kind: "turned", knobs, weights, weightsAtEnd });
  }

  /** A run has been given up for what begins now. */
  tellReplaced(run: Snapshot, by: "text" | "reset" | "restore"): void {
    const { step } = run;
    if (step > 0) this.say({ kind: "replaced", step, by, bytes: packSnapshot(run) });
  }

  tellSnapshot(snapshot: Snapshot): void {
    this.say({ kind: "snapshot", step: snapshot.step, bytes: packSnapshot(snapshot) });
  }

  /** Describes the data to a page, which shows the first columns of a stream. */
  tellData(): void {
    const { streams, ...rest } = describeData(this.preparation);
    const shown = streams.map((one) => ({ ...one, columns: one.columns.slice(0, MOST_COLUMNS) }));
    this.say({ kind: "described", data: { ...rest, streams: shown } });
  }

  /** It cannot go on. */
  fail(detail: string): void {
    this.say({ kind: "phase", phase: "failed", detail });
  }
}
