/** What one design takes: counted from its program, timed by its trainings. */
import { compileStep } from "../../program/compile";
import { costOf, type ProgramCost } from "../../program/cost";
import type { DerivedLoss } from "../../theory/derivation/loss";
import { buildObjective } from "../../theory/objective/objective";
import type { Trained } from "../job";
import { ownModulesIn } from "../own-modules";

export interface DesignCost extends Omit<ProgramCost, "multiplyAdds" | "bytes"> {
  /** Of one step, and of everything that it holds at once; null where a network is a module of the person's own. */
  multiplyAdds: number | null;
  bytes: number | null;
  /** Modules of the person's own, whose operations cannot be counted. */
  uncounted: string[];
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
    ...countedOf(derived, trained, batch),
    ...{ batch, steps, millisecondsPerStep },
    joules: (watts * steps * millisecondsPerStep) / 1000,
  };
}

function countedOf(
  derived: DerivedLoss,
  trained: readonly Trained[],
  batch: number,
): Pick<DesignCost, "parts" | "parameters" | "multiplyAdds" | "bytes" | "uncounted"> {
  const own = ownModulesIn(derived.spec);
  if (own.length === 0) return { ...costOf(compileStep(buildObjective(derived), { batch })), uncounted: [] };
  const { parameters } = trained[0]!;
  return { parts: [], parameters, multiplyAdds: null, bytes: null, uncounted: own };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
