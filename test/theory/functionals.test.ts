/** Terms beyond I(X; Z): `separate`, a known factor to forget, TC, gap and H, with the bounds that hold them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../core/theory/analyse";
import { scalarText } from "../../core/theory/terms/scalar";

const declarations = `modality X : vector(6)
  modality Y : vector(6)
  target S : label(3)
  latent Z : gaussian(2) from X
  latent W : gaussian(2) from X
  latent V : gaussian(2) from Y
  latent D : deterministic(2) from Y
  latent U : gaussian(3) from Z
  knob beta = 4 in 1 .. 10
  knob g = 0.5 in 0.1 .. 1`;

const analysed = (...lines: string[]) => analyse(`spec A {\n  ${declarations}\n  ${lines.join("\n  ")}\n}`);

/** The one error of these statements. */
function told(line: string, message: RegExp): void {
  const errors = analysed(line).diagnostics.filter(({ severity }) => severity === "error");
  assert.equal(errors.length, 1, `${line}: ${errors.map((error) => error.message).join("\n")}`);
  assert.match(errors[0]!.message, message);
}

/** Bound, side of the spec, weight and reason of the last term. */
function derived(...lines: string[]) {
  const { specs, diagnostics } = analysed(...lines);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
    [],
  );
  const loss = specs[0]!.derived!;
  const { term, bound, effectiveWeight, reason } = loss.terms.at(-1)!;
  return { id: term.id, side: term.side, bound: bound.id, weight: scalarText(effectiveWeight), reason, loss };
}

test("`separate` pays for what two codes share, not times beta, by the chain rule", () => {
  const { id, side, bound, weight, reason, loss } = derived("keep I(X; Z, W)", "separate Z, W weight g");
  assert.deepEqual([id, side, bound, weight], ["compress I(Z; W)", "compress", "chain", "g"]);
  assert.match(reason, /the default between two codes: no critic is needed/);
  assert.equal(loss.isBound.holds, true);
  assert.match(loss.steps.at(-2)!.text, /plus the entropy of the decoded streams, is at most Chain\(Z; W\)/);
  assert.equal(derived("keep I(X; Z, W)", "separate Z, W").weight, "1");
  assert.equal(derived("separate Z, W weight g by chain").bound, "chain");
});

test("a known factor is forgotten by the chain rule", () => {
  const { bound, reason } = derived("keep I(X; Z)", "compress I(Z; S)");
  assert.equal(bound, "chain");
  assert.match(reason, /the default to forget a known factor/);
  assert.doesNotMatch(reason, /its rate includes that/);
  assert.match(derived("compress I(Z; S) by kl").reason, /its rate includes that/);
});

test("TC and gap get their bounds", () => {
  assert.equal(derived("compress TC(Z) by mws(samples = 1000)").bound, "mws");
  assert.equal(derived('data "d.npz" { samples = 1000 }', "compress gap(Z, each)").bound, "mws");
  assert.equal(derived("compress TC(Z, W) by density-ratio").bound, "density-ratio");
  assert.equal(derived("compress gap(D) by mmd").bound, "mmd");
  assert.equal(derived("keep TC(Z, W, V)").bound, "infonce");
  assert.equal(derived("keep TC(Z, W) by infonce(critic = product)").bound, "infonce");
  assert.match(
    derived("compress gap(Z) by adversary").loss.isBound.because.join(),
    /`adversary` is not a bound/,
  );
});

test("what a bound cannot hold is told with a remedy", () => {
  told("compress TC(Z)", /`mws` needs the number of training samples\. Write `by mws\(samples = 8000\)`/);
  told(
    "compress TC(Z, W)",
    /the coordinates of a single code, but `TC\(Z, W\)` has several\. Use `density-ratio`/,
  );
  told("compress H(Z) by mws(samples = 10)", /`mws` serves `I`, `TC` and `gap`, not `H\(Z\)`/);
  told("compress gap(D) by mws(samples = 10)", /needs a code with noise, and `D` is `deterministic`/);
  told("compress gap(Z, each) by mmd", /Write `gap\(Z\)`, or use `mws`/);
  told("compress TC(Z) by mmd", /it only serves `gap\(Z\)`/);
  told("keep gap(Z)", /meant for `compress`/);
  told("keep TC(Z)", /meant for `compress`/);
  told("keep TC(Z, W, U)", /Give all of them the same width/);
  told("keep TC(Z, W, V) by infonce(critic = dot)", /use `critic = product`/);
  told("keep TC(Z, W, V) by nwj", /`nwj` needs two sides/);
  // `mws` is offered where the number of samples is known.
  told("compress TC(Z) by infonce", /does not limit `TC\(Z\)`\. Use `density-ratio`\.$/);
  told('data "d.npz" { samples = 1000 } compress TC(Z) by infonce', /Use `mws` or `density-ratio`\.$/);
  told("separate Z, D", /`chain` needs a code with noise, and `D` is `deterministic`/);
  told("separate Z, S", /`S` is a stream\. To remove a known factor from a code, write `compress I\(S; Z\)`/);
  told("separate Z, Z", /needs two different latents, and both are `Z`/);
  told("compress I(X; Z) by chain", /`chain` needs two codes/);
  told("compress I(X; D) by club", /infinite/);
  told("keep I(Z; V) by canonical\ntrain { batch = 4 }", /a batch larger than the two widths together/);
  told("keep I(Z; U) by barlow", /coordinate by coordinate, and these have 2 and 3/);
});
