import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { askReference, pythonWithTorch } from "./driver";
import type { Tensor } from "./driver";

test("the hand-written references agree with closed forms", () => {
  const script = join(dirname(fileURLToPath(import.meta.url)), "selftest.py");
  const result = spawnSync(pythonWithTorch(), [script], {
    encoding: "utf8",
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  assert.equal(result.status, 0, result.stdout + result.stderr);
});

test("a request goes to PyTorch and comes back with its gradients", async () => {
  const mean: Tensor = { data: new Float32Array([1, 2, 3, 4]), shape: [2, 2] };
  const logVariance: Tensor = { data: new Float32Array(4), shape: [2, 2] };
  const answer = (await askReference({
    cases: [
      { id: "rate", loss: "bound:kl", parameters: { mean, logVariance } },
      { id: "wrong", loss: "bound:none", parameters: {} },
    ],
  })) as { cases: [{ loss: number; gradients: Record<string, Tensor> }, { error: string }] };
  const [rate, wrong] = answer.cases;
  assert.equal(rate.loss, (1 + 4 + 9 + 16) / 2 / 2);
  assert.deepEqual(rate.gradients["mean"], { data: new Float64Array([0.5, 1, 1.5, 2]), shape: [2, 2] });
  assert.match(wrong.error, /none/);
});
