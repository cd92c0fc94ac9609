/** The exported files against the float64 executor: same names, loss, terms and gradients; the loss-only file too. */
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { exportPytorch } from "../../core/export/pytorch/index";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { boundCases } from "./bounds";
import { BATCH, prepareCase } from "./case";
import { codeCases } from "./codes";
import { askExport, exported } from "./exported";
import { arraysOf, assertAgree, compute, prepare, type Prepared } from "./harness";
import { missingCases } from "./missing";
import { networkCases } from "./networks";
import { paper } from "./paper";

const missing = missingCases.map((each) => ({ ...each, id: `${each.id}, missing` }));
const cases = [...paper, ...boundCases, ...codeCases, ...networkCases, ...missing];

/** What a person names like a function of the file, or like Python's own. */
const named = `spec None {
  modality gaussian : vector(3)
  modality len : vector(2)
  target one_hot : label(3)
  latent mlp : gaussian(2) from gaussian, len
  knob kl = 0.1 in 0.01 .. 1 log
  compress kl * I(gaussian, len; mlp)
  keep I(gaussian, len; mlp)
  keep I(one_hot; mlp)
}`;
const held = [
  ...cases.map((each) => ({ id: each.id, prepared: prepareCase(each) })),
  { id: "names that a file has other uses for", prepared: prepare(named, BATCH) },
];

test("no line of an exported file is too long to read", () => {
  for (const { id, prepared } of held)
    for (const lossOnly of [false, true]) {
      const text = exportPytorch(prepared.derived, { lossOnly });
      assert.deepEqual(
        text.split("\n").filter((line) => line.length > 110),
        [],
        id,
      );
    }
});

/** Other values than those in the file. */
const turnedKnobs = ({ derived }: Prepared): Record<string, number> =>
  Object.fromEntries(derived.spec.knobs.map(({ name, value }) => [name, 1.25 * value]));

describe("exported PyTorch", () => {
  let answers: Awaited<ReturnType<typeof askExport>>;
  before(async () => {
    answers = await askExport({
      cases: held.map(({ id, prepared }) => ({
        id,
        precision: "float64",
        ...exported(prepared.derived, prepared),
        knobs: turnedKnobs(prepared),
      })),
    });
  });
  for (const { id, prepared } of held)
    test(id, async () => {
      const expected = await compute(createReferenceExecutor(), prepared.program, {
        ...arraysOf(prepared),
        ...Object.fromEntries(
          Object.entries(turnedKnobs(prepared)).map(([name, value]) => [
            `knob.${name}`,
            Float64Array.of(value),
          ]),
        ),
      });
      const { whole, lossOnly } = answers.numbers(id);
      assertAgree(whole, expected, 1e-9);
      assertAgree(lossOnly, expected, 1e-9);
    });
});
