/** Words after a statement that the language does not have: one plain error each, and a fix that removes it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../core/language/formatter";
import { parse } from "../../core/language/parser";
import { checked } from "../cases/say";

const spec = (line: string): string => `spec A {
  modality X : vector(6)
  modality Y : vector(6)
  target L : label(4)
  latent Z : gaussian(4) from X
  latent W : gaussian(4) from Y
  knob beta = 4 in 0.1 .. 100 log
  ${line}
}
`;

/** The line, the word that is marked, and what the message says besides. */
const odd: [line: string, word: string, says: RegExp][] = [
  ["anneal beta from 1 over 10 epochs sometimes", "sometimes", /`after`, `hold` or `repeat`/],
  ["anneal beta from 1 over 10 epochs after 5 epochs slowly", "slowly", /`hold` or `repeat`/],
  ["anneal beta from 1 to 3 over 10 epochs", "to", /`over`/],
  ["latent V : gaussian(8) from X dropout 0.1", "dropout", /rate.*`export --to loss-only`/],
  ["latent V : gaussian(8) dropout 0.1 from X", "dropout", /rate.*`export --to loss-only`/],
  ["latent V : gaussian(8) from X, Y by poe softly", "softly", /`given`/],
  ["latent V : gaussian(8) from X wisely by concat", "wisely", /`by`, `given` or `frozen`/],
  ["latent V : gaussian(8) from X frozen twice", "twice", /`by` or `given`/],
  ["latent V : gaussian(8) from X draws 4", "draws", /same expected value.*`export --to loss-only`/],
  ["latent V : gaussian(8) draws 4 from X", "draws", /same expected value.*`export --to loss-only`/],
  ["compress I(X; Z) floor 0.5 cheaply", "cheaply", /`by`/],
  ["compress I(X; Z) twice + I(Y; W)", "twice", /`by`, `at`, `below` or `floor`/],
  ["keep I(L; Z) by categorical smoothed 0.1", "smoothed", /keep LABEL/],
  ["keep I(X; Z) with gaussian", "with", /`by`/],
  ["prior Z = standard frozen", "frozen", /prior NAME = PRIOR/],
  ["share Z, W always", "always", /share NAMES/],
  ["separate Z, W weight 3 gently", "gently", /`by`/],
  ["knob w = 4 in 0 .. 8 log step 2", "step", /knob NAME = VALUE/],
  ["missing X rate 0.2 rows", "rows", /missing STREAM rate VALUE/],
  ["network encoder X = mlp(64) dropout 0.1", "dropout", /`export --to loss-only`/],
  ["want shared(X, Y) mostly", "mostly", /`in`/],
  ["want forget(L) in Z mostly", "mostly", /want INTENT/],
  ["modality Q : vector(3) normalised", "normalised", /`standardise`/],
  ["each V in X: compress I(V; Z) twice", "twice", /`compress`/],
  ['data "planted-factors" shuffled', "shuffled", /data "SOURCE"/],
  ["train { epochs = 2 } slowly", "slowly", /train \{ SETTINGS \}/],
];

for (const [line, word, says] of odd)
  test(`an unknown word after a statement: ${line}`, () => {
    const text = spec(line);
    const { diagnostics } = parse(text);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ["unknown-modifier"],
    );
    const { range, message, fixes } = diagnostics[0]!;
    assert.equal(text.slice(range.start, range.end), word);
    assert.match(message, new RegExp(`^Unexpected \`${word}\``));
    assert.match(message, says);
    const fixed = applyEdits(text, fixes![0]!.edits);
    assert.deepEqual(parse(fixed).diagnostics, []);
    assert.ok(!fixed.includes(` ${word}`), fixed);
  });

/** The line and what is said of it, where the word is an argument. */
const refused: [line: string, says: RegExp][] = [
  [
    "compress I(X; stop(Z))",
    /^unknown-modifier: Unexpected `stop\(`.*no longer minimise.*`export --to loss-only`/m,
  ],
  ["keep I(stop(Z); W)", /^unknown-modifier: Unexpected `stop\(`.*`export --to loss-only`/m],
  ["keep detach(Z)", /^unknown-term: Unexpected `detach\(`.*`export --to loss-only`/m],
  ["train { draws = 4 }", /^unknown-word: .*`draws`.*`export --to loss-only`/m],
  ["train { clip = 1 }", /^unknown-word: .*`clip`.*`export --to loss-only`/m],
  ["network encoder X = mlp(64, dropout = 0.1)", /^wrong-arguments: Dropout.*`export --to loss-only`/m],
  ["network encoder X = mlp(64, batchnorm)", /^wrong-arguments: Normalisation.*`export --to loss-only`/m],
];

for (const [line, says] of refused)
  test(`a request outside the language is refused with its reason: ${line}`, () => {
    assert.match(checked(spec(line)), says);
    assert.doesNotMatch(checked(spec(line)), /^expected/m);
  });

test("a missing comma between two names is still a missing comma", () => {
  const [fault] = parse(spec("share Z W")).diagnostics;
  assert.deepEqual(
    fault!.fixes!.map(({ title }) => title),
    ["Insert `,`"],
  );
});
