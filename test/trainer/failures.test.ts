/** The bank of trainings that go wrong: its size, and a few of its trainings made anew. All of it is in docs/monitoring. */
import assert from "node:assert/strict";
import test from "node:test";
import type { Planted } from "../verify/failures/failure";
import { planted } from "../verify/failures/planted";
import { freshRun, type Run } from "../verify/failures/runs";

test("the bank has at least 40 failures, a third of them near where they begin to matter, each once", () => {
  assert.ok(planted.length >= 40, String(planted.length));
  assert.ok(planted.filter(({ near }) => near).length >= planted.length / 3);
  assert.equal(new Set(planted.map(({ name, kind }) => `${kind}: ${name}`)).size, planted.length);
});

/** Trainings of a second or two, of different kinds. */
const QUICK = [
  "a VAE, standard, beta = 0.15",
  "labels by lot, 300 samples",
  "a rate asked for at 1 with weight 0.05",
];

const named = (name: string): Planted => planted.find((one) => one.name === name)!;
const run = ({ text, change }: Planted, seed: number): Promise<Run> => freshRun(text(seed), seed, change);

for (const name of QUICK)
  test(`${name}: its failure is there`, async () => {
    const one = named(name);
    const other = (text: (seed: number) => string): Promise<Run> => freshRun(text(2), 2, one.change);
    assert.ok(await one.oracle(await run(one, 2), other));
  });
