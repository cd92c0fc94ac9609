import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits, format } from "../../core/language/formatter";
import { nodeAt } from "../../core/language/nodes";
import { parse } from "../../core/language/parser";
import type { Parse } from "../../core/language/sections";
import { symbolsOf } from "../../core/language/symbols";
import { meaning } from "./trees";

const files = ["shared-digit", "whole"].map((name) =>
  readFileSync(new URL(`./files/${name}.bottleneck`, import.meta.url), "utf8"),
);

const statementsOf = ({ tree }: Parse): number =>
  tree.specs.reduce((sum, spec) => sum + spec.statements.length, 0);

/** Everything that reads a text, on a text that may be broken; no two errors may share a place. */
function readAll(text: string): Parse {
  const parsed = parse(text);
  const places = parsed.diagnostics.map(({ range }) => range.start);
  assert.equal(new Set(places).size, places.length, `two errors at one place of:\n${text}`);
  for (const { range } of parsed.diagnostics) {
    assert.ok(
      0 <= range.start && range.start <= range.end && range.end <= text.length,
      "an error outside the text",
    );
  }
  symbolsOf(parsed.tree);
  nodeAt(parsed.tree, text.length >> 1);
  return parsed;
}

/** One fault in a valid file: one error at most, and all but `lost` statements still in the outline. */
function checkFault(text: string, what: string, whole: number, lost: number): void {
  const parsed = readAll(text);
  const told = parsed.diagnostics.map(({ message, range }) => `\n  ${message} (at ${range.start})`).join("");
  assert.ok(parsed.diagnostics.length <= 1, `${what} gives ${parsed.diagnostics.length} errors:${told}`);
  const left = statementsOf(parsed);
  assert.ok(left >= whole - lost, `${what} leaves ${left} of ${whole} statements:${told}`);
}

for (const [f, text] of files.entries()) {
  const whole = statementsOf(parse(text));
  const lines = text.split("\n");

  test(`file ${f}: any prefix gives one error at most, and what is whole stays`, () => {
    let before = 0;
    for (let end = 0; end <= text.length; end++) {
      const parsed = readAll(text.slice(0, end));
      assert.ok(
        parsed.diagnostics.length <= 1,
        `${parsed.diagnostics.length} errors in the first ${end} characters`,
      );
      const count = statementsOf(parsed);
      assert.ok(count >= before - 1, `the outline falls from ${before} to ${count} after ${end} characters`);
      before = Math.max(before, count);
    }
  });

  test(`file ${f}: any line deleted or doubled gives one error at most`, () => {
    lines.forEach((line, i) => {
      checkFault(lines.toSpliced(i, 1).join("\n"), `deleting line ${i + 1} \`${line}\``, whole, 1);
      checkFault(lines.toSpliced(i, 0, line).join("\n"), `doubling line ${i + 1} \`${line}\``, whole, 0);
    });
  });

  test(`file ${f}: any character deleted gives one error at most`, () => {
    for (let i = 0; i < text.length; i++) {
      if (text[i] === "\n") continue;
      const near = `deleting ${JSON.stringify(text[i])} after ${JSON.stringify(text.slice(Math.max(0, i - 15), i))}`;
      checkFault(text.slice(0, i) + text.slice(i + 1), near, whole, 1);
    }
  });

  test(`file ${f}: any sign put in gives one error at most, but for one in the mark of a comment`, () => {
    const signs = ["q", "(", ")", "{", "}", ";", ",", "=", '"', "$", "1", " "];
    for (let i = 0; i < text.length; i++) {
      if (text[i - 1] === "/" && text[i] === "/") continue;
      const sign = signs[i % signs.length] ?? "";
      const near = `${JSON.stringify(sign)} after ${JSON.stringify(text.slice(Math.max(0, i - 15), i))}`;
      checkFault(text.slice(0, i) + sign + text.slice(i), near, whole, 2);
    }
  });

  test(`file ${f}: what two faults leave untouched is formatted without a change of meaning`, () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(text.length - 1), (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const broken = text.slice(0, low) + text.slice(low + 1, high) + text.slice(high + 1);
        const { tree } = parse(broken);
        const formatted = applyEdits(broken, format(broken));
        assert.deepEqual(meaning(parse(formatted).tree), meaning(tree));
      }),
      { numRuns: 100 },
    );
  });
}

test("no text at all makes reading fail", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        "spec",
        "A",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ",",
        ";",
        ":",
        "=",
        "+",
        "-",
        "*",
        "/",
        "|",
        "..",
        "\n",
        " ",
        '"',
      ],
      ...[
        "keep",
        "compress",
        "latent",
        "each",
        "in",
        "I(",
        "from",
        "by",
        "train",
        "data",
        "0.1",
        "//",
        "///",
        "\r\n",
      ],
    ),
    fc.string({ maxLength: 3, unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join(pieces.length % 2 === 0 ? " " : "");
      readAll(text);
      applyEdits(text, format(text));
    }),
    { numRuns: 1500 },
  );
});

test("deep nesting is refused, not a stack overflow", () => {
  for (const text of [
    `spec A { knob a = ${"(".repeat(1e5)}`,
    `spec A { knob a = ${"-".repeat(1e5)}1 }`,
    `spec A { knob a = ${"1 + ".repeat(1e5)}1 }`,
    `spec A { keep ${"2 * ".repeat(1e5)}I(X; Z) }`,
    `spec A { knob a = ${"[".repeat(1e5)}`,
    `spec A { modality X : ${"f(".repeat(1e5)}`,
    `spec A { ${"each V in X: ".repeat(1e5)} keep I(V; Z) }`,
  ]) {
    const { diagnostics } = parse(text);
    assert.equal(diagnostics[0]?.code, "too-deep", text.slice(0, 40));
  }
});
