/** Texts that no person writes: a million brackets, names of a thousand letters. Read in linear time, or refused with one fault. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { format } from "../../core/language/formatter";
import { parse } from "../../core/language/parser";
import { analyse } from "../../core/theory/analyse";
import { openDocument } from "../../services/document";
import { semanticTokens } from "../../services/semantic-tokens";

const MB = 1 << 20;
const whole = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };

for (const [name, text] of [
  ["brackets at the top", "(".repeat(10_000)],
  ["a million brackets", "(".repeat(1_000_000)],
  ["a million brackets in a term", `spec A {\n  compress ${"(".repeat(1_000_000)}\n}\n`],
  ["a million minus signs", `spec A {\n  knob w = ${"-".repeat(1_000_000)}1\n}\n`],
  ["a word of a million letters", "a".repeat(1_000_000)],
] as const) {
  test(`${name}: one fault, no stack overflow, and nothing to format`, () => {
    const { diagnostics } = analyse(text);
    assert.equal(diagnostics.length, 1);
    assert.equal(diagnostics[0]!.severity, "error");
    assert.deepEqual(format(text), []);
  });
}

test("a text of more than 1 MB is refused at its first line, and by every reader of the text", () => {
  const text = `spec A {\n${"  // a comment\n".repeat(MB / 10)}}\n`;
  const [found, ...others] = analyse(text).diagnostics;
  assert.deepEqual(others, []);
  assert.match(
    found!.message,
    /^This text is larger than 1 MB, so it is not read\. Split it into several files\.$/,
  );
  assert.equal(text.slice(found!.range.start, found!.range.end), "spec A {");
  assert.deepEqual(format(text), []);
  const document = openDocument("file:///a.bottleneck", 1, text);
  assert.deepEqual(semanticTokens(document, whole).data, []);
  assert.deepEqual(
    parse(text.slice(0, MB / 2)).diagnostics.length,
    1,
    "one missing brace: it is read up to the limit",
  );
});

test("names of a thousand letters are names", () => {
  const [x, z] = ["X".repeat(1000), "Z".repeat(1000)];
  const text = `spec ${"A".repeat(1000)} {
  modality ${x} : vector(4)
  latent ${z} : gaussian(2) from ${x}
  compress I(${x}; ${z})
  keep I(${x}; ${z})
}
`;
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(diagnostics, []);
  assert.ok(specs[0]!.valid);
});
