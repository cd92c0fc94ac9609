/** `check` refuses of a `data` statement what a preview would. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { generators } from "../../core/data/generators/index";
import { applyEdits } from "../../core/language/formatter";
import { analyse } from "../../core/theory/analyse";
import { fixesOf } from "../../core/theory/fixes";

const found = (data: string, ...lines: string[]): { at: string; message: string; fixes: string[] }[] => {
  const text = `spec A {\n  data ${data}\n${lines.map((line) => `  ${line}\n`).join("")}  latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(X; Z)\n}\n`;
  const analysis = analyse(text);
  return analysis.diagnostics
    .filter(({ code }) => code === "unfit-data")
    .map((finding) => ({
      at: text.slice(finding.range.start, finding.range.end),
      message: finding.message,
      fixes: fixesOf(analysis, finding).map(({ edits }) =>
        applyEdits(text, edits).split("\n").slice(1, -5).join(""),
      ),
    }));
};

test("every fault of a statement is told at its place, with what fits instead", () => {
  const all = found(
    '"noisy-digits" { sample = 8, samples = -3 }',
    "modality X : vector(8)",
    "observe digt : label(10)",
    "observe angle : label(4)",
  );
  assert.deepEqual(
    all.map(({ at }) => at),
    ["sample = 8", "samples = -3", "modality X : vector(8)", "observe digt : label(10)"],
  );
  assert.match(all[1]!.message, /`samples` = -3 is not a whole number from 1 to 1000000/);
  assert.match(all[0]!.fixes.join(), /samples = 8/);
  assert.match(all[2]!.fixes.join(), /X : image\(28, 28\)/);
  assert.match(all[3]!.fixes.join(), /digt : label\(10\) = digit/);
});

test("a label has no fewer classes than its field", () => {
  const [label] = found('"noisy-digits"', "modality X : image(28, 28)", "observe digit : label(4)");
  assert.match(label!.message, /has 10 classes/);
  assert.match(label!.fixes.join(), /label\(10\)/);
});

test("more samples than a preview holds, and names of no generator", () => {
  assert.equal(found('"planted-factors" { samples = 100000000 }', "modality X : vector(64)").length, 1);
  const [name] = found('"noisy-digts"', "modality X : image(28, 28)");
  assert.match(name!.message, /There is no built-in data "noisy-digts"/);
  assert.match(name!.fixes.join(), /"noisy-digits"/);
  assert.deepEqual(found('"digits.npz" { sample = 8 }', "modality X : vector(64)"), []);
  assert.equal(found('"noisy-digits" { __proto__ = 8 }', "modality X : image(28, 28)").length, 1);
});

test("every field of every generator is accepted as it is described", () => {
  for (const { name, fields, options } of generators) {
    const needed = options.filter((option) => fields.some(({ needs }) => needs === option.name));
    const settings =
      needed.length === 0
        ? ""
        : ` { ${needed.map((option) => `${option.name} = ${option.most}`).join(", ")} }`;
    const lines = fields.map((field, i) => `observe F${i} : ${field.kind} = ${field.name}`);
    const text = `spec A {\n  data "${name}"${settings}\n  modality X : ${fields[0]!.kind} = ${fields[0]!.name}\n  ${lines.join("\n  ")}\n  latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(X; Z)\n}\n`;
    assert.deepEqual(
      analyse(text).diagnostics.filter(({ severity }) => severity === "error"),
      [],
      name,
    );
  }
});
