import assert from "node:assert/strict";
import { test } from "node:test";
import { analyseExample } from "../../scripts/manual/example";
import { checks, rules } from "../../core/theory/diagnostics/index";

for (const rule of rules) {
  test(`${rule.code}: its example has it, alone, and its fixed example has nothing of the kind`, () => {
    const found = analyseExample(rule.example, rule).diagnostics;
    assert.deepEqual(
      found
        .filter(
          ({ severity }) => severity === "error" || severity === "warning" || severity === rule.severity,
        )
        .map(({ code }) => code),
      [rule.code],
      `the example gives ${found.map(({ code, message }) => `${code}: ${message}`).join("\n")}`,
    );
    assert.equal(found.find(({ code }) => code === rule.code)?.severity, rule.severity);
    const fixed = analyseExample(rule.fixed, rule).diagnostics.filter(
      ({ severity }) => severity !== "information",
    );
    assert.deepEqual(fixed, [], "the fixed example");
    assert.ok(
      !analyseExample(rule.fixed, rule).diagnostics.some(({ code }) => code === rule.code),
      "the fixed example",
    );
  });

  test(`${rule.code}: every fix of its example removes it`, () => {
    for (const { code, fixes } of analyseExample(rule.example, rule).diagnostics) {
      if (code !== rule.code) continue;
      for (const fix of fixes ?? []) {
        const edits = [...fix.edits].sort((a, b) => b.range.start - a.range.start);
        const text = edits.reduce(
          (all, { range, text: by }) => all.slice(0, range.start) + by + all.slice(range.end),
          rule.example,
        );
        const left = analyseExample(text, rule).diagnostics.filter((other) => other.code === rule.code);
        assert.deepEqual(left, [], `after "${fix.title}":\n${text}`);
      }
    }
  });
}

test("what is found in a whole spec comes with a fix", () => {
  for (const { code, example } of checks) {
    const found = analyseExample(example, {}).diagnostics.filter((diagnostic) => diagnostic.code === code);
    assert.ok(
      found.some(({ fixes = [] }) => fixes.length > 0),
      code,
    );
  }
});

test("codes of diagnostics are kebab-case, each once, and documented", () => {
  const codes = rules.map(({ code }) => code);
  assert.equal(new Set(codes).size, codes.length);
  for (const { code, doc } of rules) {
    assert.match(code, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(doc.length > 60, code);
  }
});
