/** The exported files against the float64 executor: same names, loss, terms and gradients; the loss-only file too. */
import { before, describe, test } from "node:test";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { boundCases } from "./bounds";
import { prepareCase } from "./case";
import { codeCases } from "./codes";
import { askExport, exported } from "./exported";
import { arraysOf, assertAgree, compute } from "./harness";
import { paper } from "./paper";

const held = [...paper, ...boundCases, ...codeCases].map((each) => ({
  ...each,
  prepared: prepareCase(each),
}));

describe("exported PyTorch", () => {
  let answers: Awaited<ReturnType<typeof askExport>>;
  before(async () => {
    answers = await askExport({
      cases: held.map(({ id, prepared }) => ({
        id,
        precision: "float64",
        ...exported(prepared.derived, prepared),
      })),
    });
  });
  for (const { id, prepared } of held)
    test(id, async () => {
      const expected = await compute(createReferenceExecutor(), prepared.program, arraysOf(prepared));
      const { whole, lossOnly } = answers.numbers(id);
      assertAgree(whole, expected, 1e-9);
      assertAgree(lossOnly, expected, 1e-9);
    });
});
