/** What the derivation makes of codes: mixtures, priors, laws, hierarchies, targets. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lossLatex } from "../../core/views/latex";
import { lossText } from "../../core/views/unicode";
import { applyEdits } from "../../core/language/formatter";
import { analyse } from "../../core/theory/analyse";
import type { DerivedLoss } from "../../core/theory/derivation/loss";

function derive(...lines: string[]): DerivedLoss {
  const text = `spec S {\nmodality X : vector(6)\nmodality Y : vector(6)\n${lines.join("\n")}\n}`;
  const { specs, diagnostics } = analyse(text);
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  assert.deepEqual(errors, []);
  return specs[0]!.derived!;
}

test("a mixture of experts is the mean over its components", () => {
  const loss = derive("latent Z : gaussian(2) from X, Y by moe", "compress I(X, Y; Z)", "keep I(X; Z)");
  assert.equal(
    lossText(loss),
    "L = 1/2·KL(q(z[x]|x) ‖ r(z[x])) + 1/2·KL(q(z[y]|y) ‖ r(z[y])) − [ 1/2·D(X; Z[X]) + 1/2·D(X; Z[Y]) ]",
  );
  assert.match(lossLatex(loss), /1\/2 \\, D\(X; Z\[X\]\)/);
  assert.match(loss.terms[0]!.reason, /exceeds the mixture's by at most log 2/);
});

test("a mixture of products has a component for every subset", () => {
  const loss = derive("latent Z : gaussian(2) from X, Y by mopoe", "compress I(X, Y; Z)", "keep I(X; Z)");
  assert.deepEqual(
    loss.terms.filter(({ term }) => term.side === "keep").map(({ term }) => term.id),
    ["keep I(X; Z[X])", "keep I(X; Z[Y])", "keep I(X; Z[X, Y])"],
  );
});

test("a rate against a mixture says that it is taken at a sample", () => {
  const loss = derive(
    "latent Z : gaussian(2) from X",
    "prior Z = vamp(3)",
    "compress I(X; Z)",
    "keep I(Y; Z)",
  );
  assert.match(
    loss.terms[0]!.reason,
    /estimated from one sample of the code, log q − log r, because the divergence has no closed form here; this is unbiased/,
  );
  assert.equal(loss.isBound.holds, true);
});

const hierarchy = [
  "latent Z2 : gaussian(2) from X",
  "latent Z1 : gaussian(2) from X given Z2",
  "prior Z1 = from Z2",
  "keep I(Y; Z1, Z2)",
];

test("levels of a hierarchy bound together, at one weight", () => {
  assert.equal(derive(...hierarchy, "compress I(X; Z1, Z2)").isBound.holds, true);
  const uneven = derive(...hierarchy, "compress I(X; Z1)", "compress 2 * I(X; Z2)").isBound;
  assert.match(uneven.because.join(), /the rate of Z1 against r\(Z1\|Z2\) is not a bound without that of Z2/);
});

test("a rate with a target stands in the loss as its distance, its excess or its floor", () => {
  const rate = (target: string): DerivedLoss =>
    derive("latent Z : gaussian(2) from X", `compress I(X; Z) ${target}`, "keep I(Y; Z)");
  assert.equal(lossText(rate("at 5")), "L = |KL(q(z|x) ‖ r(z)) − 5| − D(Y; Z)");
  assert.equal(lossText(rate("below 5")), "L = λ·(KL(q(z|x) ‖ r(z)) − 5) − D(Y; Z)");
  assert.match(lossLatex(rate("floor 0.5")), /\\max\\left\( D_/);
  assert.equal(rate("floor 0.5").isBound.holds, true);
  assert.equal(lossText(rate("floor 0.5 each")), "L = Σⱼ max(KL(q(z|x) ‖ r(z))ⱼ, 0.5) − D(Y; Z)");
  assert.match(lossLatex(rate("floor 0.5 each")), /\\sum_\{j\} \\max\\left\( D_.*_\{j\}, 0\.5 \\right\)/);
  assert.equal(rate("floor 0.5 each").isBound.holds, true);
  assert.match(rate("floor 0.5 each").terms[0]!.reason, /0\.5 nats of each coordinate are free/);
  assert.match(rate("at 5").isBound.because.join(), /`at 5` asks for a value instead of a minimum/);
});

test("free nats of each coordinate need a rate that is a sum over coordinates", () => {
  const text = (statements: string): string =>
    `spec S {\nmodality X : vector(4)\n${statements}\ncompress I(X; Z) floor 0.5 each\nkeep I(X; Z)\n}`;
  for (const statements of [
    "latent Z : gaussian(2) from X\nprior Z = mixture(3)",
    "latent Z : categorical(4) from X",
  ]) {
    const [fault, ...more] = analyse(text(statements)).diagnostics;
    assert.match(fault!.message, /`each` needs a rate that is a sum over coordinates.*Remove `each`/);
    assert.deepEqual(more, []);
    const fixed = applyEdits(text(statements), fault!.fixes![0]!.edits);
    assert.match(fixed, /floor 0\.5\s*\n/);
    assert.deepEqual(analyse(fixed).diagnostics, []);
  }
});

test("a target holds one rate", () => {
  const text =
    "spec S {\nmodality X : vector(4)\nmodality Y : vector(4)\nlatent Z : gaussian(2) from X, Y by moe\ncompress I(X, Y; Z) at 5\nkeep I(X; Z)\n}";
  const messages = analyse(text).diagnostics.map(({ message }) => message);
  assert.match(messages.join(), /`at` needs a single rate, and this term combines 2/);
});

test("each subset is a term, and a code cannot share the encoder of another shape", () => {
  const loss = derive(
    "latent Z : gaussian(2) from X, Y by poe",
    "compress I(X, Y; Z)",
    "each S in subsets(X, Y): keep I(S; Z[S])",
  );
  assert.deepEqual(
    loss.terms.filter(({ term }) => term.side === "keep").map(({ term }) => term.id),
    ["keep I(X; Z[X])", "keep I(Y; Z[Y])", "keep I(X; Z)", "keep I(Y; Z)"],
  );
  const text =
    "spec S {\nmodality X : vector(4)\nmodality Y : vector(5)\nlatent Z : gaussian(2) from X\nlatent W : gaussian(2) from Y\nshare Z, W\ncompress I(X; Z)\ncompress I(Y; W)\nkeep I(X; Z, W)\n}";
  assert.match(
    analyse(text)
      .diagnostics.map(({ message }) => message)
      .join(),
    /cannot share an encoder/,
  );
});
