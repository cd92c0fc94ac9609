/** Every bound says in a line of mathematics why it bounds, or why it does not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import temml from "temml";
import { analyse } from "../../core/theory/analyse";
import { bounds } from "../../core/theory/bounds/index";
import type { Step } from "../../core/theory/loss";

/** The step that tells of a bound's example. */
function exampleStep(example: string): Step {
  const text = `spec S {
    modality X : vector(4)
    modality Y : vector(4)
    modality C : counts(4)
    target L : label(2)
    latent Z : ${example.includes("H(Z)") ? "categorical(4)" : "gaussian(2)"} from X
    latent W : gaussian(2) from X
    latent Zx : gaussian(2) from X
    latent Zy : gaussian(2) from Y
    ${example.includes("H(Z)") ? "prior Z = learned" : ""}
    ${example.replace("I(X; Z) by poisson", "I(C; Z) by poisson")}
  }`;
  const { specs, diagnostics } = analyse(text);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  assert.deepEqual(errors, [], text);
  return specs[0]!.derived!.steps.find(({ proof }) => proof !== undefined)!;
}

for (const { id, side, example } of bounds) {
  test(`\`${id}\` says why it is ${side === "estimate" || side === "proxy" ? "no bound" : "a bound"}`, () => {
    const { lead, formula, latex, by } = exampleStep(example).proof!;
    assert.match(by, /^[A-Z].*\.$/);
    if (side === "upper") assert.match(formula, /≤/);
    if (side === "lower") assert.match(formula, /≥/);
    assert.match(lead, side === "estimate" ? /no side/ : side === "proxy" ? /no information/ : /so because/);
    assert.doesNotMatch(formula + latex, /undefined|\$\{|\(\)/);
    // The panel draws it; what cannot be read throws.
    assert.match(temml.renderToString(latex, { throwOnError: true }), /<math/);
  });
}
