/** What one design takes: counted from its program, timed by its trainings. */
import { compileStep } from "../../program/compile";
import { costOf, type ProgramCost } from "../../program/cost";
import type { DerivedLoss } from "../../theory/derivation/loss";
import { buildObjective } from "../../theory/objective/objective";
import type { Trained } from "../job";

export interface DesignCost extends ProgramCost {
  /** Samples of a step, and steps of a training. */
  batch: number;
  steps: number;
  /** Median over trainings, each on one thread. */
  millisecondsPerStep: number;
  /** Of the steps of one training, at the power that is assumed. */
  joules: number;
}

/** @param trained at least one training of the design @param watts power that is assumed */
export function designCost(derived: DerivedLoss, trained: readonly Trained[], watts: number): DesignCost {
  const { rows, steps } = trained[0]!;
  const batch = Math.min(derived.spec.training.batch, rows);
  const millisecondsPerStep = median(trained.map((one) => one.millisecondsPerStep));
  return {
    ...costOf(compileStep(buildObjective(derived), { batch })),
    ...{ batch, steps, millisecondsPerStep },
    joules: (watts * steps * millisecondsPerStep) / 1000,
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
