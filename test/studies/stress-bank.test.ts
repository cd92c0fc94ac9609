/** What the bank of weaknesses says of its data, checked on the data: docs/stress.md has the trainings. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadDataset } from "../../core/data/load";
import type { Dataset } from "../../core/data/dataset";
import { analyse } from "../../core/theory/analyse";
import { holding } from "../data/files";
import { sound } from "../verify/stress/sound";
import { FILE, fileOf, textOf, TOLD, TUNING, type Task } from "../verify/stress/task";
import { weak } from "../verify/stress/weak";

const named = (weakness: string): Task => weak.find((one) => one.weakness === weakness)!;

async function dataOf(task: Task): Promise<Dataset> {
  const { train, validation, test: judged } = task.rows;
  const options = { samples: train, validation, test: judged, seed: 1 };
  return loadDataset({ source: FILE, options }, holding({ [FILE]: fileOf(task, 1) }));
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** The correlation of one value of a stream with a field of one number, over all rows. */
function correlation({ fields, samples }: Dataset, stream: string, at: number, factor: string): number {
  const width = fields[stream]!.values.length / samples;
  const a = Array.from({ length: samples }, (_, row) => fields[stream]!.values[row * width + at]!);
  const b = Array.from(fields[factor]!.values);
  const [left, right] = [mean(a), mean(b)];
  const product = (p: readonly number[], q: readonly number[], c: number, d: number): number =>
    mean(p.map((one, i) => (one - c) * (q[i]! - d)));
  return product(a, b, left, right) / Math.sqrt(product(a, a, left, left) * product(b, b, right, right));
}

test("there are ten weaknesses of different kinds and twenty sound designs, all without errors", () => {
  assert.equal(new Set(weak.map(({ weakness }) => weakness)).size, 10);
  assert.equal(new Set(sound.map(({ name }) => name)).size, 20);
  for (const task of [...weak, ...sound]) {
    const errors = analyse(textOf(task, 1)).diagnostics.filter(({ severity }) => severity === "error");
    assert.deepEqual(errors, [], task.name);
  }
  assert.equal(new Set([...TUNING, ...TOLD]).size, 20);
});

test("seeds draw other rows, and the same seed the same", () => {
  for (const task of [...weak, ...sound]) {
    const [first, again, other] = [fileOf(task, 1), fileOf(task, 1), fileOf(task, 2)];
    assert.ok(Buffer.from(first).equals(again), task.name);
    assert.ok(!Buffer.from(first).equals(other), task.name);
  }
});

test("X tells the label as a product of two signs, and by no single value", async () => {
  const data = await dataOf(named("drop-Y"));
  const { X, label } = data.fields;
  for (let at = 0; at < 6; at++) assert.ok(Math.abs(correlation(data, "X", at, "label")) < 0.1);
  const right = Array.from(
    label!.values,
    (one, row) => (X!.values[row * 6]! * X!.values[row * 6 + 1]! > 0 ? 1 : 0) === one,
  );
  assert.ok(mean(right.map(Number)) > 0.99);
});

test("800 samples show nearly every case, and 200 do not", async () => {
  const { fields, splits } = await dataOf(named("fewer"));
  const caseOf = (row: number): number => fields["X"]!.values.subarray(row * 200, (row + 1) * 200).indexOf(4);
  const seen = (count: number): number => {
    const cases = new Set(Array.from(splits.train.slice(0, count), caseOf));
    return mean(Array.from(splits.test, (row) => Number(cases.has(caseOf(row)))));
  };
  assert.ok(seen(800) > 0.95);
  assert.ok(Math.abs(seen(200) - (1 - Math.exp(-1))) < 0.06);
});

test("correlations are what the truths say", async () => {
  const shifted = await dataOf(named("shift"));
  assert.ok(Math.abs(correlation(shifted, "X", 0, "f") - 1 / Math.sqrt(1.26)) < 0.03);
  const predicted = await dataOf(named("spurious"));
  assert.ok(Math.abs(correlation(predicted, "X", 0, "f") ** 2 - 4 / 4.325) < 0.03);
  assert.ok(Math.abs(correlation(predicted, "Y", 0, "f") ** 2 - 1 / 1.325) < 0.05);
  const rare = await dataOf(named("rare"));
  for (const stream of ["X", "Y"]) assert.ok(Math.abs(correlation(rare, stream, 1, "label")) > 0.8);
  const small = await dataOf(named("quantise"));
  assert.ok(correlation(small, "X", 1, "label") > 0.95);
  for (const at of [0, 2, 3, 4, 5]) assert.ok(Math.abs(correlation(small, "X", at, "label")) < 0.1);
});
