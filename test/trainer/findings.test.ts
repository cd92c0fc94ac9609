import assert from "node:assert/strict";
import test from "node:test";
import { analyse } from "../../core/theory/analyse";
import { findingRules, findingsOf } from "../../core/train/findings/index";
import { observed } from "../../core/train/findings/observe";
import type { Observed } from "../../core/train/findings/rule";

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
  const measured = { terms: {}, total: 0, rates: {} };
  return findingsOf({
    now: measured,
    first: measured,
    rates: { Z: 0.6 },
    terms: [],
    spec: derivedOf("").spec,
    weights: {},
    batch: 64,
    steps: { asked: 128, rows: 128 },
    progress: 0.5,
    ...changed,
  }).map(({ code, about }) => (about === undefined ? code : `${code} ${about}`));
}

test("a batch larger than the training rows is said, and nothing of one that fits", () => {
  assert.deepEqual(codes(), []);
  assert.deepEqual(codes({ steps: { asked: 5000, rows: 240 } }), ["short-batch"]);
});

test("a code at its prior is a finding from a quarter of the training on", () => {
  const rates = { Z: 0.03 };
  assert.deepEqual(codes({ rates, progress: 0.2 }), []);
  assert.deepEqual(codes({ rates, progress: 0.25 }), ["collapsed-code Z"]);
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

for (const rule of findingRules)
  test(`${rule.code} is found in its example and not in the like one without it`, () => {
    const found = rule.find(observed(rule.example));
    assert.equal(found.length, 1);
    for (const { message } of found)
      assert.match(message, /^[A-Z`].*\d.*\.$/, "it says its number, in a sentence");
    assert.deepEqual(rule.find(observed(rule.healthy)), []);
    for (const said of [rule.seen, rule.why, rule.change]) assert.match(said, /^[A-Z`].{20,}\.$/s);
    assert.match(rule.code, /^[a-z-]+$/);
  });

test("a batch is to be raised only where it is what limits an estimate", () => {
  const { find, example } = findingRules.find(({ code }) => code === "near-ceiling")!;
  const advice = (steps: Observed["steps"]): string => find(observed({ ...example, steps }))[0]!.message;
  assert.match(advice({ asked: 64, rows: 64 }), /Raise batch to see it\.$/);
  assert.match(advice({ asked: 256, rows: 256 }), /There are only 64 validation samples; give more of them/);
  assert.match(advice({ asked: 256, rows: 64 }), /There are only 64 training samples; give more of them/);
});

test("a code with a conditional prior is said to carry nothing beyond what that reads", () => {
  const { find, example } = findingRules.find(({ code }) => code === "collapsed-code")!;
  const spec = example.spec.replace("from X\n", "from X prior Z = from Y\n  modality Y : vector(2)\n");
  assert.match(find(observed({ ...example, spec }))[0]!.message, /0\.03 nats beyond Y\./);
});

test("a code that its own rate does not show to have collapsed is found by the term that pays for it", () => {
  const { find, example } = findingRules.find(({ code }) => code === "collapsed-code")!;
  const spec = example.spec
    .replace("compress I(X; Z)", "compress I(X; Z | Y) by conditional")
    .replace("keep I(X; Z)", "keep I(X; Z | Y)")
    .replace("  latent", "  modality Y : vector(2)\n  latent");
  const state = (now: number) =>
    observed({ spec, rates: { Z: 2.2 }, terms: { "compress I(X; Z | Y)": [1, now] } });
  assert.match(find(state(0))[0]!.message, /^Z has collapsed: it carries 0\.00 nats beyond Y\./);
  assert.deepEqual(find(state(0.5)), []);
});
