import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { hundredths, nats, number, rounded, signed, whole } from "../../core/language/number-text";

test("a number has so many significant digits, and no zeros that say nothing", () => {
  assert.deepEqual(
    [0, 25, 1 / 3, 1234.56, -0.00012345].map((value) => rounded(value)),
    ["0", "25", "0.333", "1230", "-0.000123"],
  );
  assert.equal(rounded(1234.56, 4), "1235");
  assert.deepEqual([signed(-2.5), signed(2.5)], ["−2.5", "2.5"]);
});

test("whole numbers are grouped by thousands", () => {
  for (const value of [0, 999, 1000, 60000, 1234567])
    assert.equal(whole(value), value.toLocaleString("en-US"));
});

test("a measured number is read at a glance", () => {
  assert.deepEqual([0, 1.934, -17.2, 9.999, 12345.6, -0.00038, Infinity].map(number), [
    "0.00",
    "1.93",
    "−17.2",
    "10.00",
    "12,346",
    "−3.8·10⁻⁴",
    "Infinity",
  ]);
  assert.equal(nats(1.934), "1.93 nats");
});

test("two decimals have no sign before a zero", () => {
  assert.deepEqual([-0.001, -0.25, 0.999].map(hundredths), ["0.00", "−0.25", "1.00"]);
});

test("nothing else makes numbers into text of its own", () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const own = ["core", "cli", "services", "webview", "client"].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .filter((name) =>
        /String\(Number\(.*toPrecision|toLocaleString/.test(readFileSync(`${root}${folder}/${name}`, "utf8")),
      )
      .map((name) => `${folder}/${name}`),
  );
  assert.deepEqual(own, [
    "core/language/knob-text.ts",
    "core/language/number-text.ts",
    // Text of a spec, in as many digits as a number holds.
    "core/theory/refactorings/beta.ts",
  ]);
});
