import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits, format, formatText } from "../../core/language/formatter";
import { parse } from "../../core/language/parser";
import { print } from "../../core/language/printer";
import { scan } from "../../core/language/scanner";
import { anyTree, meaning } from "./trees";

const readFile = (name: string): string =>
  readFileSync(new URL(`./files/${name}.bottleneck`, import.meta.url), "utf8");

test("the example of the language is formatted already", () => {
  assert.equal(formatText(readFile("shared-digit")), readFile("shared-digit"));
});

test("columns, comments, blank lines and blocks", () => {
  const text = `  language   1
// lead
use "./o"   // t


// about A
/// doc
spec   A   { // open

// first
   modality X:image( 28,28 )   // xx
   observe   digit :label(10)
   /// doc y


   target Y : scalar /// trailing
   knob beta=32 in .1..1024 log
   knob w=0.02 in 0.001..1
   keep I(X;
      // inside
         Z)
   compress w*(2+3)*I(X;Z)by kl // a long way behind
   train { // c0
     epochs=10, // c1

      // own
      batch = 3
       , seed=1
       // end

   } // after

   // last
   }
spec B { latent Z : gaussian(8) from X  share Z, W } // behind
// tail`;
  assert.equal(
    formatText(text),
    `language 1
// lead
use "./o"  // t

// about A
/// doc
spec A {  // open
  // first
  modality X : image(28, 28)              // xx
  observe  digit : label(10)
  /// doc y

  target Y : scalar                       /// trailing
  knob beta = 32   in .1 .. 1024 log
  knob w    = 0.02 in 0.001 .. 1
  keep I(X;
      // inside
         Z)
  compress w * (2 + 3) * I(X; Z) by kl    // a long way behind
  train {  // c0
    epochs = 10  // c1

    // own
    batch = 3
    seed = 1
    // end
  }  // after

  // last
}

spec B {
  latent Z : gaussian(8) from X
  share Z, W
}  // behind
// tail
`,
  );
});

test("a statement too wide for the page is broken where it may be", () => {
  const term = "0.123456789 * I(Xxxxxxxxxxxx, Yyyyyyyyyyyy; Zzzzzzzzzzzz) by gaussian";
  const settings = Array.from({ length: 12 }, (_, i) => `setting${i} = ${i}`);
  assert.equal(
    formatText(`spec A {\nkeep ${term} + ${term}\ntrain { ${settings.join(", ")} }\n}`),
    `spec A {\n  keep ${term}\n    + ${term}\n  train {\n    ${settings.join("\n    ")}\n  }\n}\n`,
  );
});

test("line ends and a byte order mark stay", () => {
  assert.equal(formatText("\uFEFFspec A {\r\ndrop  Z\r\n}"), "\uFEFFspec A {\r\n  drop Z\r\n}\r\n");
  assert.equal(formatText(""), "");
});

test("in a text with errors only whole statements on their own lines are touched", () => {
  const text =
    "spec A {\n\n\nmodality X:scalar  // x\n      latent Z gaussian(\nkeep  I(X;Z)\n train { a=1 }}";
  assert.equal(
    formatText(text),
    "spec A {\n\n\n  modality X : scalar     // x\n      latent Z gaussian(\n  keep I(X; Z)\n train { a=1 }}",
  );
});

test("a range is formatted without touching other lines", () => {
  const text = "spec A {\ndrop  X\ndrop  Y\n\n\ndrop  Z\n}";
  const start = text.indexOf("drop  Y");
  assert.equal(
    applyEdits(text, format(text, { start, end: start + 2 })),
    "spec A {\ndrop  X\n  drop Y\n\n\ndrop  Z\n}",
  );
  assert.equal(
    applyEdits(text, format(text, { start, end: text.length - 2 })),
    "spec A {\ndrop  X\n  drop Y\n\n  drop Z\n}",
  );
});

/** A text with its white space changed, and comments put where lines end. */
function roughen(text: string, choices: readonly number[]): string {
  const { tokens, trivia } = scan(text);
  const pieces = [...tokens.slice(0, -1), ...trivia].sort((a, b) => a.start - b.start);
  let result = "";
  let before = 0;
  pieces.forEach((piece, i) => {
    const choice = choices[i % choices.length] ?? 0;
    const gap = text.slice(before, piece.start);
    const comment = [" // a", "\n// b\n", " /// c", "\n\n\n"][choice % 4] ?? "";
    if (gap.includes("\n"))
      result += `${choice % 3 === 0 ? comment : ""}${choice % 5 === 0 ? "\n\n\n" : "\n"}`;
    else if (gap !== "") result += " ".repeat(1 + (choice % 3));
    result += text.slice(piece.start, piece.end);
    before = piece.end;
  });
  return result;
}

test("formatting keeps the meaning and every comment, and does nothing twice", () => {
  const choices = fc.array(fc.nat(59), { minLength: 20, maxLength: 40 });
  const texts = fc.oneof(anyTree.map(print), fc.constantFrom(readFile("whole"), readFile("shared-digit")));
  fc.assert(
    fc.property(texts, choices, (text, chosen) => {
      const rough = roughen(text, chosen);
      const before = parse(rough);
      assert.deepEqual(before.diagnostics, [], rough);
      const formatted = formatText(rough);
      const after = parse(formatted);
      assert.deepEqual(after.diagnostics, [], formatted);
      assert.deepEqual(meaning(after.tree), meaning(before.tree), formatted);
      const comments = (of: string): string[] => scan(of).trivia.map((trivium) => trivium.text);
      assert.deepEqual(comments(formatted), comments(rough));
      assert.equal(formatText(formatted), formatted);
    }),
    { numRuns: 400 },
  );
});
