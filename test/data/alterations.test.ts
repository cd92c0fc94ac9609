/** Alterations of data: each leaves what it does not change, and depends on its settings alone. */
import assert from "node:assert/strict";
import test from "node:test";
import { altered, alterations } from "../../core/data/alterations/index";
import { bindStreams } from "../../core/data/bind";
import { generate } from "../../core/data/generator";
import { generatorOf } from "../../core/data/generators/index";
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

test("spectra: correlations and predicted variances of a Gaussian pair, and the data as they were", () => {
  const made = generate(generatorOf("gaussian-pair")!, {
    source: "gaussian-pair",
    options: { samples: 20_000, dimension: 3, correlation: 0.8, ratio: 0.5 },
  });
  const streams = bindStreams(made, [
    { name: "X", kind: { name: "vector", sizes: [3] } },
    { name: "Y", kind: { name: "vector", sizes: [3] } },
  ]);
  const before: BoundData = { streams, splits: made.splits, samples: made.samples };
  const { facts, ...after } = altered(before, [{ id: "spectra", left: "X", right: "Y" }]);
  assert.deepEqual(after, before);
  [0.8, 0.4, 0.2].forEach((rho, i) => {
    assert.ok(Math.abs(facts![`correlation ${i + 1}`]! - rho) < 0.02, `correlation ${i + 1}`);
    assert.ok(Math.abs(facts![`predicted ${i + 1}`]! - rho ** 2) < 0.02, `predicted ${i + 1}`);
  });
  assert.equal(facts!["values"], 3);
  assert.ok(Math.abs(facts!["total"]! - 3) < 0.1);
  const own = altered(before, [{ id: "spectra", left: "X", right: "X" }]).facts!;
  assert.ok(Math.abs(own["predicted 1"]! - 1) < 0.05, "of itself, a stream predicts its variances");
  assert.throws(() => altered(before, [{ id: "spectra", left: "X", right: "Q" }]), /no stream `Q`/);
});

test("an unknown alteration is refused by name", () => {
  assert.throws(() => altered(data(), [{ id: "row" }]), /there is no alteration "row"/);
});
