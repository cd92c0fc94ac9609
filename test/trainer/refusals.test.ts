/** What a preview refuses: each has an example that has it alone, and the same example fixed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { applyEdits } from "../../core/language/formatter";
import { faults } from "../../core/language/faults";
import { analyse } from "../../core/theory/analyse";
import { rules } from "../../core/theory/diagnostics/index";
import { chooseSpec } from "../../core/train/prepare";
import { Rejection } from "../../core/train/rejection";
import { refusals } from "../../core/train/refusals";
import { refusedExample } from "../../scripts/manual/example";

for (const { code, severity, doc, example, fixed } of refusals) {
  test(`${code}: its example is refused for it alone, and its fixed example trains`, () => {
    const found = refusedExample(example);
    assert.deepEqual(
      found.map((one) => [one.code, one.severity]),
      [[code, severity]],
    );
    assert.deepEqual(refusedExample(fixed), []);
    assert.deepEqual(analyse(fixed).diagnostics, []);
    assert.ok(
      analyse(example).diagnostics.every((one) => one.severity !== "error"),
      "`check` sees it",
    );
    // No setting and no comment hides an error.
    assert.equal(severity, "error");
    for (const { edits } of found[0]!.fixes ?? [])
      assert.deepEqual(refusedExample(applyEdits(example, edits)), []);
    assert.ok(doc.length > 60);
  });
}

test("every code that a preview reports is in a list of the manual", () => {
  const listed = new Set([...rules, ...refusals].map(({ code }) => code).concat(Object.keys(faults)));
  const sources = ["prepare", "support", "refusals", "host"].map((name) =>
    readFileSync(new URL(`../../core/train/${name}.ts`, import.meta.url), "utf8"),
  );
  const written = sources.flatMap((text) =>
    [...text.matchAll(/\bcode: "([^"]+)"/g)].map(([, code]) => code!),
  );
  assert.ok(written.length >= refusals.length);
  for (const code of written) assert.ok(listed.has(code), code);
  assert.equal(new Set([...rules, ...refusals].map(({ code }) => code)).size, rules.length + refusals.length);
});

test("a name that no spec has is refused with those that there are", () => {
  const text = "spec A {\n}\nspec B {\n}\n";
  assert.throws(
    () => chooseSpec({ text, spec: "C" }),
    (error) =>
      error instanceof Rejection && /no spec `C` in this file; it has `A`, `B`\./.test(error.message),
  );
});
