/** Every bound says in a line of mathematics why it bounds, or why it does not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import temml from "temml";
import { analyse } from "../../core/theory/analyse";
import type { Bound } from "../../core/theory/bound";
import { bounds } from "../../core/theory/bounds/index";
import type { Step } from "../../core/theory/derivation/loss";
import { exampleSpec } from "../../scripts/manual/bounds";

/** The step that explains a bound's example. */
function exampleStep(bound: Bound): Step {
  const text = exampleSpec(bound);
  const { specs, diagnostics } = analyse(text);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  assert.deepEqual(errors, [], text);
  return specs[0]!.derived!.steps.find(({ proof }) => proof !== undefined)!;
}

for (const bound of bounds) {
  const { id, side } = bound;
  test(`\`${id}\` says why it is ${side === "estimate" || side === "proxy" ? "no bound" : "a bound"}`, () => {
    const { lead, formula, latex, by } = exampleStep(bound).proof!;
    assert.match(by, /^[A-Z].*\.$/);
    if (side === "upper") assert.match(formula, /≤/);
    if (side === "lower") assert.match(formula, /≥/);
    assert.match(
      lead,
      side === "estimate" ? /not a bound/ : side === "proxy" ? /not information/ : /This holds because/,
    );
    assert.doesNotMatch(formula + latex, /undefined|\$\{|\(\)/);
    // The panel draws it; what cannot be read throws.
    assert.match(temml.renderToString(latex, { throwOnError: true }), /<math/);
  });
}
