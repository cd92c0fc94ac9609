/**
 * Codes of every fusion, prior, law and hierarchy on every executor against hand-written PyTorch. Then an error is planted
 * in how experts are multiplied, and the same comparison must fail.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compileGradients } from "../../core/program/compile";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { BATCH } from "./case";
import { codeCases } from "./codes";
import { objectivesWith } from "./faults";
import { productFaults } from "./faults-products";
import { arraysOf, compute, disagreements, numbersOf } from "./harness";
import { hold } from "./hold";

const { held, answers } = hold("codes", codeCases);

/** A planted fault must move some number by this much: ten times what any executor may err. */
const CLEAR = 1e-3;

describe("faults planted in products of experts", () => {
  const products = held.filter(({ prepared }) =>
    prepared.derived.spec.latents.some(({ fusion }) => fusion.name === "poe"),
  );
  for (const { what, ...fault } of productFaults)
    test(what, async () => {
      const build = await objectivesWith(fault);
      for (const { id, prepared } of products) {
        const program = compileGradients(build(prepared.derived), { batch: BATCH });
        const found = await compute(createReferenceExecutor(), program, arraysOf(prepared));
        if (disagreements(found, numbersOf(answers.get(id)!), CLEAR).length > 0) return;
      }
      assert.fail("no case tells this fault");
    });
});
