/** A preview that barely reads most factors of a code says that it does not predict a wider run. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { barelyRead, barelyReadTexts } from "../../core/train/barely-read";
import type { MeasuredValue } from "../../core/train/protocol";

/** Probes of one code by their values; a label has the chance of one in ten. */
const probes = (...values: number[]): MeasuredValue[] =>
  values.map((value, i) => ({
    ...{ id: i === 0 ? "accuracy" : "r2", code: "Z", factor: `f${i}`, unit: i === 0 ? "share" : "R2" },
    ...{ value, low: value, high: value, chance: i === 0 ? 0.1 : 0 },
  }));

test("more than half of the factors are read between 1 and 10 % of the way from chance to 1", () => {
  const [text, ...more] = barelyReadTexts(probes(0.5, 0.02, 0.02, 0.018, 0.015, 0.4));
  assert.deepEqual(more, []);
  assert.match(
    text!,
    /^Z carries very little of f1, f2, f3, f4 \(1 to 10 % of the way from chance to 1\)\. /,
  );
  // An accuracy of 0.15 is 6 % of the way from 0.1.
  assert.deepEqual(barelyRead(probes(0.15, 0.05, 0.05, 0)), [{ code: "Z", factors: ["f0", "f1", "f2"] }]);
});

test("half of the factors, fewer than three, noise and what is read well are no reason", () => {
  for (const values of [
    [0.5, 0.02, 0.02, 0.02, 0.4, 0.4],
    [0.1, 0.02, 0.02],
    [0.1, 0.005, 0.005, 0.005],
    [0.9, 0.3, 0.3, 0.3],
  ])
    assert.deepEqual(barelyRead(probes(...values)), [], values.join());
});

test("means of codes are not what a run keeps", () => {
  const means = probes(0.15, 0.05, 0.05).map((one) => ({ ...one, id: `${one.id}-of-mean` }));
  assert.deepEqual(barelyReadTexts(means), []);
});
