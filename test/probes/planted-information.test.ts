import assert from "node:assert/strict";
import { test } from "node:test";
import { RandomStream } from "../../core/random";
import { toldPlants, tuningPlants } from "./planted-information";

test("each half of the bank has 40 codes or more, of every law and of fusions that mix and multiply", () => {
  for (const plants of [tuningPlants(), toldPlants()]) {
    assert.ok(plants.length >= 40);
    assert.equal(new Set(plants.map(({ name }) => name)).size, plants.length);
    assert.deepEqual([...new Set(plants.map(({ law }) => law))].sort(), [
      "categorical",
      "deterministic",
      "gaussian",
      "vmf",
    ]);
    assert.deepEqual([...new Set(plants.map(({ fusion }) => fusion))].sort(), [
      "concat",
      "moe",
      "mopoe",
      "poe",
    ]);
  }
  const told = new Set(toldPlants().map(({ name }) => name));
  assert.ok(tuningPlants().every(({ name }) => !told.has(name)));
});

/** I(label; z) of two equally likely normals at +-1 with variance 0.89, by Simpson's rule. */
function twoNormals(): number {
  const variance = 0.5 ** 2 + 0.8 ** 2;
  const density = (z: number, at: number): number =>
    Math.exp(-((z - at) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
  const [steps, reach] = [4000, 12];
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const z = -reach + (2 * reach * i) / steps;
    const [p, q] = [density(z, 1), density(z, -1)];
    const weight = i === 0 || i === steps ? 1 : i % 2 ? 4 : 2;
    sum += weight * p * Math.log(p / ((p + q) / 2));
  }
  return (sum * 2 * reach) / steps / 3;
}

test("the oracle that averages agrees with quadrature, within its own error", () => {
  const plant = tuningPlants().find(({ name }) => name === "two classes on a line, 1")!;
  const { value, error } = plant.truth();
  assert.ok(error > 0 && error < 0.01, `${error}`);
  assert.ok(Math.abs(value - twoNormals()) < 4 * error, `${value} against ${twoNormals()}`);
});

test("an exact sum agrees with counts of draws", () => {
  const plant = toldPlants().find(({ law }) => law === "categorical")!;
  const { value, error } = plant.truth();
  assert.equal(error, 0);
  const draws = new RandomStream(1, "counts", 0);
  const counts = Array.from({ length: 4 }, () => new Float64Array(plant.size));
  const rows = 60_000;
  for (let i = 0; i < rows; i++) {
    const { label, draw } = plant.row(draws);
    counts[label]![draw.indexOf(1)]!++;
  }
  const of = (label: number): number => counts[label]!.reduce((sum, count) => sum + count, 0);
  const at = (k: number): number => counts.reduce((sum, own) => sum + own[k]!, 0);
  let counted = 0;
  counts.forEach((own, label) =>
    own.forEach((count, k) => {
      if (count > 0) counted += (count / rows) * Math.log((count * rows) / (of(label) * at(k)));
    }),
  );
  assert.ok(Math.abs(counted - value) < 0.01, `${counted} against ${value}`);
});

test("the weakest and the strongest of a kind span 0.05 to 2 nats", () => {
  const truths = toldPlants()
    .filter(({ name }) => /^(ten classes|told by the noise alone),/.test(name))
    .map((plant) => plant.truth().value);
  assert.ok(Math.min(...truths) > 0.05 && Math.min(...truths) < 0.15, `${truths.join(" ")}`);
  assert.ok(Math.max(...truths) > 1.8 && Math.max(...truths) < 2.05, `${truths.join(" ")}`);
});
