/** Alterations of data: each leaves what it does not change, and depends on its settings alone. */
import assert from "node:assert/strict";
import test from "node:test";
import { altered, alterations } from "../../core/data/alterations/index";
import { bindStreams, type BoundStream } from "../../core/data/bind";
import { generate } from "../../core/data/generator";
import { generatorOf } from "../../core/data/generators/index";
import type { BoundData } from "../../core/data/alterations/alteration";
import type { StreamKind } from "../../core/theory/spec";

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

/** Two views, words, a class and a number; some samples lack each, and hold numbers that nobody may read. */
function lacking(unread: number): BoundData {
  const samples = 60;
  const absentAt = (every: number): Uint8Array =>
    Uint8Array.from({ length: samples }, (_, row) => (row % every === 1 ? 1 : 0));
  const of = (name: string, kind: StreamKind, shape: number[], every: number): BoundStream => {
    const absent = absentAt(every);
    const classes = { label: 3, text: 5 }[kind.name as string];
    const width = shape.reduce((size, one) => size * one, 1);
    const value = (i: number): number => {
      if (absent[Math.floor(i / width)]) return classes === undefined ? unread : classes;
      return classes === undefined ? Math.sin(i * every) : (i * every) % classes;
    };
    const numbers = Array.from({ length: samples * width }, (_, i) => value(i));
    const values = classes === undefined ? Float32Array.from(numbers) : Int32Array.from(numbers);
    return { name, kind, field: name, shape, values, absent, ...(classes !== undefined && { classes }) };
  };
  const rows = (from: number, to: number): Int32Array =>
    Int32Array.from({ length: to - from }, (_, i) => from + i);
  return {
    streams: [
      of("X", { name: "vector", sizes: [3] }, [3], 5),
      of("Y", { name: "image", sizes: [1, 2] }, [1, 1, 2], 4),
      of("label", { name: "label", sizes: [3] }, [], 7),
      of("site", { name: "scalar", sizes: [] }, [], 6),
    ],
    splits: { train: rows(0, 30), validation: rows(30, 45), test: rows(45, 60) },
    samples,
  };
}

const numberNoise = { id: "label-noise", example: { id: "label-noise", stream: "site", rate: 0.5, seed: 1 } };
for (const { id, example } of [...alterations, numberNoise])
  test(`${id} of ${example["stream"] ?? "all"}: samples without a stream are read by nothing, and stay without it`, () => {
    const own = { ...example, ...("count" in example && { count: 20 }) };
    const [after, other] = [altered(lacking(0), [own]), altered(lacking(1e4), [own])];
    assert.deepEqual(after.facts, other.facts);
    for (const [i, stream] of after.streams.entries()) {
      const width = stream.values.length / after.samples;
      const { absent, values, name } = other.streams[i]!;
      assert.deepEqual(absent, stream.absent);
      stream.values.forEach((value, at) => {
        assert.ok(Number.isFinite(value), name);
        if (!absent?.[Math.floor(at / width)]) assert.equal(value, values[at], `${name} ${at}`);
      });
      const given = id === "rare" && name === "label";
      if (id !== "twin" && !given) assert.deepEqual(absent, lacking(0).streams[i]!.absent);
    }
  });

test("rare: a row of the group gets a class, also where it had none, if it has the stream of the mark", () => {
  const { streams, splits } = altered(lacking(0), [
    { id: "rare", stream: "X", target: "label", share: 0.5, class: 0, size: 1, seed: 1 },
  ]);
  const [X, , label] = streams;
  for (const row of splits.test)
    if (!X!.absent![row]) assert.deepEqual([label!.values[row], label!.absent![row]], [0, 0]);
});

test("an unknown alteration is refused by name", () => {
  assert.throws(() => altered(data(), [{ id: "row" }]), /there is no alteration "row"/);
});
