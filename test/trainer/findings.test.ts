import assert from "node:assert/strict";
import test from "node:test";
import { findingsOf, type Observed } from "../../core/train/findings";

/** What a training that is well shows, changed as said. */
function codes(changed: Partial<Observed> = {}): string[] {
  const measured = { terms: {}, total: 0, rates: { Z: [0.4, 0.2] } };
  return findingsOf({
    now: measured,
    first: measured,
    terms: [],
    spec: { missing: [] },
    weights: {},
    batch: 64,
    steps: { asked: 128, rows: 128 },
    progress: 0.5,
    ...changed,
  }).map(({ code }) => code);
}

test("a batch larger than the training rows is said, and nothing of one that fits", () => {
  assert.deepEqual(codes(), []);
  assert.deepEqual(codes({ steps: { asked: 5000, rows: 240 } }), ["short-batch"]);
});

test("a code at its prior is a finding from a quarter of the training on", () => {
  const now = { terms: {}, total: 0, rates: { Z: [0.01, 0.02] } };
  assert.deepEqual(codes({ now, progress: 0.2 }), []);
  assert.deepEqual(codes({ now, progress: 0.25 }), ["collapsed-code Z"]);
});
