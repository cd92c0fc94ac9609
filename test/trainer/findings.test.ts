import assert from "node:assert/strict";
import test from "node:test";
import { analyse } from "../../core/theory/analyse";
import { findingsOf, type Observed } from "../../core/train/findings";

/** A loss of three codes that keeps this, besides what is decoded. */
const derivedOf = (keep: string): Pick<Observed, "terms" | "spec"> =>
  analyse(`spec S {
    modality X : vector(4)
    latent A : gaussian(2) from X
    latent B : gaussian(2) from X
    latent C : categorical(3) from X
    ${keep}
    keep I(X; A, B, C)
  }`).specs[0]!.derived!;

/** What a training that is well shows, changed as said. */
function codes(changed: Partial<Observed> = {}): string[] {
  const measured = { terms: {}, total: 0, rates: { Z: [0.4, 0.2] } };
  return findingsOf({
    now: measured,
    first: measured,
    terms: [],
    spec: derivedOf("").spec,
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

test("a reconstruction is held against what links codes, which an entropy does not", () => {
  const told = (keep: string): string[] => {
    const { terms, spec } = derivedOf(keep);
    const [first, decoded] = terms.map(({ term }) => term.id);
    const measured = (a: number, b: number): Observed["now"] => ({
      terms: { [first!]: a, [decoded!]: b },
      total: 0,
      rates: {},
    });
    const weights = { [first!]: -1, [decoded!]: -1 };
    const found = codes({ terms, spec, weights, first: measured(0, -100), now: measured(0.5, 0) });
    return found.map((code) => code.replace(decoded!, "decoded"));
  };
  assert.deepEqual(told("keep I(A; B) by nwj"), ["outweighs decoded"]);
  assert.deepEqual(told("keep TC(A, B) by infonce(critic = product)"), ["outweighs decoded"]);
  assert.deepEqual(told("keep H(C)"), []);
});
