/**
 * The checkpoint of a training: the weights by which it is judged, reported and exported. They are those with the lowest
 * loss on all validation rows among the looks of a training.
 */
import type { Tensor } from "./safetensors";
import { whole } from "../language/number-text";

export interface Checkpoint {
  /** Steps after which the weights were these. */
  step: number;
  /** Their loss on all validation rows. */
  loss: number;
  /** What that is the loss of: two are comparable where this is the same. */
  of: string;
  /** Parameters, by name. */
  tensors: Record<string, Tensor>;
}

type Knobs = Readonly<Record<string, number>>;

/** Chooses the checkpoint, look by look. */
export class Selection {
  private best: Checkpoint | undefined;

  /** @param yardstick what losses are of, knobs aside; see `Preparation` */
  constructor(private readonly yardstick: string) {}

  /** The best so far at these knobs: a turned knob and a running anneal change the loss, so the selection starts anew. */
  at(knobs: Knobs): Checkpoint | undefined {
    return this.best?.of === this.measureAt(knobs) ? this.best : undefined;
  }

  /**
   * Takes the weights of now where their loss is lower than that of the checkpoint, or where there is none at these knobs.
   * @returns whether they were taken
   */
  async consider(
    { step, loss }: Pick<Checkpoint, "step" | "loss">,
    knobs: Knobs,
    readWeights: () => Promise<Record<string, Tensor>>,
  ): Promise<boolean> {
    const before = this.at(knobs);
    if (before !== undefined && before.loss <= loss) return false;
    this.best = { step, loss, of: this.measureAt(knobs), tensors: await readWeights() };
    return true;
  }

  /** Goes on from the checkpoint of another training; where that measured another loss, it counts for nothing. */
  takeUp(from: Checkpoint | undefined): void {
    this.best = from;
  }

  private measureAt(knobs: Knobs): string {
    return `${this.yardstick} ${JSON.stringify(Object.entries(knobs))}`;
  }
}

/** What is said of a checkpoint to people: `Step 1,250 of 2,000, which has the lowest loss on the validation samples.` */
export function checkpointText(
  { step, because }: { step: number; because?: string | undefined },
  steps: number,
): string {
  const at = `Step ${whole(step)}${step === steps ? "" : ` of ${whole(steps)}`}`;
  return because === undefined
    ? `${at}, which has the lowest loss on the validation samples.`
    : `${at}, the last, because ${because}.`;
}
