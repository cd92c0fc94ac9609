/** What one design takes: counted from its program, timed by its trainings. */
import { median } from "../../gaussian/simulation";
import { compileStep } from "../../program/compile";
import { costOf, type PartCost, type ProgramCost } from "../../program/cost";
import type { DerivedLoss } from "../../theory/derivation/loss";
import { buildObjective } from "../../theory/objective/objective";
import type { Outcome, Trained } from "../job";
import { ownModulesIn } from "../own-modules";
import { exportedTime, type ExportedTime } from "./exported";

interface TimedPart extends PartCost {
  /** Of a step: the whole time, apportioned by multiply-adds. */
  milliseconds: number;
  /** The same of the exported design; null where that is not timed. */
  exportedMilliseconds: number | null;
}

export interface DesignCost extends Omit<ProgramCost, "parts" | "multiplyAdds" | "bytes"> {
  parts: TimedPart[];
  /** Of one step, and of everything that it holds at once; null where a network is a module of the person's own. */
  multiplyAdds: number | null;
  bytes: number | null;
  /** Modules of the person's own, whose operations cannot be counted. */
  uncounted: string[];
  /** Samples of a step, and steps of a training. */
  batch: number;
  steps: number;
  /** Median over trainings of the preview, each on one thread. */
  millisecondsPerStep: number;
  /** The exported design has the same networks, and PyTorch carries it out. */
  exported: ExportedTime;
  /** Of the steps of one training, at the power that is assumed. */
  joules: number;
}

/**
 * @param trained at least one training of the design
 * @param timed a few steps of it by PyTorch, some times
 * @param watts power that is assumed
 */
export function designCost(
  derived: DerivedLoss,
  trained: readonly Trained[],
  timed: readonly Outcome[],
  watts: number,
): DesignCost {
  const { rows, steps } = trained[0]!;
  const batch = Math.min(derived.spec.training.batch, rows);
  const millisecondsPerStep = median(trained.map((one) => one.millisecondsPerStep));
  const exported = exportedTime(timed);
  const { parts, ...counted } = countedOf(derived, trained, batch);
  const of = (whole: number, { multiplyAdds }: PartCost): number =>
    counted.multiplyAdds === null || counted.multiplyAdds === 0
      ? 0
      : (whole * multiplyAdds) / counted.multiplyAdds;
  return {
    parts: parts.map((part) => ({
      ...{ ...part, milliseconds: of(millisecondsPerStep, part) },
      exportedMilliseconds:
        exported.millisecondsPerStep === null ? null : of(exported.millisecondsPerStep, part),
    })),
    ...{ ...counted, batch, steps, millisecondsPerStep, exported },
    joules: (watts * steps * millisecondsPerStep) / 1000,
  };
}

function countedOf(
  derived: DerivedLoss,
  trained: readonly Trained[],
  batch: number,
): { parts: PartCost[] } & Pick<DesignCost, "parameters" | "multiplyAdds" | "bytes" | "uncounted"> {
  const own = ownModulesIn(derived.spec);
  if (own.length === 0) return { ...costOf(compileStep(buildObjective(derived), { batch })), uncounted: [] };
  const { parameters } = trained[0]!;
  return { parts: [], parameters, multiplyAdds: null, bytes: null, uncounted: own };
}
