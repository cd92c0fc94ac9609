import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import { RandomStream } from "../../core/random";
import { Slices } from "../../core/train/clock";
import { information } from "../../core/train/measurements/information";
import { informationLost } from "../../core/train/measurements/information-lost";
import { informationOfAll } from "../../core/train/measurements/information-of-all";
import { informedPairs } from "../../core/train/measurements/informed";
import type { CodedRows } from "../../core/train/measurements/coded-rows";
import { readPairs } from "../../core/train/measurements/subjects";
import { togetherOf } from "../../core/train/measurements/together";
import type { DataStream } from "../../core/train/prepare";
import type { MeasuredValue } from "../../core/train/protocol";

const SEEN = 1600;
const JUDGED = 800;
const slices = new Slices({ now: () => 0, defer: () => Promise.resolve() });
const { spec } = analyse(
  "spec S { modality X : vector(4) latent A : gaussian(1) from X latent B : gaussian(1) from X keep I(X; A, B) }",
).specs[0]!;

type Found = Pick<MeasuredValue, "code" | "value" | "low" | "high">;

/** What is measured of two codes of which `codes` gives each row's numbers and label. */
async function measured(
  name: string,
  codes: (draws: RandomStream) => { a: number; b: number; label: number },
): Promise<{ alone: Found[]; lost: Found[]; all: Found }> {
  const draws = new RandomStream(2, name, 0);
  const rows = Array.from({ length: SEEN + JUDGED }, () => codes(draws));
  const coded = (from: number, to: number): CodedRows => {
    const own = rows.slice(from, to);
    const both = { A: Float32Array.from(own, ({ a }) => a), B: Float32Array.from(own, ({ b }) => b) };
    return {
      rows: Int32Array.from(own, (_, row) => from + row),
      means: both,
      draws: [both],
      rates: {},
      densities: {},
    };
  };
  const factor = {
    name: "L",
    kind: { name: "label", sizes: [2] },
    classes: 2,
    values: Int32Array.from(rows, ({ label }) => label),
  } as unknown as DataStream;
  const subject = { seen: coded(0, SEEN), judged: coded(SEEN, SEEN + JUDGED), factors: [factor] };
  const readings = await readPairs(subject, "draws", slices);
  const pairs = await informedPairs(subject, readings, spec!, true, slices);
  const together = await togetherOf(subject, spec!, slices);
  return {
    alone: information.measure(pairs, spec!),
    lost: informationLost.measure(together, spec!),
    all: informationOfAll.measure(together, spec!)[0]!,
  };
}

test("of two copies each carries all, and nothing is lost without either", async () => {
  const { alone, lost, all } = await measured("copies", (draws) => {
    const label = draws.integer(2);
    const a = 4 * label + draws.normal();
    return { a, b: a, label };
  });
  for (const { low } of alone) assert.ok(low > 0.5, `${low}`);
  for (const { low, high } of lost) assert.ok(low > -0.03 && high! < 0.03, `${low} to ${high}`);
  assert.ok(all.low > 0.5 && all.high! <= Math.log(2) + 1e-9);
});

test("what only both together carry is lost without each, though neither carries it", async () => {
  const { alone, lost, all } = await measured("crossed", (draws) => {
    const [x, y] = [draws.integer(2), draws.integer(2)];
    return {
      a: 3 * (2 * x - 1) + draws.normal(),
      b: 3 * (2 * y - 1) + draws.normal(),
      label: x === y ? 1 : 0,
    };
  });
  for (const { low, value } of alone) assert.ok(low === 0 && value < 0.02, `${value}`);
  for (const { low } of lost) assert.ok(low > 0.5, `${low}`);
  assert.ok(all.low > 0.5);
});

test("a code of noise beside one that carries a label loses nothing; a spec with one code has no rows for this", async () => {
  const { lost } = await measured("noise", (draws) => {
    const label = draws.integer(2);
    return { a: 4 * label + draws.normal(), b: draws.normal(), label };
  });
  const of = (code: string): Found => lost.find((one) => one.code === code)!;
  assert.ok(of("A").low > 0.5, `${of("A").low}`);
  assert.ok(of("B").high! < 0.02, `${of("B").high}`);
  const alone = { latents: spec!.latents.slice(0, 1), terms: [] };
  const none: CodedRows = { rows: new Int32Array(0), means: {}, draws: [], rates: {}, densities: {} };
  assert.deepEqual(await togetherOf({ seen: none, judged: none, factors: [] }, alone, slices), []);
});
