/** How a training is judged: which of its weights are the checkpoint, and what they do on test rows once it has ended. */
import { whyLastStep } from "../theory/derivation/last-step";
import { Selection, type Checkpoint } from "./checkpoint";
import type { Measured } from "./evaluation";
import type { Session } from "./executor";
import type { Preparation } from "./prepare";

import type { Standing, TrainingMessage } from "./training";
import type { Watcher } from "./watcher";
import { lossToCompare } from "./recalibration";
import { weightsOf } from "./summary";
import { readWeights, writeWeights } from "./weights";

export class Judge {
  private readonly selection: Selection;
  /** Why the last step is the checkpoint, where no look can choose one. */
  private readonly because: string | undefined;

  constructor(
    private readonly preparation: Preparation,
    private readonly session: Session,
    private readonly watcher: Watcher,
    private readonly emit: (message: TrainingMessage) => void,
  ) {
    this.selection = new Selection(preparation.yardstick());
    this.because = whyLastStep(preparation.derived.terms);
  }

  /** The best weights so far at these knobs. */
  checkpointAt(knobs: Record<string, number>): Checkpoint | undefined {
    return this.selection.at(knobs);
  }

  /** Goes on from the checkpoint of another training of the same loss. */
  takeUp(from: Checkpoint | undefined): void {
    this.selection.takeUp(from);
  }

  /** Says again which weights are the checkpoint. */
  tellAgain(knobs: Record<string, number>): void {
    const step = this.checkpointAt(knobs)?.step;
    if (step !== undefined) this.emit({ kind: "checkpoint", step });
  }

  /** Looks whether the weights of now are the checkpoint. @param measured of them, over all validation rows */
  async consider({ step, knobs }: Standing, measured: Measured): Promise<void> {
    if (this.because !== undefined) return;
    const loss = lossToCompare(measured, weightsOf(this.preparation, knobs));
    if (await this.selection.consider({ step, loss }, knobs, () => this.parameters()))
      this.emit({ kind: "checkpoint", step });
  }

  /**
   * Measures the checkpoint on test rows.
   * @param at the end of the training, whose weights are tested where there is no checkpoint
   * @param searched whether what it leaves behind is searched for afterwards
   */
  async test(at: Standing, searched: boolean): Promise<void> {
    const { because } = this;
    await this.asJudged(at, async (judged) => {
      const { step } = judged;
      const tested = await this.watcher.test(judged, searched);
      this.emit({ kind: "checkpoint", step, ...(because && { because }), ...(tested && { tested }) });
    });
  }

  /**
   * Does something with the checkpoint's weights in place, and puts back those of now.
   * @param at the end of the training, whose weights it is where there is no checkpoint
   */
  async asJudged(at: Standing, act: (judged: Standing) => Promise<void>): Promise<void> {
    const checkpoint = this.checkpointAt(at.knobs);
    const step = checkpoint?.step ?? at.step;
    const now = step === at.step ? undefined : await this.parameters();
    if (now !== undefined) this.write(checkpoint!.tensors);
    try {
      await act({ ...at, step });
    } finally {
      if (now !== undefined) this.write(now);
    }
  }

  private parameters(): Promise<Checkpoint["tensors"]> {
    return readWeights(this.session, "train", this.preparation.programs.train, ["parameter"]);
  }

  private write(tensors: Checkpoint["tensors"]): void {
    writeWeights(this.session, "train", this.preparation.programs.train, tensors, ["parameter"]);
  }
}
