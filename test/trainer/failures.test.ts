/** The bank of trainings that go wrong: its size, and a few of its trainings made anew, with and without the advice. */
import assert from "node:assert/strict";
import test from "node:test";
import { findingRules, stepRules } from "../../core/train/findings/index";
import { dataRules } from "../../core/train/findings/data/index";
import { boundExample } from "../../core/train/findings/data/observe";
import { cases } from "../verify/advice/cases";
import { fixed, follow } from "../verify/advice/follow";
import type { Change } from "../verify/failures/failure";
import { planted } from "../verify/failures/planted";
import { caughtIn } from "../verify/failures/replay";
import { freshRun, type Run } from "../verify/failures/runs";

test("the bank has at least 40 failures, a third of them near where they begin to matter, each once", () => {
  assert.ok(planted.length >= 40, String(planted.length));
  assert.ok(planted.filter(({ near }) => near).length >= planted.length / 3);
  assert.equal(new Set(planted.map(({ name, kind }) => `${kind}: ${name}`)).size, planted.length);
});

/** No threshold was set on it. */
const SEED = 2;

const made = new Map<string, Promise<Run>>();

/** A training of this file, made once. */
function trained(text: string, change?: Change): Promise<Run> {
  const key = `${text}${change?.name}`;
  const run = made.get(key) ?? freshRun(text, SEED, change);
  made.set(key, run);
  return run;
}

/** Trainings of a second or two, of different kinds. */
for (const name of [
  "a VAE, standard, beta = 0.15",
  "labels by lot, 300 samples",
  "a rate asked for at 1 with weight 0.05",
])
  test(`${name}: its failure is there and is found`, async () => {
    const one = planted.find((other) => other.name === name)!;
    const run = await trained(one.text(SEED), one.change);
    assert.ok(await one.oracle(run, (other) => trained(other(SEED), one.change)));
    assert.ok(caughtIn(one, SEED, run));
  });

test("every finding of a running training has a case in which its advice is followed", () => {
  const codes = cases.map(({ code }) => code);
  assert.deepEqual(codes.toSorted(), [...findingRules, ...stepRules].map(({ code }) => code).toSorted());
});

/** Quick cases of docs/monitoring/advice.md, and how often their advice is followed until the finding goes. */
for (const [code, times] of [
  ["short-batch", 1],
  ["collapsed-code", 1],
  ["missed-target", 2],
] as const)
  test(`${code} goes when its advice is followed`, async () => {
    const one = cases.find((other) => other.code === code)!;
    const { found, done, gone } = await follow(one, SEED, (text) => trained(text, one.change));
    assert.ok(found);
    assert.ok(gone, done.join(", then "));
    assert.equal(done.length, times, done.join(", then "));
  });

for (const rule of dataRules) {
  const [finding] = rule.find(boundExample(rule.example));
  const fix = finding?.fix;
  if (fix)
    test(`${rule.code} goes when its fix is made`, () => {
      const spec = fixed(rule.example.spec, fix);
      assert.notEqual(spec, rule.example.spec);
      assert.deepEqual(rule.find(boundExample({ ...rule.example, spec })), []);
    });
}
