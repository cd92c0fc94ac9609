/** A code is rated against what the loss compares it with: a guess from a condition, or its prior. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import { marginalRate } from "../../core/train/measurements/marginal-rate";
import { rate } from "../../core/train/measurements/rate";
import { opened, prepared } from "../trainer/train";

const textOf = (terms: string): string => `spec Given {
  data "planted-factors" { samples = 300, validation = 64, test = 64, seed = 1 }
  modality X : vector(64)
  modality Y : vector(64)
  latent Z : gaussian(3) from X, Y
  latent W : gaussian(3) from Y
  ${terms}
  keep I(X; Z, Y)
  keep I(Z; W) by infonce
  train { steps = 20, batch = 64, optimizer = adam(1e-3) }
}`;

async function measured(terms: string) {
  const text = textOf(terms);
  const { spec } = analyse(text).specs[0]!;
  const training = await opened(prepared(text, 1), 1);
  await training.run();
  const rows = training.preparation.data.splits.test;
  const [{ terms: values, rates }, codes] = [await training.measure(rows), await training.codes(rows, 1)];
  await training.dispose();
  const [byRow] = rate.measure(codes.rates, spec!);
  return {
    values,
    rate: rates["Z"]!.reduce((sum, one) => sum + one, 0),
    byRow: byRow!,
    limit: marginalRate("Z", codes.rates, spec!),
  };
}

const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-3 * Math.max(1, b), `${a}, ${b}`);

for (const [bound, q] of [
  ["", "a network"],
  [" by conditional(W)", "another code"],
] as const)
  test(`a code that is compressed beyond a condition is rated against what ${q} guesses of it`, async () => {
    const { values, rate: shown, byRow, limit } = await measured(`compress I(X; Z | Y)${bound}`);
    near(shown, values["compress I(X; Z | Y)"]!);
    near(byRow.value, shown);
    assert.deepEqual(byRow.given, ["Y"]);
    assert.equal(limit, undefined, "it bounds nothing about the code alone");
  });

test("where another term compares the code with its prior, that is its rate", async () => {
  const {
    values,
    rate: shown,
    byRow,
    limit,
  } = await measured("compress I(X, Y; Z)\n  compress I(X; Z | Y) by conditional(W)");
  near(shown, values["compress I(X, Y; Z)"]!);
  near(byRow.value, shown);
  assert.equal(byRow.given, undefined);
  assert.ok(limit !== undefined && limit >= byRow.value);
});
