/** What the bank of rare features says of its designs, checked on a part of it: docs/monitoring/left-behind.md has the whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dropped, healthy, TOLD, type Planted } from "../verify/left-behind/bank";
import { checkedTruth } from "../verify/left-behind/oracle";

const planted: Omit<Planted, "design"> = { data: "tables", share: 0.05, seed: TOLD[0]! };

test("the streams predict the outcome of the group, and a design that drops the feature does not", async () => {
  const supervised = await checkedTruth({ ...planted, design: "supervised" });
  assert.ok(supervised.ofGroup >= 0.9, JSON.stringify(supervised));
  const kept = await checkedTruth({ ...planted, design: "keeps" });
  assert.ok(kept.ofGroup >= 0.9, JSON.stringify(kept));
  const lost = await checkedTruth({ ...planted, design: "drops" });
  assert.ok(lost.ofGroup <= 0.6 && lost.ofAll > 0.8, JSON.stringify(lost));
});

test("every data set, share and seed is there", () => {
  assert.equal(dropped(TOLD).length, 3 * 4 * 10);
  const runs = healthy(TOLD);
  assert.equal(runs.length, 60);
  assert.equal(new Set(runs.map(({ seed }) => seed)).size, 10);
});
