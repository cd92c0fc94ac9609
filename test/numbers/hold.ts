/** Holds cases to PyTorch, on every executor. */
import { after, before, describe, test } from "node:test";
import type { Executor } from "../../core/train/executor";
import { prepareCase, type Case } from "./case";
import { candidates } from "./executors";
import { arraysOf, askCases, assertAgree, compute, numbersOf, type Answer, type Prepared } from "./harness";

export interface Held extends Case {
  prepared: Prepared;
}

/**
 * A test for each case and executor: loss, terms and gradients are PyTorch's.
 * @returns the cases, and PyTorch's answers, which are there when tests run
 */
export function hold(title: string, cases: readonly Case[]): { held: Held[]; answers: Map<string, Answer> } {
  const held = cases.map((each) => ({ ...each, prepared: prepareCase(each) }));
  const answers = new Map<string, Answer>();
  before(async () => {
    for (const [id, answer] of await askCases(held)) answers.set(id, answer);
  });
  for (const { name, tolerance, create, skip = false } of candidates)
    describe(`${title} on ${name}`, { skip }, () => {
      let executor: Executor;
      before(async () => {
        executor = await create();
      });
      after(() => executor.close());
      for (const { id, prepared } of held)
        test(id, async () => {
          const found = await compute(executor, prepared.program, arraysOf(prepared));
          assertAgree(found, numbersOf(answers.get(id)!), tolerance);
        });
    });
  return { held, answers };
}
