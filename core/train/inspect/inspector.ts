/** Answers what pages ask to see of the codes, and when: at once what is new, again as far as the training's time allows. */
import type { Spent } from "../spent";
import type { Standing, TrainingMessage } from "../training";
import { acrossOf } from "./across";
import { mapOf } from "./map";
import type { Inspected, Inspection } from "./messages";
import { sampleOf } from "./sample";
import { traversalOf } from "./traversal";
import { Scene, type Read } from "./scene";
import type { Stage } from "./stage";

/** Milliseconds between two answers to the same question. */
const PAUSE = 250;

export class Inspector {
  /** What waits for its answer; of each kind the newest. */
  private readonly waiting = new Map<Inspection["kind"], Inspection>();
  /** What was answered last, by kind, and what that took. */
  private readonly answered = new Map<Inspection["kind"], { question: string; at: number; took: number }>();
  /** The axes of each code's map as they were shown. */
  private readonly axes = new Map<string, Float64Array[]>();

  constructor(
    private readonly stage: Stage,
    private readonly spent: Spent,
    private readonly emit: (message: TrainingMessage) => void,
  ) {}

  /** Notes a question; one that this preview has no answer to is of another text, and is dropped. */
  ask(question: Inspection): void {
    if (this.fits(question)) this.waiting.set(question.kind, question);
  }

  private fits(question: Inspection): boolean {
    const { spec, data } = this.stage.preparation;
    if (question.kind === "across") return true;
    if (!spec.latents.some(({ name }) => name === question.code)) return false;
    const { validation, test } = data.splits;
    return question.kind !== "sample" || validation.includes(question.row) || test.includes(question.row);
  }

  get isAsked(): boolean {
    return this.waiting.size > 0;
  }

  /** Whether a question waits that should be answered after this step. */
  get isDue(): boolean {
    return [...this.waiting.values()].some((question) => this.mayAnswer(question));
  }

  private mayAnswer(question: Inspection): boolean {
    const last = this.answered.get(question.kind);
    if (last?.question !== JSON.stringify(question)) return true;
    return this.spent.now() - last.at >= PAUSE && this.spent.allowsAnswer(last.took);
  }

  /**
   * Answers what waits.
   * @param read what the probes of the last round have predicted
   * @param all whether no training waits meanwhile
   */
  async answer(at: Standing, read: Read | undefined, all: boolean): Promise<void> {
    for (const [kind, question] of [...this.waiting]) {
      if (!all && !this.mayAnswer(question)) continue;
      this.waiting.delete(kind);
      const scene = new Scene(this.stage, at.knobs, read);
      const took = await this.spent.answer(async () => {
        const found = { ...(await this.look(scene, question)), step: at.step } as Inspected;
        this.emit({ kind: "inspected", found });
      });
      this.answered.set(kind, { question: JSON.stringify(question), at: this.spent.now(), took });
    }
  }

  private async look(scene: Scene, question: Inspection): Promise<Omit<Inspected, "step">> {
    switch (question.kind) {
      case "map": {
        const { map, axes } = await mapOf(scene, question.code, this.axes.get(question.code));
        this.axes.set(question.code, axes);
        return map;
      }
      case "sample":
        return sampleOf(scene, question);
      case "traversal":
        return traversalOf(scene, question.code);
      case "across":
        return acrossOf(scene);
    }
  }
}
