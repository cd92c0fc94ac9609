/** The information measurement on a part of the bank, on the half for figures; docs/monitoring/information.md has the whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RandomStream } from "../../core/random";
import { gainsOf, informationOf, quantileClasses } from "../../core/train/probes/index";
import { densitiesOf, intervalOf } from "./measured-information";
import { noInformation } from "./no-information";
import { toldPlants, type Plant } from "./planted-information";

const kindOf = ({ name }: Plant): string => name.split(", ").slice(0, -1).join(", ");
/** One strength of each kind. */
const some = [...new Map(toldPlants().map((plant) => [kindOf(plant), plant])).values()];

test("intervals of information cover planted truths, and are narrow where the code has densities", async () => {
  const widths: number[] = [];
  for (const plant of some) {
    const { value: truth, error } = plant.truth();
    const { low, high } = await intervalOf(plant, 3);
    const text = `${plant.name}: ${truth} ± ${error} in ${low} to ${high}`;
    assert.ok(low <= truth + 3 * error && truth - 3 * error <= high!, text);
    assert.ok(low > truth - 0.25, text);
    widths.push(high! - low);
  }
  const median = widths.sort((a, b) => a - b)[Math.floor(widths.length / 2)]!;
  assert.ok(median < 0.2, `${median}`);
});

test("the densities that a program hands over are those of the law, at draws of other rows too", async () => {
  for (const plant of some.filter(({ law }) => law !== "deterministic")) {
    const draws = new RandomStream(8, plant.name, 0);
    const rows = Array.from({ length: 12 }, () => plant.row(draws));
    const { components, statistics } = (await densitiesOf(plant, rows))!;
    const width = statistics[0]!.length / rows.length;
    const { natural, own, density } = components[0]!;
    const between = (i: number, j: number): number => {
      let sum = density[j]!;
      for (let t = 0; t < width; t++)
        sum += natural[j * width + t]! * (statistics[0]![i * width + t]! - own[j * width + t]!);
      return sum;
    };
    // Up to a constant that all rows share.
    const constant = between(0, 0) - plant.density(rows[0]!.draw, rows[0]!.components[0]!);
    for (const i of rows.keys())
      for (const j of rows.keys()) {
        const expected = plant.density(rows[i]!.draw, rows[j]!.components[0]!) + constant;
        assert.ok(
          Math.abs(between(i, j) - expected) < 1e-3 * (1 + Math.abs(expected)),
          `${plant.name} ${i} ${j}`,
        );
      }
  }
});

test("a code without information has 0 nats at the low end, and little at the high one", () => {
  for (const seed of [1, 2, 3, 4]) {
    const { low, high } = noInformation(seed);
    assert.equal(low, 0);
    assert.ok(high! < 0.01, `${high}`);
  }
});

test("no row costs more than its class share and the least weight of the shares allow", () => {
  const draws = new RandomStream(4, "sure and wrong", 0);
  const truth = Int32Array.from({ length: 1000 }, () => draws.integer(2));
  const codes = Float32Array.from(truth, (label) => label * 20 + draws.normal());
  const wrong = codes.map((value, row) => (row % 10 === 0 ? 20 - value : value));
  const { rows } = gainsOf({ seen: codes, seenTruth: truth, judged: [wrong], truth }, 2);
  assert.ok(Math.min(...rows) > Math.log(0.01) - 0.1, `${Math.min(...rows)}`);
  assert.ok(Math.min(...rows) < -1);
});

test("limits: the rate and the entropy bound from above, and a number has no entropy", () => {
  const gains = { rows: new Float64Array(100).fill(0.4), effective: 100 };
  assert.equal(informationOf({ gains }).high, null);
  assert.equal(informationOf({ gains, rate: 0.1 }).high, 0.1);
  // What a probe seems to read beyond the rate is not claimed.
  assert.deepEqual(informationOf({ gains, rate: 0.1 }), { value: 0.1, low: 0.1, high: 0.1 });
  const half = informationOf({ gains, counts: Float64Array.of(50, 50), rate: 3 }).high!;
  assert.ok(Math.abs(half - Math.log(2)) < 1e-12, `${half}`);
  const few = informationOf({ gains, counts: Float64Array.of(95, 5), rate: 3 }).high!;
  assert.ok(few > 0.1985 && few < 0.4, `${few}`);
});

test("few training rows give wide intervals that still cover", async () => {
  const plant = some.find(({ name }) => name.startsWith("two classes"))!;
  const { value: truth } = plant.truth();
  let covered = 0;
  for (let seed = 0; seed < 20; seed++) {
    const { low, high } = await intervalOf(plant, seed, 0, 100);
    if (low <= truth && truth <= high!) covered++;
  }
  assert.ok(covered >= 18, `${covered} of 20`);
});

test("a number is cut into classes of equal share; equal numbers share one", () => {
  const even = quantileClasses(
    Array.from({ length: 100 }, (_, i) => i),
    4,
  );
  assert.equal(even.classes, 4);
  assert.deepEqual([0, 24, 25, 50, 75, 99, 1000].map(even.classOf), [0, 0, 1, 2, 3, 3, 3]);
  const tied = quantileClasses([0, 0, 0, 0, 0, 0, 1, 2], 4);
  assert.deepEqual([0, 1, 2].map(tied.classOf), [0, 1, 1]);
  assert.equal(quantileClasses([5, 5, 5], 8).classes, 1);
});
