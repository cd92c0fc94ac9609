/** Exports by the oldest torch that they are held to, which Debian has; docs/exports.md has every method. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { createReferenceExecutor } from "../../core/train/executors/reference";
import { pythonWithOldTorch } from "../reference/driver";
import { prepareCase } from "./case";
import { askExport, exported } from "./exported";
import { arraysOf, assertAgree, compute, type Numbers } from "./harness";
import { paper } from "./paper";
import { firstStep, firstStepsIn, scratch } from "./projects";

const old = pythonWithOldTorch();

const specs: Record<string, string> = {
  DVSIB: `spec S extends DVSIB {
    data "planted-factors" { samples = 64, validation = 22, test = 22 }
    train { steps = 1, batch = 22 }
  }`,
  "views that are absent at times": `spec S {
    data "planted-factors" { samples = 64, validation = 22, test = 22 }
    modality X : vector(64)
    modality Y : vector(64)
    missing X rate 0.3
    latent Z : gaussian(4) from X, Y by moe
    compress I(X, Y; Z)
    keep I(X; Z)
    keep I(Y; Z)
    train { steps = 1, batch = 22 }
  }`,
};

describe("torch 1.13", { skip: old === undefined && "there is no Debian python3-torch 1.13" }, () => {
  const files = paper.map((each) => ({ ...each, prepared: prepareCase(each) }));
  const root = scratch();
  const expected: Record<string, Numbers> = {};
  let answers: Awaited<ReturnType<typeof askExport>>;
  let projects: Awaited<ReturnType<typeof firstStepsIn>>;
  before(async () => {
    for (const [name, text] of Object.entries(specs))
      expected[name] = await firstStep(text, "S", join(root, name));
    const cases = files.map(({ id, prepared }) => ({
      id,
      precision: "float64",
      ...exported(prepared.derived, prepared),
    }));
    answers = await askExport({ cases }, old);
    projects = await firstStepsIn(
      Object.keys(specs).map((name) => join(root, name)),
      old!,
    );
  });

  for (const { id, prepared } of files)
    test(`the exported file and the loss alone: ${id}`, async () => {
      const reference = await compute(createReferenceExecutor(), prepared.program, arraysOf(prepared));
      const { whole, lossOnly } = answers.numbers(id);
      assertAgree(whole, reference, 1e-9);
      assertAgree(lossOnly, reference, 1e-9);
    });

  for (const name of Object.keys(specs))
    test(`the project, alone and in two processes: ${name}`, () => {
      assert.match(projects.torch, /^1\.13/);
      const { alone, ranks } = projects.numbers(join(root, name));
      assertAgree(alone, expected[name]!, 1e-4);
      assertAgree(ranks, expected[name]!, 1e-4);
    });
});
