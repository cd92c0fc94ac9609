/** Bounds on the entropy of a categorical code, on a table of known probabilities. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { boundOf } from "../../core/theory/bounds/index";
import { RandomStream, uniform } from "../../core/random";
import { averageOf, type Argument, type Average } from "./average";

const VALUES = 6;
const INPUTS = 40;
const ERRORS = 4;
const ROUNDING = 1e-5;

/** q(z | x) of each input, all inputs being equally likely; `sharp` makes codes sure of their value. */
function table(sharp: number): number[][] {
  const random = new Float32Array(INPUTS * VALUES);
  uniform(7, "table", 0, random);
  return Array.from({ length: INPUTS }, (_, x) => {
    const weights = Array.from({ length: VALUES }, (_, z) => Math.exp(sharp * random[x * VALUES + z]!));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  });
}

const marginal = (rows: readonly number[][]): number[] =>
  rows[0]!.map((_, z) => rows.reduce((sum, row) => sum + row[z]!, 0) / rows.length);
const crossEntropy = (q: readonly number[], r: readonly number[]): number =>
  -q.reduce((sum, share, z) => sum + share * Math.log(r[z]!), 0);

/** A bound over batches of inputs drawn from the table. */
function measured(id: string, rows: readonly number[][], batch: number, prior?: number[]): Promise<Average> {
  return averageOf(boundOf(id)!, batch, 400, (number): Record<string, Argument> => {
    const random = new RandomStream(11, "inputs", number);
    const drawn = Array.from({ length: batch }, () => rows[random.integer(INPUTS)]!);
    return {
      probabilities: { data: drawn.flat(), shape: ["N", VALUES] },
      ...(prior ? { priorLogits: { data: prior.map(Math.log), shape: [VALUES] } } : {}),
    };
  });
}

for (const sharp of [2, 40])
  test(`plug-in below and cross-entropy above the entropy of codes of sharpness ${sharp}`, async () => {
    const rows = table(sharp);
    const q = marginal(rows);
    const truth = crossEntropy(q, q);
    const other = q.map((share) => 0.5 * share + 0.5 / VALUES);
    for (const batch of [16, 128]) {
      const plugIn = await measured("plug-in", rows, batch);
      assert.ok(plugIn.mean <= truth + ERRORS * plugIn.error + ROUNDING, `${plugIn.mean} above ${truth}`);
      // The bias of sure codes is (k - 1) / 2N, but for higher orders; of others it is less.
      const bias = (VALUES - 1) / (2 * batch);
      assert.ok(truth - plugIn.mean < 1.3 * bias + ERRORS * plugIn.error, `bias ${truth - plugIn.mean}`);
      if (sharp === 40)
        assert.ok(truth - plugIn.mean > 0.5 * bias, `bias ${truth - plugIn.mean}, not ${bias}`);
      for (const prior of [q, other]) {
        const above = await measured("cross-entropy", rows, batch, prior);
        const exact = crossEntropy(q, prior);
        assert.ok(exact >= truth - 1e-12);
        assert.ok(
          Math.abs(above.mean - exact) <= ERRORS * above.error + ROUNDING,
          `${above.mean}, not ${exact}`,
        );
      }
    }
  });

test("plug-in never reports more than log k, and nothing where all codes are one value", async () => {
  const equal = Array.from({ length: INPUTS }, () => Array<number>(VALUES).fill(1 / VALUES));
  assert.ok(Math.abs((await measured("plug-in", equal, 16)).mean - Math.log(VALUES)) < 1e-6);
  const one = Array.from({ length: INPUTS }, () => [1, 0, 0, 0, 0, 0]);
  assert.equal((await measured("plug-in", one, 16)).mean, 0);
});
