/** A loss that is not finite names the term, the stream and the column that did it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import { culpritOf, culpritText } from "../../core/train/culprit";
import type { Preparation } from "../../core/train/prepare";

const { derived } = analyse(`spec S {
  modality X : vector(3)
  modality Y : vector(2)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Y; Zy)
}`).specs[0]!;

/** Four samples of both streams; the third column of X is huge in the third, the first of Y in the fourth. */
const X = Float32Array.of(0, 1, 2, 1, 0, 1, -1, 0, -3e30, 1, 1, 1);
const Y = Float32Array.of(0, 1, 1, 0, 1, 1, Infinity, 0);
const streams = new Map([
  ["X", { name: "X", shape: [3], values: X }],
  ["Y", { name: "Y", shape: [2], values: Y }],
]);
const preparation = { derived, spec: derived!.spec, data: { streams } } as unknown as Preparation;
const terms = { "compress I(X; Zx)": 1, "compress I(Y; Zy)": 2, "keep I(Y; Zy)": 3 };
const told = (changed: Partial<typeof terms>, rows: number[]): string => {
  const point = { step: 1, total: NaN, terms: { ...terms, ...changed } };
  return culpritText(culpritOf(point, preparation, rows, { beta: 1 }));
};

test("the first term that is not finite is named with the largest value of the streams that it reads", () => {
  assert.equal(
    told({ "compress I(X; Zx)": NaN }, [0, 2, 3]),
    "`compress I(X; Zx)` was NaN; the largest value that it reads is -3e+30, in column 2 of `X` (sample 2)",
  );
  assert.equal(
    told({ "keep I(Y; Zy)": -Infinity }, [0, 2, 3]),
    "`keep I(Y; Zy)` was -Infinity; it reads a value that is Infinity, in column 0 of `Y` (sample 3)",
  );
});

test("values of other samples, and of an ordinary size, are no suspects", () => {
  assert.equal(told({ "compress I(X; Zx)": NaN }, [0, 1, 3]), "`compress I(X; Zx)` was NaN");
});

test("of finite terms the largest part of the sum is named", () => {
  assert.equal(told({ "keep I(Y; Zy)": 3e38 }, [0, 1]), "`keep I(Y; Zy)` makes the weighted sum overflow");
});
