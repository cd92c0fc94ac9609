/** Weights of the classes of a label: what the derivation says of them, and what it refuses. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import { lossText } from "../../core/views/unicode";
import { checked } from "../cases/say";

const spec = (bound: string, kind = "label(3)"): string =>
  `spec S {\n  modality X : vector(4)\n  target L : ${kind}\n  latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(L; Z) by ${bound}\n}\n`;

test("a weighted likelihood is shown as one, and is no bound about the labels of the data", () => {
  for (const weights of ["balanced", "[1, 2, 5]"]) {
    const derived = analyse(spec(`categorical(weights = ${weights})`)).specs[0]!.derived!;
    assert.deepEqual(derived.diagnostics, []);
    assert.equal(lossText(derived), "L = KL(q(z|x) ‖ r(z)) − D_w(L; Z)");
    assert.equal(derived.isBound.holds, false);
    assert.match(
      derived.isBound.because.join(),
      /labels with those shares, not about the labels of the data/,
    );
  }
  assert.equal(analyse(spec("categorical")).specs[0]!.derived!.isBound.holds, true);
});

test("weights that do not fit are refused", () => {
  assert.match(checked(spec("categorical(weights = [1, 2])")), /has 2 numbers, and `L` has 3 classes/);
  assert.match(checked(spec("categorical(weights = [1, 2, 0])")), /must be `balanced` or a number above 0/);
  assert.match(checked(spec("categorical(weights = rare)")), /must be `balanced` or a number above 0/);
  assert.match(checked(spec("categorical(weights = balanced)", "text(5, 9)")), /classes of a label/);
});
