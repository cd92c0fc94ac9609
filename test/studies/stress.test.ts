/** Stress tests on a part of the bank (docs/stress.md has the whole), and on what they are given. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isTrained, type Job, type Outcome, type Trained } from "../../core/studies/job";
import { stress } from "../../core/studies/stress/index";
import { movementOf } from "../../core/studies/stress/movement";
import { readerText } from "../../core/studies/stress/reader";
import { isRefusal, writtenOf } from "../../core/studies/stress/statements";
import { analyse } from "../../core/theory/analyse";
import { pictureSvg } from "../../core/views/picture-svg";
import { sound } from "../verify/stress/sound";
import { stressed, subjectOf } from "../verify/stress/run";
import { weak } from "../verify/stress/weak";

test("a planted nuisance is named first, with the factor that it displaces, and breaks the design", async () => {
  const task = weak.find(({ weakness }) => weakness === "nuisance")!;
  const answer = await stressed(task, 1, true);
  const [worst] = answer.tests;
  assert.equal(worst!.id, "nuisance");
  assert.equal(worst!.factor, "f");
  assert.ok(
    worst!.broken && worst!.high < 0 && worst!.before > 0.8 && worst!.after < 0.3,
    JSON.stringify(worst),
  );
  assert.equal(answer.nuisance, "s");
  assert.match(
    stress.sentence(answer),
    /^Bank breaks with: the nuisance s 2 times as strong; f falls from 0\.9\d to 0\.\d\d \(R²; change −/,
  );
  const json = stress.toJson(answer) as { sentence: string; tests: object[] };
  for (const key of ["id", "kind", "title", "factor", "before", "after", "low", "high", "broken"])
    for (const one of json.tests) assert.ok(key in one, key);
  assert.equal(stress.table(answer).rows.length, answer.tests.length);
  for (const row of stress.table(answer).rows) assert.equal(row.length, stress.table(answer).columns.length);
  const [picture, ...others] = stress.pictures!(answer);
  assert.deepEqual(others, []);
  const [intervals, before, after] = picture!.series.map(({ points }) => points);
  // A row for each test and factor that it can move; the worst is at the top.
  const rows = answer.tests.reduce((sum, { moves }) => sum + Math.max(1, moves.length), 0);
  assert.deepEqual([picture!.y.names!.length, before!.length, after!.length], [rows, rows, rows]);
  assert.equal(picture!.y.names![0], "nuisance: f");
  assert.deepEqual(
    [before![0], after![0]],
    [
      { x: worst!.before, y: 0 },
      { x: worst!.after, y: 0 },
    ],
  );
  assert.deepEqual(
    intervals!.slice(0, 2).map(({ x }) => x - worst!.before),
    [worst!.low, worst!.high].map((change) => worst!.before + change - worst!.before),
  );
  assert.match(pictureSvg(picture!), /nuisance: f<\/text>/);
});

test("nothing breaks a sound design", async () => {
  const task = sound.find(({ name }) => name.startsWith("a stream of 3 factors"))!;
  const answer = await stressed(task, 1, true);
  assert.deepEqual(
    answer.tests.filter(({ broken }) => broken),
    [],
  );
  assert.match(stress.sentence(answer), /^No test breaks Bank\. /);
});

const watched = { factor: "f", measure: "R²", expects: "kept", codes: ["Z"], chance: 0 } as const;

test("a movement breaks where its whole interval is past a third, and the interval widens with what is compared", () => {
  const before = [0.9, 0.91, 0.89, 0.9, 0.9];
  const broken = movementOf(watched, before, [0.3, 0.31], 40);
  assert.ok(broken.broken && !broken.holds && broken.low < -0.6 && broken.high > -0.6);
  const held = movementOf(watched, before, [0.88, 0.87], 40);
  assert.ok(!held.broken && held.holds);
  const open = movementOf(watched, before, [0.9, 0.2], 40);
  assert.ok(!open.broken && !open.holds, "seeds that disagree leave it open");
  const width = ({ low, high }: { low: number; high: number }): number => high - low;
  assert.ok(width(movementOf(watched, before, [0.3, 0.31], 400)) > width(broken));
  // Student's t by hand: 5 and 2 values, spread 0.01 at least, t(0.05 / 1; 5) = 2.5706.
  const one = movementOf(watched, before, [0.3, 0.3], 1);
  assert.ok(Math.abs(width(one) - 2 * 2.5706 * 0.01 * Math.sqrt(0.7)) < 1e-4);
});

test("what no code could keep is not lost, and what is to be forgotten breaks by coming back", () => {
  const before = [0.9, 0.9, 0.9];
  assert.ok(movementOf(watched, before, [0.1, 0.1], 10).broken);
  const impossible = movementOf(watched, before, [0.1, 0.1], 10, 0.12);
  assert.ok(!impossible.broken && impossible.lost < 0.2);
  const forgotten = { ...watched, expects: "forgotten" } as const;
  assert.ok(movementOf(forgotten, [0, 0, 0], [0.8, 0.8], 10).broken);
  assert.ok(!movementOf(forgotten, [0, 0, 0], [0.1, 0.1], 10).broken);
});

test("a reader asks the streams that are left, without codes or terms of the design", () => {
  const task = weak.find(({ weakness }) => weakness === "drop-Y")!;
  const written = writtenOf(subjectOf(task, 1));
  assert.ok(!isRefusal(written));
  const { derived } = analyse(readerText(written, ["X"], "label")!).specs[0]!;
  assert.deepEqual(
    derived!.spec.latents.map(({ name, from }) => [name, from]),
    [["Reader", ["X"]]],
  );
  assert.deepEqual(
    derived!.spec.terms.map(({ id }) => id),
    ["keep I(label; Reader)"],
  );
  assert.deepEqual(derived!.spec.networks, []);
});

/** A training that keeps so much of f. */
const trained = (value: number): Trained => ({
  ...{ key: "", steps: 300, checkpoint: 300, heldOut: { total: 0, terms: {} }, terms: [], rates: {} },
  ...{ verdicts: [], findings: [], leftBehind: [], sentence: "", parameters: 1, rows: 1600, seconds: 1 },
  millisecondsPerStep: 1,
  measurements: [{ id: "r2", code: "Z", factor: "f", value, low: value, high: value, unit: "R2", chance: 0 }],
});

/** Asks until it answers. */
function answered(outcome: (job: Job) => Outcome): {
  jobs: Set<string>;
  answer: Parameters<typeof stress.sentence>[0];
} {
  const subject = subjectOf(
    weak.find(({ weakness }) => weakness === "shift")!,
    1,
  );
  const known = new Map<string, Outcome>();
  for (;;) {
    const step = stress.next(subject, { seeds: 5 }, (job) => known.get(JSON.stringify(job)));
    if ("answer" in step) return { jobs: new Set(known.keys()), answer: step.answer };
    const before = known.size;
    // One at a time: the order in which trainings end changes nothing.
    const job = step.ask.findLast((one) => !known.has(JSON.stringify(one)))!;
    known.set(JSON.stringify(job), outcome(job));
    assert.ok(known.size > before);
  }
}

test("a change that loses nothing is trained at two seeds, one that does at more, and none twice", () => {
  const calm = answered(() => trained(0.9));
  assert.ok(calm.answer.tests.every(({ broken, holds }) => !broken && holds));
  assert.ok(calm.answer.tests.filter(({ id }) => id !== "seed").every(({ trainings }) => trainings === 2));
  const worse = answered(({ alterations }) => trained(alterations[0]?.id === "quantise" ? 0.1 : 0.9));
  assert.equal(worse.answer.tests[0]!.id, "quantise");
  assert.equal(worse.answer.tests[0]!.trainings, 4);
  assert.equal(worse.jobs.size, calm.jobs.size + 2);
});

test("the factor that a test moves in the data is not lost by it: its movement is apart, and others are judged", () => {
  // s is kept a little, so that it is watched, and it is the nuisance: moving it destroys what a probe reads of it.
  const outcome = ({ alterations }: Job): Trained => {
    const moved = ["shift", "nuisance"].includes(alterations[0]?.id ?? "");
    const one = trained(0.9);
    const value = moved ? 0 : 0.3;
    return { ...one, measurements: [...one.measurements, { ...one.measurements[0]!, factor: "s", value }] };
  };
  const { answer } = answered(outcome);
  assert.equal(answer.nuisance, "s");
  for (const id of ["shift", "nuisance"]) {
    const { factor, broken, holds, moves, nuisance } = answer.tests.find((one) => one.id === id)!;
    assert.deepEqual([factor, broken, holds, moves.length], ["f", false, true, 1], id);
    assert.deepEqual([nuisance!.factor, nuisance!.after], ["s", 0]);
    assert.ok(Math.abs(nuisance!.before - 0.3) < 1e-9);
  }
  const { columns, rows } = stress.table(answer);
  const at = columns.findIndex(({ name }) => name === "nuisance");
  assert.ok(rows.some((row) => row[at] === "s: 0.30 to 0.00"));
  // Where it is lost by another change, it counts.
  const { answer: other } = answered((job) => {
    const one = outcome(job);
    const lost = { ...one.measurements[1]!, value: job.alterations[0]?.id === "quantise" ? 0 : 0.3 };
    return { ...one, measurements: [one.measurements[0]!, lost] };
  });
  assert.deepEqual(
    [other.tests[0]!.id, other.tests[0]!.factor, other.tests[0]!.broken],
    ["quantise", "s", true],
  );
});

test("a change that cannot be trained is said, and a design that keeps nothing has nothing to lose", () => {
  const { answer } = answered(({ alterations }) =>
    alterations[0]?.id === "quantise" ? { refused: "it cannot be rounded" } : trained(0.9),
  );
  assert.deepEqual(
    answer.refused.map(({ id, reason }) => [id, reason]),
    [["quantise", "it cannot be rounded"]],
  );
  assert.ok(answer.tests.every(({ id }) => id !== "quantise"));
  assert.throws(() => answered(() => trained(0)), /no code of Bank keeps any/);
  assert.throws(() => answered(() => ({ refused: "no such file" })), /no such file/);
  assert.ok(isTrained(trained(1)));
});

test("seeds that part are named", () => {
  const { answer } = answered(({ overrides: { seed } }) => trained(seed === 3 ? 0.1 : 0.9));
  const seed = answer.tests.find(({ id }) => id === "seed")!;
  assert.ok(seed.broken && seed.after === 0.1);
});
