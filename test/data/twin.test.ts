/** The twin of rows whose law is known: its covariances, its link and its factor. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { altered } from "../../core/data/alterations/index";
import type { BoundData } from "../../core/data/alterations/alteration";
import type { BoundStream } from "../../core/data/bind";
import { consecutiveSplits } from "../../core/data/splits";
import { covariancesOf, momentsOf } from "../../core/gaussian/population";
import { sharedBy, type PairedRows } from "../../core/gaussian/pilot";
import { flatView, pairOf, rowsOf } from "../gaussian/gaussian-pairs";

const RHO = 0.7;

const vector = (name: string, values: Float64Array, size: number): BoundStream => ({
  ...{ name, kind: { name: "vector", sizes: [size] }, field: name, shape: [size] },
  values: Float32Array.from(values),
});

/** Rows of two views of which the first three values of X are wide, and two directions are shared. */
function pilot(p: number, q: number, n: number): BoundData {
  const left = flatView(p, 2);
  left.deviations.fill(2, 0, 3);
  const { x, y } = rowsOf(pairOf(left, flatView(q, 2), [RHO, RHO]), n + 10, 5);
  const samples = n + 10;
  return {
    samples,
    splits: consecutiveSplits({ train: n - 50, validation: 50, test: 10 }),
    streams: [
      vector("X", x, p),
      vector("Y", y, q),
      {
        name: "s",
        kind: { name: "scalar", sizes: [] },
        field: "s",
        shape: [],
        values: new Float32Array(samples),
      },
      {
        name: "c",
        kind: { name: "label", sizes: [4] },
        field: "c",
        shape: [],
        classes: 4,
        values: new Int32Array(samples),
      },
    ],
  };
}

const settings = {
  id: "twin",
  left: "X",
  right: "Y",
  most: 4,
  train: 3000,
  validation: 500,
  test: 500,
  seed: 3,
};

const valuesOf = ({ streams }: BoundData, name: string): ArrayLike<number> =>
  streams.find((one) => one.name === name)!.values;

function pairedRows(data: BoundData, p: number, q: number): PairedRows {
  const [x, y] = ["X", "Y"].map((name) => Float64Array.from(valuesOf(data, name)));
  return { x: x!, y: y!, p, q, n: data.samples };
}

test("a twin has the covariances and the link of its pilot, and tells how many directions are shared", () => {
  const made = altered(pilot(20, 15, 800), [settings]);
  assert.deepEqual(
    [made.samples, made.splits.train.length, made.splits.validation.length, made.splits.test.length],
    [4000, 3000, 500, 500],
  );
  const { facts } = made;
  assert.equal(facts?.["shared"], 2);
  assert.equal(facts?.["rows"], 800);
  assert.ok(facts["z"]! > 10 && Math.abs(facts["rho"]! - RHO) < 0.08, JSON.stringify(facts));
  const rows = pairedRows(made, 20, 15);
  const { xx, yy } = covariancesOf(
    momentsOf(
      rows,
      Array.from({ length: rows.n }, (_, i) => i),
    ),
  );
  [4, 4, 4, 1, 1].forEach((variance, i) => assert.ok(Math.abs(xx[i * 20 + i]! / variance - 1) < 0.25));
  assert.ok(Math.abs(yy[0]! - 1) < 0.25);
  const { each, correlation } = sharedBy(rows, 3);
  assert.ok(Math.abs(each[0]! / Math.sqrt(rows.n) - facts["rho"]!) < 0.06, String(each));
  assert.ok(Math.abs(each[2]!) < 5 && correlation > 0, String(each));
});

test("what both views of a twin share is its factor, whose classes are equal parts", () => {
  const made = altered(pilot(20, 15, 800), [{ ...settings, most: 1 }]);
  const s = valuesOf(made, "s");
  // The best line from X reads rho of the factor's variance.
  const from = {
    x: Float64Array.from(valuesOf(made, "X")),
    y: Float64Array.from(s),
    p: 20,
    q: 1,
    n: made.samples,
  };
  const square = sharedBy(from, 1).correlation ** 2;
  assert.ok(Math.abs(square - made.facts!["rho"]!) < 0.08, `${square} for ${made.facts!["rho"]}`);
  const counts = [0, 1, 2, 3].map((c) => Array.from(valuesOf(made, "c")).filter((one) => one === c).length);
  for (const count of counts) assert.ok(Math.abs(count - 1000) <= 1, String(counts));
});

test("a smaller twin has the first rows of a larger one, and the same test rows", () => {
  const [small, large] = [500, 3000].map((train) => altered(pilot(6, 5, 300), [{ ...settings, train }]));
  const row = (data: BoundData, split: "train" | "test", i: number): number[] => {
    const at = data.splits[split][i]!;
    return Array.from({ length: 6 }, (_, j) => valuesOf(data, "X")[at * 6 + j]!);
  };
  assert.deepEqual(row(small!, "train", 499), row(large!, "train", 499));
  assert.deepEqual(row(small!, "test", 0), row(large!, "test", 0));
  assert.notDeepEqual(row(small!, "train", 0), row(small!, "test", 0));
});

test("views wider than the law are drawn from their principal coordinates", () => {
  const made = altered(pilot(300, 10, 400), [{ ...settings, train: 800, validation: 100, test: 100 }]);
  assert.equal(valuesOf(made, "X").length, 300 * 1000);
  const { xx } = covariancesOf(
    momentsOf(
      pairedRows(made, 300, 10),
      Array.from({ length: 1000 }, (_, i) => i),
    ),
  );
  const trace = Array.from({ length: 300 }, (_, i) => xx[i * 301]!).reduce((sum, one) => sum + one, 0);
  assert.ok(Math.abs(trace / 309 - 1) < 0.2, String(trace));
});

test("a twin of what has no numbers is refused by name", () => {
  assert.throws(
    () => altered(pilot(6, 5, 300), [{ ...settings, right: "c" }]),
    /a twin of `c` cannot be drawn/,
  );
});
