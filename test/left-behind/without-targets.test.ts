/** What the bank without targets says of its designs, checked on a part of it: docs/monitoring/left-behind.md has the whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { heldOutOf } from "../../core/train/left-behind/search";
import { trained } from "../trainer/train";
import { healthy, planted, textOf, TOLD, type Plain } from "../verify/left-behind/without-targets/bank";
import { rankingOf } from "../verify/left-behind/without-targets/oracle";

async function rankingAfterTraining(plain: Plain): Promise<number> {
  const run = await trained(textOf(plain), plain.seed);
  const { splits } = run.preparation.data;
  const coded = {
    seen: await run.codes(splits.train, 1),
    judged: await run.codes(heldOutOf(run.preparation), 1),
  };
  await run.dispose();
  return rankingOf(plain, coded);
}

test("linked codes of tables drop the sign, and codes that reconstruct the tables keep it", async () => {
  const seed = TOLD[0]!;
  const dropped = await rankingAfterTraining({ design: "linked tables", share: 0.05, seed });
  assert.ok(dropped <= 0.8, String(dropped));
  const kept = await rankingAfterTraining({ design: "reconstructed tables", share: 0.1, seed });
  assert.ok(kept >= 0.95, String(kept));
});

test("the bank has every design, share and seed, and none of its specs names a target or a factor", () => {
  assert.equal(planted(TOLD).length, 3 * 4 * 5);
  assert.equal(healthy(TOLD).length, 60);
  for (const plain of [...planted(TOLD), ...healthy(TOLD)])
    assert.doesNotMatch(textOf(plain), /^\s*(target|observe)\b/m);
});
