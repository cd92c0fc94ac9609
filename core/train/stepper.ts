/** The steps of a training: what the program is handed at each of them, and what it gives. */
import { Batches, PatternBatches } from "./batches";
import { outputsOf } from "./evaluation";
import type { Session } from "./executor";
import { Inputs } from "./inputs";
import type { Preparation } from "./prepare";
import type { TermPoint } from "./protocol";

export class Stepper {
  private readonly batches: Pick<Batches, "at">;
  private readonly inputs: Inputs;
  private readonly termIds: string[];
  private readonly rate: number;

  constructor(
    { spec, data, programs, batch, absent }: Preparation,
    private readonly session: Session,
    seed: number,
  ) {
    const { train } = data.splits;
    const known = absent.known?.["train"];
    this.batches =
      known && absent.holes
        ? new PatternBatches(seed, absent.holes.groupsOf(train), known)
        : new Batches(seed, train, batch.train);
    this.inputs = new Inputs("train", programs.train, data.streams, seed, absent);
    this.termIds = outputsOf(programs.train, "term.");
    this.rate = spec.training.optimizer.rate;
  }

  /** Carries out the step after `step` others. Gives its values, and the rows that it read. */
  async take(step: number, knobs: Record<string, number>): Promise<{ point: TermPoint; rows: Int32Array }> {
    const { session } = this;
    const rows = this.batches.at(step);
    this.inputs.write(session, { rows, step, purpose: "training", knobs, rate: this.rate });
    await session.run("train");
    const point: TermPoint = {
      step: step + 1,
      total: (await session.read("train", "total"))[0]!,
      terms: {},
    };
    for (const id of this.termIds) point.terms[id] = (await session.read("train", `term.${id}`))[0]!;
    return { point, rows };
  }
}
