import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  emptyCurves,
  MOST_POINTS,
  upTo,
  withPoints,
  type Curves,
  type Series,
} from "../../core/train/curves";
import type { TermPoint } from "../../core/train/protocol";

const valueAt = (step: number): number => Math.sin(step / 37);
const pointAt = (step: number, heldOut = false): TermPoint => ({
  step,
  total: valueAt(step),
  terms: { a: 2 * valueAt(step) },
  ...(heldOut ? { heldOut: { total: -valueAt(step), terms: { a: step } } } : {}),
});

/** The curves after these points, handed over in parcels. */
function drawn(points: readonly TermPoint[], parcel: number): Curves {
  let curves = emptyCurves();
  for (let i = 0; i < points.length; i += parcel) curves = withPoints(curves, points.slice(i, i + parcel));
  return curves;
}

const gapsOf = ({ steps }: Series): number[] => steps.slice(1).map((step, i) => step - steps[i]!);

test("any run is kept whole, at an even resolution, in bounded memory", () => {
  const runs = fc.record({
    gaps: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12_000 }),
    parcel: fc.integer({ min: 1, max: 500 }),
  });
  fc.assert(
    fc.property(runs, ({ gaps, parcel }) => {
      let step = 0;
      const points = gaps.map((gap) => pointAt((step += gap)));
      const { total, terms } = drawn(points, parcel);
      const { steps, values, every } = total;
      assert.ok(steps.length <= MOST_POINTS);
      // Half as many at least: no more is thrown away than is needed.
      assert.ok(steps.length >= Math.min(points.length, MOST_POINTS / 4), `${steps.length} points`);
      assert.equal(steps[0], points[0]!.step);
      assert.equal(steps.at(-1), step);
      assert.deepEqual(values, steps.map(valueAt), "every kept value was measured at its step");
      assert.deepEqual(terms["a"]!.steps, steps);
      const inner = gapsOf(total).slice(0, -1);
      const widest = Math.max(2 * every - 1, 4);
      for (const gap of inner) assert.ok(gap >= every && gap <= widest, `${gap} steps beside ${every}`);
      assert.deepEqual(drawn(points, 1), drawn(points, parcel), "parcels make no difference");
    }),
    { numRuns: 30 },
  );
});

test("an old part of a long run keeps as many points as a new one", () => {
  const points = Array.from({ length: 100_000 }, (_, i) => pointAt(i + 1));
  const { steps, every } = drawn(points, 100).total;
  assert.equal(every, 128);
  assert.deepEqual(new Set(gapsOf({ steps, values: [], every }).slice(0, -1)), new Set([128]));
});

test("held-out points are kept as theirs", () => {
  const points = Array.from({ length: 20_000 }, (_, i) => pointAt(i + 1, (i + 1) % 250 === 0));
  const { heldOutTotal, heldOutTerms } = drawn(points, 40);
  const steps = Array.from({ length: 80 }, (_, i) => 250 * (i + 1));
  assert.deepEqual(heldOutTotal.steps, steps);
  assert.deepEqual(heldOutTerms["a"]!.values, steps);
});

test("what came after a step is cut off, in every series", () => {
  const points = Array.from({ length: 40 }, (_, i) => pointAt(i + 1, i % 10 === 9));
  const curves = upTo(drawn(points, 7), 12);
  assert.equal(curves.total.steps.at(-1), 12);
  assert.deepEqual([curves.terms["a"]!.steps.length, curves.heldOutTotal.steps], [12, [10]]);
  assert.deepEqual(upTo(curves, 9).heldOutTerms, {});
});
