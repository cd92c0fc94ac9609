/** Refactorings keep every loss and every comment, wherever they are offered, and do what their titles say. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../core/language/formatter";
import { scan } from "../../core/language/scanner";
import { analyse, type Analysis } from "../../core/theory/analyse";
import { derive } from "../../core/theory/derivation/derive";
import type { DerivedLoss } from "../../core/theory/derivation/loss";
import { refactoringsAt } from "../../core/theory/refactorings/index";
import { informationText } from "../../core/theory/terms/print";
import { evaluate, knobValues } from "../../core/theory/terms/scalar";
import { originals } from "./mutations";

/** Terms with bounds and weights, in any order and up to an overall factor. */
function lossOf({ spec, terms }: DerivedLoss): string[] {
  const values = knobValues(spec.knobs);
  const first = Math.max(...terms.map(({ effectiveWeight }) => Math.abs(evaluate(effectiveWeight, values))));
  return terms
    .map(({ term, bound, effectiveWeight }) => {
      const weight = evaluate(effectiveWeight, values) / first;
      return `${weight.toFixed(6)} * ${informationText(term.information)} by ${bound.id} ${JSON.stringify(term.bound?.options ?? {})}`;
    })
    .sort();
}

const lossesOf = ({ specs }: Analysis): Map<string, string[]> =>
  new Map(specs.map(({ tree, spec }) => [tree.name.text, spec ? lossOf(derive(spec)) : []]));

const commentsOf = (text: string): string[] =>
  scan(text)
    .trivia.map((one) => one.text.trim())
    .sort();

test("over the catalogue and the examples: the loss of each spec and its comments are kept", () => {
  const done = new Map<string, number>();
  for (const [i, original] of originals.entries()) {
    const crlf = i % 3 === 1 ? original.text.replaceAll("\n", "\r\n") : original.text;
    const text = i % 4 === 1 ? crlf.replaceAll(/^ {2}/gm, "\t") : crlf;
    const analysis = analyse(text);
    const before = lossesOf(analysis);
    const { statements, name } = analysis.file.specs[0]!;
    const ranges = [
      name.range,
      ...statements.map(({ range }) => ({ start: range.start + 1, end: range.start + 1 })),
      ...statements.slice(1).map(({ range }, at) => ({ start: statements[at]!.range.start, end: range.end })),
    ];
    for (const range of ranges)
      for (const { title, kind, edits } of refactoringsAt(analysis, range)) {
        const after = applyEdits(text, edits);
        const now = analyse(after);
        const says = `${original.name}: ${title}\n${after}`;
        assert.deepEqual(
          now.diagnostics.filter(({ severity }) => severity === "error"),
          [],
          says,
        );
        assert.deepEqual(commentsOf(after), commentsOf(text), says);
        const losses = lossesOf(now);
        const own = kind === "refactor.extract" ? [...losses.keys()].at(-1)! : name.text;
        assert.deepEqual(losses.get(own), before.get(name.text), says);
        if (text.includes("\r\n")) assert.doesNotMatch(after, /\r\r|[^\r]\n/, says);
        const sort = title.replaceAll(/`[^`]*`/g, "…");
        done.set(sort, (done.get(sort) ?? 0) + 1);
      }
  }
  for (const title of ["Extract to …", "Write as one …", "Move … to the compressed terms, as …"])
    assert.ok((done.get(title) ?? 0) > 5, `${title}: ${JSON.stringify([...done])}`);
});

/** The text after the refactoring whose title begins so, at the marked place or range. */
function refactored(marked: string, title: string): string | undefined {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const text = marked.replace("«", "").replace("»", "");
  const found = refactoringsAt(analyse(text), { start, end: Math.max(start, end) }).find((one) =>
    one.title.startsWith(title),
  );
  return found && applyEdits(text, found.edits);
}

const spec = (...lines: string[]): string => `spec A {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
const views = ["modality X : vector(4)", "modality Y : vector(4)", "latent Z : gaussian(2) from X, Y"];

test("an `each` as lines, and lines as an `each`", () => {
  const lines = spec(...views, "compress I(X, Y; Z)", "«keep I(X; Z)", "keep I(Y; Z)»");
  const each = spec(...views, "compress I(X, Y; Z)", "each V in X, Y: keep I(V; Z)");
  assert.equal(refactored(lines, "Write as one `each`"), each);
  assert.equal(
    refactored(each.replace("each V", "«»each V"), "Write a line for each"),
    lines.replace(/[«»]/g, ""),
  );
  const other = lines.replace("keep I(Y; Z)", "keep 2 * I(Y; Z)");
  assert.equal(refactored(other, "Write as one `each`"), undefined);
});

test("`beta` on the side of the cost, and back", () => {
  const kept = spec(
    ...views,
    "knob «»beta = 4 in 0.5 .. 8 log",
    "compress I(X, Y; Z)",
    "keep I(X; Z)",
    "keep I(Y; Z)",
  );
  const cost = refactored(kept, "Move `beta`");
  assert.equal(
    cost,
    spec(
      ...views,
      "knob cost = 0.25 in 0.125 .. 2 log",
      "compress cost * I(X, Y; Z)",
      "keep I(X; Z)",
      "keep I(Y; Z)",
    ),
  );
  assert.equal(refactored(cost.replace("knob cost", "knob «»cost"), "Move `cost`"), kept.replace("«»", ""));
  const annealed = kept.replace("}\n", "  anneal beta from 1 over 5 epochs\n}\n");
  assert.equal(refactored(annealed, "Move `beta`"), undefined);
});

test("statements are sorted with their comments", () => {
  const text = `spec «»A {
  // the loss
  keep I(X; Z) // kept
  compress I(X; Z)

  train { epochs = 3 }
  /// What is seen.
  modality X : vector(4)
  latent Z : gaussian(2) from X
}
`;
  assert.equal(
    refactored(text, "Sort statements"),
    `spec A {
  /// What is seen.
  modality X : vector(4)

  latent Z : gaussian(2) from X

  compress I(X; Z)
  // the loss
  keep I(X; Z) // kept

  train { epochs = 3 }
}
`,
  );
  assert.equal(refactored(spec(...views, "keep I(X; Z)").replace("A {", "«»A {"), "Sort"), undefined);
});

test("a variant is extracted, and inlined again it is the spec that there was", () => {
  const text = spec(
    ...views,
    "knob w = 1 in 0.1 .. 2",
    "compress I(X, Y; Z)",
    "keep I(X; Z)",
    "«keep w * I(Y; Z) // y»",
  );
  const extracted = refactored(text, "Extract to");
  assert.equal(
    extracted,
    `${spec(...views, "knob w = 1 in 0.1 .. 2", "compress I(X, Y; Z)", "keep I(X; Z)")}
spec AVariant extends A {
  keep w * I(Y; Z) // y
}
`,
  );
  const inlined = refactored(extracted.replace("AVariant", "«»AVariant"), "Write out what `A` gives");
  assert.match(inlined!, /spec AVariant \{\n {2}modality X : vector\(4\)\n/);
  const losses = lossesOf(analyse(inlined!));
  assert.deepEqual(losses.get("AVariant"), lossesOf(analyse(text.replace(/[«»]/g, ""))).get("A"));
});

test("nothing is offered in a spec with an error", () => {
  assert.equal(refactored(spec(...views, "keep I(X; Q)").replace("A {", "«»A {"), ""), undefined);
});
