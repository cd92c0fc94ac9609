import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { withChange } from "../../cli/changed";
import { knobSetting } from "../../cli/knob";
import { knobText } from "../../core/language/knob-text";
import { analyse } from "../../core/theory/analyse";
import { smallSpec } from "../trainer/session";
import { bottleneck, withFiles } from "./terminal";

const origin = { location: "file:///a.bottleneck", uses: {} };

test("a knob's value is text in one way, with no digit of noise", () => {
  assert.deepEqual([0.1 + 0.2, 32, 1024, 1 / 3, -2.5, 1e-9, 123456789].map(knobText), [
    "0.3",
    "32",
    "1024",
    "0.333333",
    "-2.5",
    "1e-9",
    "123457000",
  ]);
});

test("whatever value is written, the text stays valid and has it within the range", () => {
  const number = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(number, number, fc.double({ noNaN: true, noDefaultInfinity: true }), (a, b, value) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      fc.pre(from < to);
      const text = smallSpec().replace("beta = 32 in 0.1 .. 1024", `beta = ${from} in ${from} .. ${to}`);
      const written = withChange(analyse(text, origin), undefined, { kind: "knob", name: "beta", value })!;
      const { diagnostics, specs } = analyse(written.text, origin);
      assert.deepEqual(
        diagnostics.filter(({ severity }) => severity === "error"),
        [],
      );
      const knob = specs[0]!.spec!.knobs[0]!;
      const inside = Math.min(to, Math.max(from, value));
      assert.ok(Math.abs(knob.value - inside) <= 1e-5 * Math.abs(inside), `${knob.value} for ${value}`);
    }),
    { numRuns: 60 },
  );
});

test("a knob of the command line has its spec's name and range", async () => {
  const { knobs } = analyse(smallSpec(), origin).specs[0]!.spec!;
  assert.deepEqual(knobSetting("beta=0.1", knobs), ["beta", 0.1]);
  assert.throws(() => knobSetting("beta=", knobs), /KNOB=NUMBER/);
  assert.throws(() => knobSetting("gamma=1", knobs), /unknown knob gamma; the spec has beta/);
  assert.throws(() => knobSetting("beta=5000", knobs), /within its range, 0\.1 to 1024, not 5000/);
  await withFiles({ "a.bottleneck": smallSpec() }, async (path) => {
    const { code, err } = await bottleneck("preview", path("a.bottleneck"), "--set", "beta=5000");
    assert.equal(code, 2);
    assert.match(err, /--set beta must be within its range/);
  });
});
