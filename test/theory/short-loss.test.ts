import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { catalogue } from "../../core/catalogue/index";
import { analyse } from "../../core/theory/analyse";
import type { DerivedLoss } from "../../core/theory/derivation/loss";
import { canonicalForm } from "../../core/theory/recognition/canonical";
import { compare } from "../../core/theory/recognition/match";
import { tableEntries } from "../../core/theory/recognition/table";
import { shortLoss } from "../../core/views/short-loss";
import { changes } from "./rewriting/changes";
import { Random } from "./rewriting/random";
import { putTogether, takenApart } from "./rewriting/written";
import { two, views } from "./specs";

const examples = new URL("../../examples/", import.meta.url);

/** The loss of a text; nothing where it has no loss. */
function lossOf(text: string): DerivedLoss | undefined {
  const [found] = analyse(text).specs;
  return found?.valid ? found.derived : undefined;
}

const shortOf = (text: string): string => shortLoss(lossOf(text)!);

test("what the short form of a loss looks like", () => {
  const expected: [string, string][] = [
    [two("compress I(X; Z)", "keep I(X; Z)"), "L = R(Z) − D(X; Z)"],
    [two("knob beta = 4 in 1 .. 10", "compress I(X; Z)", "keep I(X; Z)"), "L = R(Z) − β D(X; Z)"],
    [two("compress 2 * I(X; Z)", "keep I(X; Z)"), "L = 2R(Z) − D(X; Z)"],
    [two("compress I(X; Z) at 5", "keep I(X; Z)"), "L = |R(Z) − 5| − D(X; Z)"],
    [
      views("compress I(X, Y; Z)", "compress I(X, Y; W)", "keep I(L; Z)", "keep w * I(X; Z) + w * I(Y; W)"),
      "L = R(Z) + R(W) − [D(L; Z) + w(D(X; Z) + D(Y; W))] · Z = concat(X, Y) · W = concat(X, Y)",
    ],
    [
      views("compress (1 - w) * I(X, Y; Z)", "keep 3 * w * I(X; Z) + 3 * w * I(Y; Z)"),
      "L = (1 − w)R(Z) − 3·w[D(X; Z) + D(Y; Z)] · Z = concat(X, Y)",
    ],
  ];
  for (const [text, short] of expected) assert.equal(shortOf(text), short, text);
  const repeated = "compress a: I(X; Z)\n  compress b: 2 * I(X; Z)\n  keep I(X; Z)";
  assert.equal(shortOf(two(repeated)), "L = 3R(Z) − D(X; Z)", "equal terms are added");
});

test("the short form tells all methods of the catalogue apart", () => {
  const methods = new Map<string, string>();
  for (const { entry, derived } of tableEntries()) {
    const short = shortLoss(derived);
    assert.equal(methods.get(short), undefined, `${entry.method} reads as ${methods.get(short)}: ${short}`);
    methods.set(short, entry.method);
  }
  assert.equal(methods.size, catalogue().length);
});

test("most short forms fit on a line of 100 characters, and all on two", () => {
  const lengths = tableEntries()
    .map(({ derived }) => shortLoss(derived).length)
    .sort((a, b) => a - b);
  const quantile = (share: number): number => lengths[Math.ceil(share * lengths.length) - 1]!;
  assert.deepEqual([0.25, 0.5, 0.75, 0.9, 1].map(quantile), [30, 48, 71, 100, 188]);
  for (const name of readdirSync(examples).filter((file) => file.endsWith(".bottleneck"))) {
    const { specs } = analyse(readFileSync(new URL(name, examples), "utf8"));
    assert.ok(specs.length > 0);
    for (const { derived, valid } of specs) {
      assert.ok(valid && derived !== undefined, name);
      const short = shortLoss(derived);
      assert.ok(short.length <= 100, `${name} takes ${short.length} characters: ${short}`);
    }
  }
});

const CHANGES = 300;

test(`${CHANGES} single changes of methods that change the loss change its short form`, () => {
  const random = new Random(11);
  const names = Object.keys(changes);
  let count = 0;
  while (count < CHANGES) {
    const entry = random.pick(catalogue());
    const name = names[count % names.length]!;
    const written = takenApart(entry.text);
    const changed = changes[name]!(written, random);
    const [before, after] = [lossOf(putTogether(written)), changed && lossOf(putTogether(changed))];
    if (before === undefined || after === undefined) continue;
    count++;
    if (compare(canonicalForm(before), canonicalForm(after))?.distance === 0) continue;
    assert.notEqual(
      shortLoss(after),
      shortLoss(before),
      `${entry.method}, ${name}:\n${putTogether(changed!)}`,
    );
  }
});
