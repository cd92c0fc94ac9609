/** Rows that the codes fail are named, on a part of the bank; docs/monitoring/left-behind.md has the whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TOLD } from "../verify/left-behind/bank";
import { isNamed, outcomeOf } from "../verify/left-behind/run";

const seed = TOLD[0]!;

test("a rare feature of tables, in 2 % of the rows, is named where the codes drop it", async () => {
  const outcome = await outcomeOf({ data: "tables", design: "drops", share: 0.02, seed }, true);
  assert.ok(isNamed(outcome), JSON.stringify(outcome));
});

test("a rare feature of sounds, in 5 % of the rows, is named where the codes drop it", async () => {
  const outcome = await outcomeOf({ data: "sounds", design: "drops", share: 0.05, seed }, true);
  assert.ok(isNamed(outcome), JSON.stringify(outcome));
});

test("nothing is named where the codes keep it", async () => {
  const outcome = await outcomeOf({ data: "tables", design: "keeps", share: 0.05, seed }, true);
  assert.equal(outcome.groups, 0, JSON.stringify(outcome));
});
