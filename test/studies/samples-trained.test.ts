/** Pilots of the bank with real trainings, the few that are quick. */
import assert from "node:assert/strict";
import test from "node:test";
import { answerTo } from "../verify/samples/trained";
import { tasks } from "../verify/samples/tasks";

const taskOf = (name: RegExp): (typeof tasks)[number] => tasks.find((task) => name.test(task.name))!;

test("of two views that share nothing, a pilot gives no number", async () => {
  const { answer, need, low } = await answerTo(taskOf(/^apart/), { rows: 200, steps: 60, seeds: 1 });
  assert.deepEqual([answer, need, low], ["at least", null, 800]);
});

test("below activation, no number of samples is enough, and nothing is trained", async () => {
  const { answer, need, seconds } = await answerTo(taskOf(/^below/), { rows: 200, steps: 60, seeds: 1 });
  assert.deepEqual([answer, need, seconds], ["none", null, 0]);
});
