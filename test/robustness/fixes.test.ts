/** Texts with one fault: one message of it, and fixes that fix it. The whole count is in docs/robustness.md. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../core/language/formatter";
import { analyse } from "../../core/theory/analyse";
import { fixesOf, spellingEdits } from "../../core/theory/fixes";
import { outcomeOf } from "./fixes";
import { survey, surveyFixAll } from "./survey";

const TEXTS = 500;

const seen = survey(TEXTS, 11);

test("a fix that is offered mends its finding, adds none, and keeps comments, line ends and indent", () => {
  assert.ok(seen.fixes > 150, `only ${seen.fixes} fixes were offered`);
  assert.deepEqual(seen.failings, []);
});

test("one fault gives one or two findings: more in at most 1 % of the texts", () => {
  assert.ok(seen.cascades.length <= TEXTS / 100, seen.cascades.join("\n"));
});

test("at least four in ten texts with an error are offered a fix that mends all of it", () => {
  assert.ok(seen.mended >= 0.4 * seen.faulty, `${seen.mended} of ${seen.faulty}`);
});

test("all fixes of syntax and spelling at once leave fewer errors", () => {
  const { edited, failings } = surveyFixAll(150, 12);
  assert.ok(edited > 20, `${edited} texts were edited`);
  assert.deepEqual(failings, []);
});

const view = "modality X : vector(4)\n  modality Y : vector(4)";

for (const [what, body] of [
  [
    "a product of experts without the prior",
    "latent Z : gaussian(8) from X, Y by poe\n  compress I(X, Y; Z)\n  keep I(X; Z)\n  keep I(Y; Z)",
  ],
  [
    "a want that is not met",
    "want forget(Y) in Z\n  latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(Y; Z)",
  ],
  [
    "a knob of a loss that compresses nothing",
    "latent Z : gaussian(2) from X\n  knob beta = 8 in 1 .. 64 log\n  keep I(X; Z)",
  ],
])
  test(`fixing all leaves ${what} as it is`, () => {
    assert.deepEqual(spellingEdits(analyse(`spec A {\n  ${view}\n  ${body}\n}\n`)), []);
  });

test("a fix is judged by what it does: planted ones fail", () => {
  const text =
    "spec A {\r\n\tmodality X : vector(4) // four\r\n\tlatent Z : gaussian(2) from X\r\n\tcompress I(X; Z)\r\n\tkeep I(Q; Z)\r\n}\r\n";
  const analysis = analyse(text);
  const [finding] = analysis.diagnostics;
  const place = text.indexOf("Q");
  const judged = (start: number, end: number, by: string): string[] =>
    outcomeOf(analysis.diagnostics, text, finding!, {
      title: "",
      edits: [{ range: { start, end }, text: by }],
    }).failings;
  assert.deepEqual(judged(place, place + 1, "X"), []);
  assert.match(judged(place, place + 1, "R").join(), /adds unknown-name/);
  assert.match(judged(place, place + 1, "").join(), /breaks the form/);
  assert.match(judged(0, 0, "\n").join(), /leaves the finding,changes the line ends/);
  const comment = text.indexOf(" // four");
  assert.match(judged(comment, comment + 8, "").join(), /changes the comments/);
  assert.match(judged(place - 7, place - 7, "  ").join(), /leaves the finding/);
});

const fixed = (text: string, code: string): string[] => {
  const analysis = analyse(text);
  return analysis.diagnostics
    .filter((finding) => finding.code === code)
    .flatMap((finding) => fixesOf(analysis, finding).map(({ edits }) => applyEdits(text, edits)));
};

test("a declaration without its name is one error", () => {
  const text =
    "spec A {\n  modality : vector(4)\n  latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(X; Z)\n}\n";
  assert.deepEqual(
    analyse(text).diagnostics.map(({ code }) => code),
    ["expected"],
  );
});

test("a name that is declared nowhere is told once, with its other uses, and its fix changes all of them", () => {
  const text =
    "spec A {\n  modality left : vector(4)\n  latent Z : gaussian(2) from lefd\n  compress I(lefd; Z)\n  keep I(lefd; Z)\n}\n";
  const { diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.map(({ code, related = [] }) => [code, related.length]),
    [["unknown-name", 2]],
  );
  assert.equal(fixed(text, "unknown-name")[0], text.replaceAll("lefd", "left"));
  assert.equal(applyEdits(text, spellingEdits(analyse(text))), text.replaceAll("lefd", "left"));
});

test("a list in round brackets is one error, at the list, whose fix changes both brackets", () => {
  const withList = (list: string): string =>
    `spec A {\n  modality X : vector(4)\n  target Y : label(3)\n  latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(Y; Z) by categorical(weights = ${list})\n}\n`;
  for (const list of ["(1, 2, 5)", "(1, 2, 5,)", "(1,2,5)"]) {
    const text = withList(list);
    const analysis = analyse(text);
    const [finding, ...others] = analysis.diagnostics;
    assert.deepEqual([finding?.code, others], ["expected", []]);
    assert.equal(text.slice(finding!.range.start, finding!.range.end), list);
    const [fix, ...more] = fixesOf(analysis, finding!);
    assert.deepEqual([fix?.title, more], ["Change to square brackets", []]);
    const fixed = applyEdits(text, fix!.edits);
    assert.equal(fixed, withList(list.replace("(", "[").replace(")", "]")));
    assert.deepEqual(analyse(fixed).diagnostics, []);
  }
});

test("a word that is written twice is one error, whose fix removes one", () => {
  const text =
    "spec A {\n  modality modality X : vector(4)\n  latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(X; Z)\n}\n";
  assert.deepEqual(fixed(text, "expected"), [text.replace("modality modality", "modality")]);
  assert.equal(analyse(text).diagnostics.length, 1);
});

test("a line that a fix adds goes below a comment of its statement, and one that it takes away leaves no blank", () => {
  const text =
    "spec A {\r\n\tmodality X : vector(4)\r\n\tlatent Z : gaussian(2) from X // the code\r\n\tknob w = 1 in 0.1 .. 2\r\n\tkeep I(X; Z)\r\n}\r\n";
  assert.deepEqual(fixed(text, "unpaid-latent"), [
    text.replace("// the code\r\n", "// the code\r\n\tcompress I(X; Z)\r\n"),
  ]);
  assert.deepEqual(fixed(text, "unused-knob"), [text.replace("\tknob w = 1 in 0.1 .. 2\r\n", "")]);
});
