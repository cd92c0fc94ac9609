/** Alterations of data: each leaves what it does not change, and depends on its settings alone. */
import assert from "node:assert/strict";
import test from "node:test";
import { altered, alterations } from "../../core/data/alterations/index";
import type { BoundData } from "../../core/data/alterations/alteration";

const data = (): BoundData => ({
  streams: [
    {
      ...{ name: "X", field: "X", shape: [2], kind: { name: "vector", sizes: [2] } },
      values: Float32Array.from({ length: 80 }, (_, i) => i),
    },
  ],
  splits: {
    train: Int32Array.from({ length: 30 }, (_, i) => i),
    validation: Int32Array.of(30, 31, 32, 33, 34),
    test: Int32Array.of(35, 36, 37, 38, 39),
  },
  samples: 40,
});

test("every alteration is in the list once, with an example of its own", () => {
  assert.equal(new Set(alterations.map(({ id }) => id)).size, alterations.length);
  for (const { id, doc, example } of alterations) {
    assert.equal(example.id, id);
    assert.match(doc, /^[A-Z].*\.$/);
  }
});

test("rows: a smaller count is a part of a larger one, held-out rows stay, and all rows are the data as they were", () => {
  const before = data();
  const kept = (count: number, seed = 1): number[] => [
    ...altered(before, [{ id: "rows", count, seed }]).splits.train,
  ];
  const [ten, twenty] = [kept(10), kept(20)];
  assert.equal(ten.length, 10);
  assert.ok(ten.every((row) => twenty.includes(row)));
  assert.notDeepEqual(kept(10, 2), ten);
  assert.deepEqual(altered(before, [{ id: "rows", count: 30, seed: 1 }]), before);
  assert.deepEqual(altered(before, [{ id: "rows", count: 10, seed: 1 }]).splits.test, before.splits.test);
  assert.throws(() => kept(31), /asks for 31 training rows, and there are 30/);
  assert.throws(() => altered(before, [{ id: "rows", count: 0.5 }]), /count/);
});

test("an unknown alteration is refused by name", () => {
  assert.throws(() => altered(data(), [{ id: "row" }]), /there is no alteration "row"/);
});
