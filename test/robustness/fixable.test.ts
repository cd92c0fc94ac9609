/** Every diagnostic has a fix that works, or a reason why it has none. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { faults } from "../../core/language/faults";
import { applyEdits } from "../../core/language/formatter";
import { analyse, type Analysis } from "../../core/theory/analyse";
import { rules } from "../../core/theory/diagnostics/index";
import { fixesOf } from "../../core/theory/fixes";
import { analyseExample } from "../../scripts/manual/example";
import { outcomeOf } from "./fixes";

/** What no edit can decide, with the reason. */
const unfixable: Readonly<Record<string, string>> = {
  "bad-number": "no number of the right size is known",
  "outside-spec": "the spec needs a name, and where it ends is not known",
  "too-deep": "what to simplify is the writer's choice",
};

/** A spec that is whole, into which the line of a fault is put. */
const around = (line: string): string => `spec A {
  modality X : vector(4)
  modality S : vector(4)
  latent Z : gaussian(2) from X, S
  compress I(X, S; Z)
  keep I(X; Z)
  ${line}
}
`;

const files: Readonly<Record<string, string>> = {
  misplaced: `${around("keep I(S; Z)")}use "./other.bottleneck"\n`,
  "language-version": `language 2\n${around("keep I(S; Z)")}`,
  "outside-spec": `keep I(S; Z)\n${around("keep I(S; Z)")}`,
  "unclosed-brace": around("keep I(S; Z)").replace(/}\n$/, `\n${around("keep I(S; Z)").replace("A", "B")}`),
  "stray-brace": `${around("keep I(S; Z)")}}\n`,
};

const lines: Readonly<Record<string, string>> = {
  "subtracted-term": "keep I(S; Z) - I(X; Z)",
  "too-many-sides": "keep I(S; X; Z)",
  expected: "keep I(S Z)",
  "misspelled-word": "kepp I(S; Z)",
  "unknown-statement": "maximise I(S; Z)",
  "unknown-term": "keep information(S; Z)",
  "repeated-clause": "keep I(S; Z) by gaussian by laplace",
  "unknown-modifier":
    "knob w = 1 in 0.1 .. 2 log\n  keep w * I(S; Z)\n  anneal w from 0.5 over 5 epochs sometimes",
  "bad-character": "keep 2 × I(S; Z)",
  "unclosed-string": 'modality T : vector(4) = "field',
  "bad-number": "knob w = 1e999",
  "too-deep": "knob w = ----------------------------------------------------------------------1",
};

const cases: [code: string, analysis: Analysis][] = [
  ...Object.keys(faults).map((code): [string, Analysis] => [
    code,
    analyse(files[code] ?? around(lines[code] ?? "")),
  ]),
  ...rules.map((rule): [string, Analysis] => [rule.code, analyseExample(rule.example, rule)]),
];

for (const [code, analysis] of cases)
  test(`${code}: a fix that works, or a reason why there is none`, () => {
    const text = analysis.library.own.text;
    const found = analysis.diagnostics.filter((finding) => finding.code === code);
    assert.ok(found.length > 0, `nothing of the kind in\n${text}`);
    const fixes = found.flatMap((finding) =>
      fixesOf(analysis, finding).map((fix) => ({
        fix,
        // A text that uses others is judged without them.
        outcome: outcomeOf(analysis.diagnostics, text, finding, fix),
      })),
    );
    if (Object.hasOwn(unfixable, code)) return assert.deepEqual(fixes, [], "take it from the list");
    assert.ok(fixes.length > 0, `no fix of ${found[0]!.message}\n${text}`);
    if (text.includes("use ") || text.includes("data ")) return;
    for (const { fix, outcome } of fixes)
      assert.deepEqual(
        outcome.failings,
        code === "unused-allow" ? ["changes the comments"] : [],
        `${fix.title}:\n${applyEdits(text, fix.edits)}`,
      );
  });

test("an unknown name is offered to be declared, as each thing that it could be, after a near name", () => {
  const titles = (line: string): string[] => {
    const analysis = analyse(around(line));
    return analysis.diagnostics.flatMap((finding) => fixesOf(analysis, finding).map(({ title }) => title));
  };
  assert.deepEqual(titles("keep I(Query; Z)"), [
    "Declare `Query` as `latent`",
    "Declare `Query` as `modality`",
    "Declare `Query` as `target`",
  ]);
  assert.deepEqual(titles("keep gamma * I(S; Z)"), ["Declare `gamma` as `knob`"]);
  assert.deepEqual(titles("knob alpha = 1 in 0.1 .. 2\n  keep alpa * I(S; Z)"), [
    "Change to `alpha`",
    "Declare `alpa` as `knob`",
  ]);
});

test("a declaration is written once, below its kind, however often the name is used", () => {
  const text = around("compress I(X; Query)\n  keep I(S; Query)");
  const analysis = analyse(text);
  const [finding] = analysis.diagnostics;
  const [latent] = fixesOf(analysis, finding!);
  assert.equal(
    applyEdits(text, latent!.edits),
    text.replace("from X, S\n", "from X, S\n  latent Query : gaussian(4) from X\n"),
  );
});
