import { culpritText, type Culprit } from "../culprit";
import type { Rule, Seen } from "./rule";

/** Steps of a training whose loss may not be finite: the last of them stops it. */
export const MOST_FAULTS = 3;

/** Where a training stands after a step. */
export interface StepDone {
  step: number;
  /** What made its loss not finite; absent where it is finite. */
  culprit?: Culprit;
  /** Steps so far whose loss was not finite, with this one. */
  faults: number;
  /** The step whose weights training goes on from. */
  backup: number;
  /** Whether a step since the start had a finite loss: only then can the learning rate be the cause. */
  everFinite: boolean;
  /** Learning rate of the optimiser. */
  rate: number;
}

export type StepExample = StepDone & { spec: string };

const healthy: StepExample = {
  spec: `spec S {
  modality X : vector(4)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
  train { optimizer = adam(0.5) }
}
`,
  step: 210,
  faults: 0,
  backup: 200,
  everFinite: true,
  rate: 0.5,
};

export const notFinite: Rule<StepDone, StepExample> = {
  code: "not-finite",
  severity: "warning",
  seen: "The loss of a step is infinite or not a number. Training goes on from the last good weights, and at the third such step it stops, which is an error.",
  why: "A step that is too long leads to weights under which a term overflows; where no step has had a finite loss, a term or a value of the data is the cause.",
  change: "Lower the learning rate or the weight of the term that is named, or scale the data.",
  find({ step, culprit, faults, backup, everFinite, rate }) {
    if (culprit === undefined) return [];
    const where = `At step ${step} the loss was not a finite number: ${culpritText(culprit)}`;
    const fix: Pick<Seen, "fix"> = everFinite
      ? { fix: { kind: "setting", name: "optimizer", value: rate / 10 } }
      : {};
    if (faults < MOST_FAULTS)
      return [{ message: `${where}. Training goes on from the weights of step ${backup}.`, ...fix }];
    const advice = everFinite
      ? "Lower the learning rate or the weight of this term."
      : culprit.suspect
        ? `No step has had a finite loss yet, so scale or clean \`${culprit.suspect.stream}\` before training.`
        : "No step has had a finite loss yet, so the cause is this term or its data, not the learning rate.";
    const message = `${where}. It is the third such step, and training has stopped. ${advice}`;
    return [{ severity: "error", message, ...fix }];
  },
  example: { ...healthy, faults: 1, culprit: { term: "keep I(X; Z)", value: -Infinity } },
  healthy,
};
