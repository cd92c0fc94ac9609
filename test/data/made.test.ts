/** Streams made from others: what their rows hold, and that draws can be repeated. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BoundStream } from "../../core/data/bind";
import { copyRows } from "../../core/data/rows";
import { makerOf, shownValues, type Draws } from "../../core/data/made";
import type { StreamDerivation } from "../../core/theory/spec";
import { RandomStream } from "../../core/random";

const splits = {
  train: Int32Array.of(0, 1, 2, 3, 4),
  validation: Int32Array.of(5, 6),
  test: Int32Array.of(7),
};
const draws =
  (step: number): Draws =>
  (purpose) =>
    new RandomStream(3, purpose, step);

/** Two channels of nine steps, value 100 row + 10 channel + step. */
const signal: BoundStream = {
  name: "S",
  kind: { name: "signal", sizes: [9, 2] },
  field: "S",
  shape: [2, 9],
  values: Float32Array.from(
    { length: 8 * 18 },
    (_, i) => 100 * Math.floor(i / 18) + 10 * (Math.floor(i / 9) % 2) + (i % 9),
  ),
};
const label: BoundStream = {
  name: "L",
  kind: { name: "label", sizes: [2] },
  field: "L",
  shape: [],
  values: Int32Array.of(0, 1, 0, 1, 0, 0, 0, 1),
  classes: 2,
};

test("past and future meet at one present", () => {
  const common = { of: "S", before: 3, after: 2 };
  const past: StreamDerivation = { by: "past", steps: 3, ...common };
  const future: StreamDerivation = { by: "future", steps: 2, ...common };
  const rows = Int32Array.of(4, 1);
  const presents = new Set<number>();
  for (let step = 0; step < 40; step++) {
    const [before, after] = [new Float32Array(12), new Float32Array(8)];
    makerOf("P", past, signal, undefined, splits)(rows, draws(step), before);
    makerOf("F", future, signal, undefined, splits)(rows, draws(step), after);
    const present = after[0]! - 400;
    presents.add(present);
    assert.deepEqual(
      [...before.subarray(0, 3)],
      [1, 2, 3].map((back) => 400 + present - 4 + back),
    );
    assert.deepEqual(
      [...before.subarray(3, 6)],
      [1, 2, 3].map((back) => 410 + present - 4 + back),
    );
    assert.equal(after[2], 410 + present);
    assert.equal(Math.floor(after[4]! / 100), 1);
  }
  assert.deepEqual([...presents].sort(), [3, 4, 5, 6, 7]);
  const shown = shownValues(past, signal);
  assert.deepEqual(shown.shape, [2, 3]);
  const samples = new Float32Array(12);
  copyRows({ ...signal, ...shown }, [4, 0], samples);
  assert.deepEqual([...samples], [401, 402, 403, 411, 412, 413, 1, 2, 3, 11, 12, 13]);
});

test("a partner is another sample of the class and of the split", () => {
  const make = makerOf("X2", { by: "partner", of: "S", same: "L" }, signal, label, splits);
  const seen = new Set<number>();
  for (let step = 0; step < 40; step++) {
    const out = new Float32Array(3 * 18);
    make(Int32Array.of(0, 3, 7), draws(step), out);
    seen.add(out[0]! / 100);
    assert.equal(out[18], 100, "row 3 has one partner, row 1");
    assert.equal(out[36], 700, "a sample alone in its class is its own partner");
  }
  assert.deepEqual([...seen].sort(), [2, 4]);
});

test("the partner of a text is the same in its counts and in its words", () => {
  const text: BoundStream = {
    name: "T",
    kind: { name: "text", sizes: [2, 9] },
    field: "T",
    shape: [2],
    values: Int32Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? i / 2 : 9)),
    classes: 9,
  };
  const make = makerOf("T2", { by: "partner", of: "T", same: "L" }, text, label, splits);
  for (let step = 0; step < 10; step++) {
    const [counts, words] = [new Float32Array(9), new Int32Array(2)];
    make(Int32Array.of(0), draws(step), counts);
    make(Int32Array.of(0), draws(step), words);
    assert.ok(words[0] === 2 || words[0] === 4);
    assert.equal(words[1], 9);
    assert.equal(counts.indexOf(1), words[0]);
    assert.equal(
      counts.reduce((a, b) => a + b),
      1,
    );
  }
});

const picture: BoundStream = {
  name: "X",
  kind: { name: "image", sizes: [2, 3] },
  field: "X",
  shape: [1, 2, 3],
  values: Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
};

test("changes of a picture are drawn anew at each step, and the same again at the same step", () => {
  const augmented = (step: number, ...changes: string[]): number[] => {
    const out = new Float32Array(6);
    makerOf(
      "X2",
      { by: "augment", of: "X", changes },
      picture,
      undefined,
      splits,
    )(Int32Array.of(0), draws(step), out);
    return Array.from(out, (value) => Math.round(value * 1000) / 1000);
  };
  const steps = Array.from({ length: 30 }, (_, step) => step);
  const flips = new Set(steps.map((step) => augmented(step, "flip").join()));
  assert.deepEqual([...flips].sort(), ["0.1,0.2,0.3,0.4,0.5,0.6", "0.3,0.2,0.1,0.6,0.5,0.4"]);
  const crops = new Set(steps.map((step) => augmented(step, "crop").join()));
  assert.ok(crops.has("0.2,0.3,0,0.5,0.6,0") && crops.has("0,0,0,0.1,0.2,0.3"));
  assert.deepEqual(augmented(4, "crop", "noise"), augmented(4, "crop", "noise"));
  assert.notDeepEqual(augmented(4, "noise"), augmented(5, "noise"));
});
