/** Alterations that make data worse: which rows they change, by how much, and which they leave. */
import assert from "node:assert/strict";
import test from "node:test";
import { altered } from "../../core/data/alterations/index";
import type { Alteration, BoundData } from "../../core/data/alterations/alteration";
import { normal, permutation } from "../../core/random";

const ROWS = 1200;
const WIDTH = 8;
const range = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);

/** X = label on one value, site on another, s on a third, and noise; Y the same label. */
function data(): BoundData {
  const drawn = (name: string, count: number): Float32Array => {
    const out = new Float32Array(count);
    normal(1, name, 0, out);
    return out;
  };
  const label = Int32Array.from(permutation(1, "label", 0, ROWS), (one) => one % 3);
  const site = Int32Array.from(permutation(1, "site", 0, ROWS), (one) => one % 2);
  const s = drawn("s", ROWS);
  const [x, y] = [drawn("x", ROWS * WIDTH), drawn("y", ROWS * WIDTH)];
  for (let row = 0; row < ROWS; row++) {
    x[row * WIDTH]! += 3 * label[row]!;
    x[row * WIDTH + 1]! += 4 * site[row]!;
    x[row * WIDTH + 2]! += 2 * s[row]!;
    y[row * WIDTH]! += 3 * label[row]!;
  }
  const vector = { shape: [WIDTH], kind: { name: "vector" as const, sizes: [WIDTH] } };
  const pixels = Uint8Array.from({ length: ROWS * 4 }, (_, i) => (i * 37) % 256);
  const words = Int32Array.from({ length: ROWS * 3 }, (_, i) => i % 5);
  return {
    streams: [
      { name: "X", field: "X", ...vector, values: x },
      { name: "Y", field: "Y", ...vector, values: y },
      {
        name: "label",
        field: "label",
        shape: [],
        kind: { name: "label", sizes: [3] },
        classes: 3,
        values: label,
      },
      {
        name: "site",
        field: "site",
        shape: [],
        kind: { name: "label", sizes: [2] },
        classes: 2,
        values: site,
      },
      { name: "s", field: "s", shape: [], kind: { name: "scalar", sizes: [] }, values: s },
      {
        name: "picture",
        field: "p",
        shape: [1, 2, 2],
        kind: { name: "image", sizes: [2, 2] },
        values: pixels,
      },
      {
        name: "text",
        field: "t",
        shape: [3],
        kind: { name: "text", sizes: [3, 5] },
        classes: 5,
        values: words,
      },
      {
        name: "counts",
        field: "c",
        shape: [4],
        kind: { name: "counts", sizes: [4] },
        values: Float32Array.from(pixels),
      },
    ],
    splits: { train: range(0, 800), validation: range(800, 1000), test: range(1000, ROWS) },
    samples: ROWS,
  };
}

const valuesIn = ({ streams }: BoundData, name: string): Float64Array =>
  Float64Array.from(streams.find((stream) => stream.name === name)!.values);

/** The share of these rows of a stream that are changed. */
function changed(
  before: BoundData,
  after: BoundData,
  name: string,
  split: keyof BoundData["splits"],
): number {
  const [a, b] = [valuesIn(before, name), valuesIn(after, name)];
  const width = a.length / ROWS;
  const rows = before.splits[split];
  const differs = (row: number): boolean =>
    a.slice(row * width, (row + 1) * width).some((value, at) => value !== b[row * width + at]);
  return rows.filter(differs).length / rows.length;
}

function moved(change: Alteration): {
  before: BoundData;
  after: BoundData;
  of: (name: string, split: keyof BoundData["splits"]) => number;
} {
  const [before, untouched] = [data(), data()];
  const after = altered(before, [change]);
  assert.deepEqual(before, untouched, "the data that are changed are a copy");
  assert.deepEqual(altered(data(), [change]), after, "the same change gives the same data");
  return { before, after, of: (name, split) => changed(before, after, name, split) };
}
const near = (value: number, wanted: number, within: number): void =>
  assert.ok(Math.abs(value - wanted) <= within, `${value} is not within ${within} of ${wanted}`);
const slope = (data: BoundData, at: number, factor: string): number => {
  const [x, f] = [valuesIn(data, "X"), valuesIn(data, factor)];
  const rows = data.splits.train;
  const mean = rows.reduce((sum, row) => sum + f[row]!, 0) / rows.length;
  const top = rows.reduce((sum, row) => sum + (f[row]! - mean) * x[row * WIDTH + at]!, 0);
  return top / rows.reduce((sum, row) => sum + (f[row]! - mean) ** 2, 0);
};

test("label-noise: that share of what is learned from is another class, and what is judged is clean", () => {
  const { of, after } = moved({ id: "label-noise", stream: "label", rate: 0.3, seed: 1 });
  near(of("label", "train"), 0.3, 0.05);
  near(of("label", "validation"), 0.3, 0.1);
  assert.equal(of("label", "test"), 0);
  assert.equal(of("X", "train"), 0);
  assert.ok(valuesIn(after, "label").every((value) => [0, 1, 2].includes(value)));
  assert.equal(moved({ id: "label-noise", stream: "s", rate: 0.3, seed: 1 }).of("s", "test"), 0);
});

test("mismatch: pairs of the test rows stay, and the values of training rows are the same ones in another order", () => {
  const { of, before, after } = moved({ id: "mismatch", stream: "Y", rate: 0.5, seed: 1 });
  near(of("Y", "train"), 0.5, 0.06);
  assert.equal(of("Y", "test"), 0);
  assert.equal(of("X", "train"), 0);
  const firsts = (data: BoundData): number[] =>
    Array.from(data.splits.train, (row) => valuesIn(data, "Y")[row * WIDTH]!).sort();
  assert.deepEqual(firsts(after), firsts(before));
});

test("nuisance: what the factor does is doubled, and what others do is not", () => {
  for (const [factor, at, size] of [
    ["s", 2, 2],
    ["site", 1, 4],
  ] as const) {
    const { before, after, of } = moved({ id: "nuisance", factor, streams: ["X"], times: 2 });
    near(slope(before, at, factor), size, 0.3);
    near(slope(after, at, factor), 2 * slope(before, at, factor), 0.05);
    near(slope(after, 0, "label"), 3, 0.3);
    assert.ok(of("X", "test") > 0.9);
    assert.equal(of("Y", "train"), 0);
  }
});

test("shift: test rows alone move, by two standard deviations of the factor", () => {
  const { before, after, of } = moved({ id: "shift", factor: "s", streams: ["X"], by: 2 });
  assert.equal(of("X", "train") + of("X", "validation"), 0);
  const [a, b] = [valuesIn(before, "X"), valuesIn(after, "X")];
  for (const row of before.splits.test) {
    near(b[row * WIDTH + 2]! - a[row * WIDTH + 2]!, 4, 0.4);
    near(b[row * WIDTH + 3]! - a[row * WIDTH + 3]!, 0, 0.3);
  }
});

test("spurious: the streams then share what they did not", () => {
  const { before, after } = moved({ id: "spurious", streams: ["X", "Y"], size: 1, seed: 1 });
  const change = (name: string): number[] => {
    const [a, b] = [valuesIn(before, name), valuesIn(after, name)];
    return Array.from({ length: ROWS }, (_, row) => b[row * WIDTH + 4]! - a[row * WIDTH + 4]!);
  };
  const [x, y] = [change("X"), change("Y")];
  const product = (p: number[], q: number[]): number => p.reduce((sum, one, i) => sum + one * q[i]!, 0);
  near(Math.abs(product(x, y)) / Math.sqrt(product(x, x) * product(y, y)), 1, 1e-4);
});

test("rare: every test row is in the group, and classes do not differ along its mark", () => {
  const { before, after, of } = moved({
    id: "rare",
    stream: "X",
    target: "label",
    share: 0.05,
    class: 2,
    size: 1,
    seed: 1,
  });
  near(of("X", "train"), 0.05, 0.03);
  assert.equal(of("X", "test"), 1);
  const labels = valuesIn(after, "label");
  assert.ok(after.splits.test.every((row) => labels[row] === 2));
  const [a, b] = [valuesIn(before, "X"), valuesIn(after, "X")];
  const row = before.splits.test[0]!;
  const mark = Array.from({ length: WIDTH }, (_, at) => b[row * WIDTH + at]! - a[row * WIDTH + at]!);
  assert.ok(Math.abs(mark[0]!) < 0.1 * Math.hypot(...mark), "the label is on the first value");
});

test("absent: half of all rows get the mean, and a text has no word", () => {
  const { of, after } = moved({ id: "absent", stream: "Y", rate: 0.5, seed: 1 });
  for (const split of ["train", "validation", "test"] as const) near(of("Y", split), 0.5, 0.12);
  assert.equal(of("X", "train"), 0);
  assert.ok(valuesIn(after, "Y").every(Number.isFinite));
  const words = valuesIn(moved({ id: "absent", stream: "text", rate: 0.5, seed: 1 }).after, "text");
  near(words.filter((word) => word === 5).length / words.length, 0.5, 0.06);
});

test("outliers: few training rows go far, and test rows stay", () => {
  const { of } = moved({ id: "outliers", streams: ["X"], rate: 0.1, size: 10, seed: 1 });
  near(of("X", "train"), 0.1, 0.04);
  assert.equal(of("X", "test"), 0);
});

test("quantise: nine steps in all", () => {
  const { after } = moved({ id: "quantise", streams: ["X"], step: 0.5, most: 2 });
  assert.equal(new Set(valuesIn(after, "X")).size, 9);
});

test("pictures keep their range and counts stay whole", () => {
  for (const [name, fits] of [
    ["picture", (value: number) => value >= 0 && value <= 1],
    ["counts", (value: number) => value >= 0 && Number.isInteger(value)],
  ] as const) {
    const { after } = moved({ id: "noise", streams: [name], size: 1, seed: 1 });
    assert.ok(valuesIn(after, name).every(fits), name);
  }
});

test("a stream that is not there or has no values to change is refused by name", () => {
  const refused = (change: Alteration): string => {
    try {
      altered(data(), [change]);
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };
  assert.match(refused({ id: "mismatch", stream: "Q" }), /no stream Q/);
  assert.match(refused({ id: "noise", streams: ["label"] }), /label is a label, which has no values/);
  assert.match(refused({ id: "rare", stream: "X", target: "s" }), /s is not a label/);
  assert.match(refused({ id: "noise" }), /no stream without a name/);
});
