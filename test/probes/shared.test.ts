/** What two codes share at most: on Gaussian codes where the truth is known, and of trained ones, apart and with a planted leak. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { RandomStream } from "../../core/random";
import { meanOf } from "../../core/train/measurements/mean";
import { sharedAtMost, type Densities } from "../../core/train/probes/index";

/** The densities of z = mean + noise, one draw of each row. */
function gaussian(means: readonly number[], deviation: number, draws: RandomStream): Densities {
  const rows = means.length;
  const [natural, own] = [new Float32Array(2 * rows), new Float32Array(2 * rows)];
  const variance = deviation ** 2;
  means.forEach((mean, row) => {
    const z = mean + deviation * draws.normal();
    natural.set([mean / variance, -1 / (2 * variance)], 2 * row);
    own.set([z, z * z], 2 * row);
  });
  const density = Float32Array.from(means, (mean, row) => {
    const z = own[2 * row]!;
    return -((z - mean) ** 2) / (2 * variance) - Math.log(deviation * Math.sqrt(2 * Math.PI));
  });
  return { components: [{ natural, own, density }], statistics: [own] };
}

/** Codes of two Gaussian numbers with this correlation, under noise; and what they share. */
function pairOf(
  correlation: number,
  deviation: number,
  rows: number,
  seed: number,
): { limit: number; truth: number } {
  const draws = new RandomStream(seed, "two codes", 0);
  const a = Array.from({ length: rows }, () => draws.normal());
  const b = a.map((one) => correlation * one + Math.sqrt(1 - correlation ** 2) * draws.normal());
  const shared = sharedAtMost(gaussian(a, deviation, draws), gaussian(b, deviation, draws), rows);
  const squared = (correlation / (1 + deviation ** 2)) ** 2;
  return { limit: meanOf(shared).high, truth: -0.5 * Math.log(1 - squared) };
}

test("the limit covers what two Gaussian codes share, and is near it where they carry little", () => {
  const runs = [0, 0.3, 0.6, 0.9].flatMap((correlation) =>
    Array.from({ length: 10 }, (_, seed) => ({ correlation, ...pairOf(correlation, 0.7, 600, seed) })),
  );
  const covered = runs.filter(({ limit, truth }) => limit >= truth);
  assert.ok(covered.length >= 38, `${covered.length} of 40`);
  for (const { correlation, limit, truth } of runs)
    assert.ok(limit - truth < 0.12, `${correlation}: ${limit}, ${truth}`);
});

test("the limit of codes that share nothing falls with the rows; that of codes that are sure of each row is large", () => {
  assert.ok(pairOf(0, 0.7, 1500, 1).limit < 0.05);
  assert.ok(pairOf(0, 0.001, 300, 1).limit > 5);
});
