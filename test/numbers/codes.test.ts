/**
 * Codes of every fusion, prior, law and hierarchy on every executor against hand-written PyTorch. Then an error is planted
 * in how experts are multiplied or coordinates are given free nats, and the same comparison must fail.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compileGradients } from "../../core/program/compile";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { BATCH } from "./case";
import { codeCases } from "./codes";
import { boundWith, objectivesWith } from "./faults";
import type { Fault } from "./fault";
import { floorFaults } from "./faults-floors";
import { productFaults } from "./faults-products";
import { arraysOf, compute, disagreements, numbersOf } from "./harness";
import { hold } from "./hold";

const { held, answers } = hold("codes", codeCases);

/** A planted fault must move some number by this much: ten times what any executor may err. */
const CLEAR = 1e-3;

type Held = (typeof held)[number];

function planted(where: string, faults: readonly (Fault & { what: string })[], cases: readonly Held[]): void {
  describe(`faults planted in ${where}`, () => {
    for (const { what, ...fault } of faults)
      test(what, async () => {
        const build = await objectivesWith(fault);
        const rate = await boundWith("kl", fault);
        for (const { id, prepared } of cases) {
          const terms = prepared.derived.terms.map((term) =>
            term.bound.id === rate.id ? { ...term, bound: rate } : term,
          );
          const program = compileGradients(build({ ...prepared.derived, terms }), { batch: BATCH });
          const found = await compute(createReferenceExecutor(), program, arraysOf(prepared));
          if (disagreements(found, numbersOf(answers.get(id)!), CLEAR).length > 0) return;
        }
        assert.fail("no case tells this fault");
      });
  });
}

planted(
  "products of experts",
  productFaults,
  held.filter(({ prepared }) => prepared.derived.spec.latents.some(({ fusion }) => fusion.name === "poe")),
);
planted(
  "floors of coordinates",
  floorFaults,
  held.filter(({ prepared }) => prepared.derived.terms.some(({ term }) => term.target?.each)),
);
