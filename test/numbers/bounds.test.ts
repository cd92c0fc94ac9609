/**
 * Every bound on every executor against hand-written PyTorch: loss, terms and gradients. Then an error is planted in
 * the bound's file, and the same comparison must fail.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compileGradients } from "../../core/program/compile";
import type { Bound } from "../../core/theory/bound";
import { bounds } from "../../core/theory/bounds/index";
import { buildObjective } from "../../core/theory/objective/objective";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { boundCases } from "./bounds";
import { BATCH } from "./case";
import type { Fault } from "./fault";
import { boundWith, faults, objectivesWith, sourceOf } from "./faults";
import { drawFaults } from "./faults-laws";
import { arraysOf, assertAgree, compute, disagreements, numbersOf, type Numbers } from "./harness";
import { hold, type Held } from "./hold";

const { held, answers } = hold("bounds", boundCases);

/** A planted fault must move some number by this much: ten times what any executor may err. */
const CLEAR = 1e-3;

const using = (id: string): Held[] =>
  held.filter(({ prepared }) => prepared.derived.terms.some(({ bound }) => bound.id === id));

/** The numbers of a case with another bound in place of the one of its name. */
function withBound({ prepared: { derived, ...rest } }: Held, bound: Bound): Promise<Numbers> {
  const terms = derived.terms.map((term) => (term.bound.id === bound.id ? { ...term, bound } : term));
  const objective = buildObjective({ ...derived, terms });
  const program = compileGradients(objective, { batch: BATCH });
  return compute(createReferenceExecutor(), program, arraysOf({ derived, ...rest }));
}

/** The numbers of a case with its codes drawn by a faulty law. */
async function withDraw({ prepared: { derived, ...rest } }: Held, fault: Fault): Promise<Numbers> {
  const program = compileGradients((await objectivesWith(fault))(derived), { batch: BATCH });
  return compute(createReferenceExecutor(), program, arraysOf({ derived, ...rest }));
}

const nameOf = ({ kind, edits }: Fault): string =>
  `${kind}: ${Object.entries(edits)
    .map(([from, to]) => `\`${from}\` as \`${to}\``)
    .join(", ")}`;

for (const { id } of bounds)
  describe(`faults planted in ${id}`, () => {
    test("none: the bound as its file has it agrees", async () => {
      const bound = await boundWith(id);
      for (const each of using(id))
        assertAgree(await withBound(each, bound), numbersOf(answers.get(each.id)!), 1e-9);
    });
    test("every kind of fault is tried", () => {
      const kinds = new Set(faults[id]!.map(({ kind }) => kind));
      assert.ok(kinds.has("a wrong sign") && kinds.has("a factor of 2"));
      assert.ok(kinds.has("a mean for a sum") || kinds.has("a sum for a mean"));
      if (sourceOf(id).includes("logMeanExp")) assert.ok(kinds.has("a missing log N"));
    });
    for (const fault of faults[id] ?? [])
      test(nameOf(fault), async () => {
        const bound = await boundWith(id, fault);
        for (const each of using(id)) {
          const expected = numbersOf(answers.get(each.id)!);
          if (disagreements(await withBound(each, bound), expected, CLEAR).length > 0) return;
        }
        assert.fail("no case tells this fault");
      });
  });

describe("faults planted in how codes are drawn", () => {
  const drawn = held.filter(({ prepared }) =>
    prepared.derived.spec.latents.some(({ law }) => law.name === "categorical" || law.name === "vmf"),
  );
  for (const fault of drawFaults)
    test(nameOf(fault), async () => {
      for (const each of drawn) {
        const expected = numbersOf(answers.get(each.id)!);
        if (disagreements(await withDraw(each, fault), expected, CLEAR).length > 0) return;
      }
      assert.fail("no case tells this fault");
    });
});
