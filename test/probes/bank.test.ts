/** A part of the bank of known truths, on the seeds with which figures are given; docs/verdicts.md has the whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, noise, planted, product, rare, scalarNoise, toldSeeds } from "./bank";

const CLAIMED = ["keeps", "some"] as const;

test("a code of noise is seldom said to keep a label of few rows", () => {
  for (const [classes, rows] of [
    [2, 20],
    [2, 100],
    [4, 50],
    [10, 50],
  ] as const) {
    const seeds = toldSeeds(40);
    const claimed = countOf(seeds, (seed) => noise(classes, rows, seed), CLAIMED);
    // At a true rate of 5 % more than 6 of 40 come once in 300 times.
    assert.ok(claimed <= 5, `${claimed} of 40 with ${classes} classes and ${rows} rows`);
  }
});

test("a code of noise is seldom said to keep a number of few rows", () => {
  const claimed = countOf(toldSeeds(60), (seed) => scalarNoise(50, seed), CLAIMED);
  assert.ok(claimed <= 6, `${claimed} of 60`);
});

test("a true share of 0.7 on 100 rows is said to be kept", () => {
  for (const classes of [2, 4]) {
    const kept = countOf(toldSeeds(40), (seed) => planted(classes, 100, 0.7, seed), ["keeps"]);
    assert.ok(kept >= 36, `${kept} of 40 with ${classes} classes`);
  }
});

test("a class of 2 % that is ranked well is not said to be dropped", () => {
  const dropped = countOf(toldSeeds(20), rare, ["drops"]);
  assert.ok(dropped <= 1, `${dropped} of 20`);
});

test("a product of two signs, which no line follows, is kept by a code of the signs and by no other", () => {
  assert.equal(
    countOf(toldSeeds(5), (seed) => product(true, seed), ["keeps"]),
    5,
  );
  assert.equal(
    countOf(toldSeeds(20), (seed) => product(false, seed), ["drops"]),
    20,
  );
});
