/** The bank of trainings that go wrong: its size, and a few of its trainings made anew, with and without the advice. */
import assert from "node:assert/strict";
import test from "node:test";
import { analyse } from "../../core/theory/analyse";
import { changeEdit } from "../../core/theory/change-edit";
import { findingsOf } from "../../core/train/findings/index";
import type { Finding } from "../../core/train/protocol";
import type { Planted } from "../verify/failures/failure";
import { planted } from "../verify/failures/planted";
import { caughtIn } from "../verify/failures/replay";
import { freshRun, type Run } from "../verify/failures/runs";

test("the bank has at least 40 failures, a third of them near where they begin to matter, each once", () => {
  assert.ok(planted.length >= 40, String(planted.length));
  assert.ok(planted.filter(({ near }) => near).length >= planted.length / 3);
  assert.equal(new Set(planted.map(({ name, kind }) => `${kind}: ${name}`)).size, planted.length);
});

/** Trainings of a second or two, of different kinds, and how often the advice is followed. */
const QUICK = [
  { name: "a VAE, standard, beta = 0.15", followed: 1 },
  { name: "labels by lot, 300 samples", followed: 0 },
  { name: "a rate asked for at 1 with weight 0.05", followed: 2 },
];
/** No threshold was set on it. */
const SEED = 2;

const named = (name: string): Planted => planted.find((one) => one.name === name)!;

/** What is found at the end of a training. */
function atEnd(text: string, { looks }: Run): Finding[] {
  const { derived } = analyse(text).specs[0]!;
  return findingsOf({ ...looks.at(-1)!, terms: derived!.terms, spec: derived!.spec });
}

function followed(text: string, { fix }: Finding): string {
  const { edit } = changeEdit(analyse(text), undefined, fix!)!;
  return text.slice(0, edit.range.start) + edit.text + text.slice(edit.range.end);
}

for (const { name, followed: times } of QUICK)
  test(`${name}: its failure is there and is found${times > 0 ? ", and goes when the advice is followed" : ""}`, async () => {
    const one = named(name);
    const made = (text: string): Promise<Run> => freshRun(text, SEED, one.change);
    let text = one.text(SEED);
    let run = await made(text);
    assert.ok(await one.oracle(run, (other) => made(other(SEED))));
    const caught = caughtIn(one, SEED, run);
    assert.ok(caught);
    const still = (): Finding | undefined => atEnd(text, run).find(({ code }) => code === caught.code);
    for (let i = 0; i < times; i++) {
      text = followed(text, still()!);
      run = await made(text);
    }
    if (times > 0) assert.equal(still(), undefined);
  });
