/** Student's t against tables of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { studentQuantile, studentTails } from "../../core/studies/student";

test("quantiles are those of the tables", () => {
  // Two-sided 5 %, 1 % and 0.1 % (Fisher and Yates).
  const tables: [freedom: number, five: number, one: number, tenth: number][] = [
    [1, 12.7062, 63.6567, 636.619],
    [2, 4.30265, 9.92484, 31.5991],
    [5, 2.57058, 4.03214, 6.86883],
    [30, 2.04227, 2.75, 3.64596],
  ];
  for (const [freedom, ...values] of tables)
    [0.05, 0.01, 0.001].forEach((tails, i) => {
      const found = studentQuantile(tails, freedom);
      assert.ok(Math.abs(found / values[i]! - 1) < 1e-4, `${freedom} ${tails}: ${found}`);
      assert.ok(Math.abs(studentTails(found, freedom) / tails - 1) < 1e-6);
    });
});
