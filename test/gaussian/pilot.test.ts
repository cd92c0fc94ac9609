/** What a pilot's rows show of a Gaussian pair, where the pair is known. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { covariancesOf, momentsOf, populationOf } from "../../core/gaussian/population";
import { pairLike, sharedBy, shrunk } from "../../core/gaussian/pilot";
import { simulatedNeed } from "../../core/gaussian/simulation";
import { flatView, pairOf, rowsOf } from "./gaussian-pairs";

const population = pairOf(flatView(30, 2), flatView(20, 2), [0.7, 0.7]);

test("shared directions are detected, and unrelated views are not", () => {
  const found = sharedBy(rowsOf(population, 400, 1), 2);
  assert.ok(found.z > 8, String(found.z));
  assert.ok(found.correlation > 0.5 && found.correlation < 0.7, String(found.correlation));
  const none = pairOf(flatView(12, 1), flatView(15, 1), [0]);
  const reached = (z: number): number =>
    Array.from({ length: 40 }, (_, seed) => sharedBy(rowsOf(none, 150, seed), 1)).filter((one) => one.z >= z)
      .length;
  assert.ok(reached(4) <= 1, String(reached(4)));
  assert.equal(reached(6), 0);
});

test("the population like a pilot has nearly its correlation, and its need is near that of the pilot's own", () => {
  const rows = rowsOf(population, 300, 2);
  const like = pairLike(rows, 2, sharedBy(rows, 2));
  assert.ok(Math.abs(like.rhos[0]! - 0.7) < 0.08, String(like.rhos[0]));
  const [need, found] = [population, populationOf(like)].map((one) =>
    simulatedNeed(one, 0.9, [1, 2, 3, 4, 5], 300)!,
  );
  assert.ok(found! / need! < 1.5 && need! / found! < 1.5, `${found} for ${need}`);
});

test("a covariance is shrunk to its mean variance the more, the fewer rows it is of, and keeps its trace", () => {
  const distances = [40, 400, 4000].map((n) => {
    const all = Array.from({ length: n }, (_, row) => row);
    const { xx, p } = covariancesOf(momentsOf(rowsOf(population, n, 3), all));
    const after = shrunk(xx, p, n);
    const trace = (matrix: Float64Array): number =>
      Array.from({ length: p }, (_, i) => matrix[i * p + i]!).reduce((sum, value) => sum + value, 0);
    assert.ok(Math.abs(trace(after) - trace(xx)) < 1e-9 * p);
    return Math.hypot(...after.map((value, i) => value - (i % (p + 1) === 0 ? 1 : 0)));
  });
  // Of unit variances the target is the truth, which every estimate is near.
  assert.ok(
    distances.every((distance) => distance < 1.5),
    String(distances),
  );
});
