/** Wherever a conversion to another method is offered, the spec is that method afterwards. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../core/language/formatter";
import { analyse } from "../../core/theory/analyse";
import { changesOf } from "../../core/theory/recognition/changes";
import { comparisonsOf } from "../../core/theory/recognition/table";
import { commentsOf } from "../../core/theory/refactorings/comments";
import { conversionsAt } from "../../core/theory/refactorings/convert";
import { originals } from "./mutations";

const methodIn = (title: string): string => /^Convert to (.*) \(here: .+\)$/.exec(title)![1]!;

test("over the catalogue and the examples: recognition names the method that a conversion is to", () => {
  let [offered, possible] = [0, 0];
  for (const [i, original] of originals.entries()) {
    const text = i % 3 === 1 ? original.text.replaceAll("\n", "\r\n") : original.text;
    const analysis = analyse(text);
    const [spec] = analysis.specs;
    const conversions = conversionsAt(analysis, spec!.tree.name.range);
    for (const { title, edits } of conversions) {
      const after = applyEdits(text, edits);
      const now = analyse(after);
      const says = `${original.name}: ${title}\n${after}`;
      const { match, method } = now.specs[0]!.recognised!;
      assert.equal(method, methodIn(title), says);
      assert.ok(match === "exact" || match === "limit", says);
      assert.ok(
        now.diagnostics.every(({ severity }) => severity !== "error"),
        says,
      );
      assert.equal(commentsOf(now), commentsOf(analysis), says);
      assert.ok(!now.diagnostics.some(({ code }) => code === "unused-knob"), says);
      if (text.includes("\r\n")) assert.doesNotMatch(after, /\r\r|[^\r]\n/, says);
    }
    assert.equal(new Set(conversions.map(({ title }) => title)).size, conversions.length);
    if (!spec!.valid || spec!.derived === undefined) continue;
    // A method of more streams needs data that the spec does not have.
    const near = comparisonsOf(spec!.derived).filter(
      ({ method, comparison }) =>
        changesOf(comparison.differences).length === 1 &&
        method.form.streams.every((name) => comparison.naming.has(name)),
    );
    offered += conversions.length;
    possible += near.length;
  }
  assert.ok(offered > 120, `${offered} conversions`);
  assert.ok(offered >= 0.9 * possible, `${offered} of ${possible} methods one change away`);
});

/** The text after the conversion to a method, asked for at the header of its first spec. */
function converted(text: string, method: string): string | undefined {
  const analysis = analyse(text);
  const found = conversionsAt(analysis, { start: 0, end: 0 }).find(({ title }) => methodIn(title) === method);
  return found && applyEdits(text, found.edits);
}

const spec = (...lines: string[]): string => `spec Mine {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
const mine = [
  "modality photo : vector(4)",
  "modality sound : vector(6) // as it was",
  "latent A : gaussian(3) from photo",
  "latent B : gaussian(5) from sound",
  "knob beta = 3 in 1 .. 9",
  "compress I(photo; A)",
  "compress I(sound; B)",
  "keep link: I(A; B) by mine // the link",
  "keep I(photo; A)",
  "keep I(sound; B)",
];
const line = (from: string, to: string): string[] => mine.map((each) => (each.startsWith(from) ? to : each));

test("names, sizes, labels and comments of the spec stay; another bound, and another law with its rates", () => {
  const other = spec(...line("keep link", "keep link: I(A; B) by infonce // the link"));
  assert.equal(converted(other, "DVSIB"), spec(...mine));
  assert.equal(
    converted(spec(...mine), "DSIB"),
    spec(
      ...mine
        .filter((each) => !each.startsWith("compress"))
        .map((each) => each.replace("gaussian", "deterministic")),
    ),
  );
});

test("codes that are missing get free names; terms take the place of those that go", () => {
  const taken = spec(...mine, "knob Wx = 2 in 1 .. 3", "keep Wx * I(sound; A)");
  assert.equal(converted(taken, "DVSIB"), spec(...mine));
  const plain = converted(spec(...mine).replace(/\bB\b/g, "Wx"), "DVSIB-private");
  assert.match(plain!, /latent Wx2 : gaussian\(8\) from photo\n {2}latent Wy : gaussian\(8\) from sound\n/);
  assert.match(plain!, /keep I\(photo; A, Wx2\)\n {2}keep I\(sound; Wx, Wy\)\n/);
});

test("weights are taken over only where they make the difference", () => {
  const apart = spec(
    ...mine.slice(0, 5),
    "knob w = 1 in 0.1 .. 2",
    "anneal w from 0.1 over 5 epochs",
    ...mine.slice(5).map((each) => each.replace("I(photo; A)", "w * I(photo; A)")),
  );
  const found = converted(apart, "DVSIB");
  assert.equal(found, spec(...mine));
});

test("nothing is offered where an edit could not do it", () => {
  const infonce = line("keep link", "keep link: I(A; B) by infonce");
  assert.ok(converted(spec(...infonce), "DVSIB"));
  assert.deepEqual(conversionsAt(analyse(spec("modality X : vektor(4)")), { start: 0, end: 0 }), []);
  const heir = `spec Heir extends DVSIB {\n  drop Zy\n}\n`;
  assert.deepEqual(conversionsAt(analyse(heir), { start: 0, end: 0 }), []);
  const analysis = analyse(spec(...infonce));
  const inside = analysis.file.specs[0]!.statements[3]!.range;
  assert.deepEqual(conversionsAt(analysis, inside), [], "it is offered at the header");
  const needed = `${spec(...infonce)}spec Other extends Mine {\n  drop link\n  keep I(A; B)\n}\n`;
  assert.ok(converted(needed, "DVSIB"), "the label stays");
  assert.ok(converted(needed, "beta-VAE") === undefined, "another spec reads a code that would go");
  assert.ok(converted(spec(...infonce), "beta-VAE"));
});
