/**
 * Networks on every executor against hand-written PyTorch: loss, terms and gradients. Then an error is planted in a file
 * that they are made from, and the same comparison must fail.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { compileGradients } from "../../core/program/compile";
import type { buildObjective } from "../../core/theory/objective/objective";
import type { createReferenceExecutor } from "../../core/train/executors/reference";
import { BATCH } from "./case";
import { networkFaults, type NetworkFault } from "./faults-networks";
import { arraysOf, compute, disagreements, numbersOf } from "./harness";
import { hold } from "./hold";
import { networkCases } from "./networks";
import { coreWith } from "./planted";

const { held, answers } = hold("networks", networkCases);

/** Far more than the reference executor errs. */
const CLEAR = 1e-3;

interface Core {
  compileGradients: typeof compileGradients;
  buildObjective: typeof buildObjective;
  createReferenceExecutor: typeof createReferenceExecutor;
}

/** What carries out a loss, as it would be with the fault; without one, as it is. */
const faulty = (fault?: NetworkFault): Promise<Core> =>
  coreWith(
    `export { compileGradients } from "./program/compile";
    export { buildObjective } from "./theory/objective/objective";
    export { createReferenceExecutor } from "./train/executors/reference";`,
    fault,
  );

/** What differs in the cases, at most; a case that cannot be computed differs. */
async function differences(made: Core): Promise<string[]> {
  const found: string[] = [];
  for (const { id, prepared } of held) {
    const expected = numbersOf(answers.get(id)!);
    try {
      const objective = made.buildObjective(prepared.derived);
      const program = made.compileGradients(objective, { batch: BATCH });
      const numbers = await compute(made.createReferenceExecutor(), program, arraysOf(prepared));
      found.push(...disagreements(numbers, expected, CLEAR));
    } catch (error) {
      found.push(String(error));
    }
  }
  return found;
}

describe("faults planted in networks", () => {
  test("none: the files as they are agree", async () =>
    assert.deepEqual(await differences(await faulty()), []));
  for (const fault of networkFaults)
    test(fault.what, async () =>
      assert.ok((await differences(await faulty(fault))).length > 0, "no case tells this fault"),
    );
});
