import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest } from "../../core/language/nearest";
import { quote, scan } from "../../core/language/scanner";

const texts = (text: string): string[] =>
  scan(text)
    .tokens.map((token) => token.text)
    .slice(0, -1);

test("words, numbers, ranges and signs", () => {
  assert.deepEqual(texts("Zx_1 Größe β2 0.1..1024 1e-3 .5 2E+7 1..2"), [
    ...["Zx_1", "Größe", "β2", "0.1", "..", "1024", "1e-3", ".5", "2E+7", "1", "..", "2"],
  ]);
  assert.deepEqual(texts("density-ratio a|b;c"), ["density", "-", "ratio", "a", "|", "b", ";", "c"]);
});

test("places, lines and columns", () => {
  const { tokens } = scan("a b\r\n  c\r\td");
  assert.deepEqual(
    tokens.map(({ start, first, column }) => [start, first, column]),
    [
      [0, true, 0],
      [2, false, 2],
      [7, true, 2],
      [10, true, 1],
      [11, false, 2],
    ],
  );
});

test("strings keep to their line, and quoting one gives it back", () => {
  const [string] = scan('"a \\"b\\" \\\\"').tokens;
  assert.equal(string?.value, 'a "b" \\');
  assert.equal(quote('a "b" \\'), '"a \\"b\\" \\\\"');
  assert.equal(string.fault, undefined);
  const [open, next] = scan('"a // b\nc').tokens;
  assert.equal(open?.text, '"a');
  assert.equal(open.fault?.code, "unclosed-string");
  assert.equal(next?.text, "c");
});

test("comments, and which of them document", () => {
  const { trivia } = scan("/// a\n//// b\nx // c\n/// d\n  // e  \ny /// f");
  assert.deepEqual(
    trivia.map(({ text, doc }) => [text, doc]),
    [
      ["/// a", true],
      ["//// b", false],
      ["// c", false],
      ["/// d", true],
      ["// e", false],
      ["/// f", false],
    ],
  );
});

test("foreign characters carry their own fault", () => {
  assert.deepEqual(
    scan("a × 😀 ‘b’ # c").tokens.map(({ text, fault }) => [text, fault?.code]),
    [
      ["a", undefined],
      ["×", "bad-character"],
      ["😀", "bad-character"],
      ["‘b’", "bad-character"],
      ["# c", "bad-character"],
      ["", undefined],
    ],
  );
});

test("the word that was meant", () => {
  const words = ["compress", "keep", "knob", "by", "at"];
  assert.equal(nearest("compres", words), "compress");
  assert.equal(nearest("ocmpress", words), "compress");
  assert.equal(nearest("KEEP", words), "keep");
  assert.equal(nearest("kepp", words), "keep");
  assert.equal(nearest("bu", words), "by");
  assert.equal(nearest("b", words), undefined);
  assert.equal(nearest("kelp!", words), undefined);
});
