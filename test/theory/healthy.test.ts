import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { analyse } from "../../core/theory/analyse";
import { checks } from "../../core/theory/diagnostics/index";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Files that a lint speaks of with reason: file, codes, and why. */
const taught: Record<string, { codes: string[]; because: string }> = {};

const files = ["examples", "core/catalogue"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".bottleneck"))
    .map((name) => `${folder}/${name}`),
);

for (const file of files) {
  test(`${file} has no warning`, () => {
    const { diagnostics } = analyse(readFileSync(join(root, file), "utf8"));
    const told = diagnostics.filter(({ severity }) => severity === "warning" || severity === "error");
    assert.deepEqual(
      [...new Set(told.map(({ code }) => code))].sort(),
      taught[file]?.codes ?? [],
      told.map(({ message }) => message).join("\n"),
    );
  });
}

test("files named as exceptions are there", () => {
  for (const [file, { because }] of Object.entries(taught)) {
    assert.ok(files.includes(file), file);
    assert.ok(because.length > 20, file);
  }
});

const dvsib = (w: string, more = ""): string => `spec A {
  modality X : image(28, 28)
  modality Y : image(28, 28)
  latent Zx : gaussian(8) from X
  latent Zy : gaussian(8) from Y
  knob beta = 32 in 0.1 .. 1024 log
  knob w = ${w} in 0.001 .. 1 log
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy)
  keep w * I(X; Zx)
  keep w * I(Y; Zy)
${more}}
`;

const codes = (text: string): string[] =>
  analyse(text).diagnostics.flatMap(({ code, severity }) => (severity === "warning" ? [code] : []));

test("a reconstruction outweighs the link from weight 1 on, and both sides are said in nats", () => {
  assert.deepEqual(codes(dvsib("0.02")), []);
  assert.deepEqual(codes(dvsib("0.1")), []);
  assert.deepEqual(codes(dvsib("1")), ["outweighed-information", "outweighed-information"]);
  const [first] = analyse(dvsib("1", "  observe digit : label(10)\n")).diagnostics;
  assert.match(first!.message, /784 values.*98 nats.*log 128 = 4\.85.*`digit` at most log 10 = 2\.3 nats/);
});

test("beta is below the threshold of two linked codes up to 2, of a label's code up to 1", () => {
  const linked = (beta: number): string => `spec A {
  modality X : vector(4)
  modality Y : vector(4)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  knob beta = ${beta} in 0.1 .. 100 log
  compress I(X; Zx)
  compress I(Y; Zy)
  keep I(Zx; Zy)
}
`;
  assert.deepEqual(codes(linked(1.9)), ["below-activation"]);
  assert.deepEqual(codes(linked(2.1)), []);
  assert.deepEqual(codes(linked(1.9).replace("keep I(Zx; Zy)", "keep I(Zx; Zy)\n  keep I(X; Zx)")), []);
});

test("raising beta is told where codes are linked and not decoded, and only upwards", () => {
  const anneal = (from: number): string => `  anneal beta from ${from} over 5 epochs\n`;
  const link = (from: number): string =>
    dvsib("0.02", anneal(from))
      .replace(/ {2}keep w.*\n/g, "")
      .replace(/ {2}knob w.*\n/, "");
  assert.deepEqual(codes(link(0.1)), ["upward-anneal"]);
  assert.deepEqual(codes(link(100)), []);
  assert.deepEqual(codes(dvsib("0.02", anneal(0.1))), []);
});

test("a knob whose turns cancel is dead", () => {
  assert.deepEqual(codes(dvsib("0.02").replaceAll("w * I", "w / w * I")), [
    "unused-knob",
    "outweighed-information",
    "outweighed-information",
  ]);
});

test("one over the number of values is a feature mean; a round weight is not", () => {
  const weighed = (weight: string): string => `spec A {
  modality X : vector(50)
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep ${weight} * I(X; Z)
}
`;
  assert.deepEqual(codes(weighed("1 / 50")), ["feature-mean"]);
  assert.deepEqual(codes(weighed("2 / 50")), ["feature-mean"]);
  assert.deepEqual(codes(weighed("0.02")), []);
  assert.deepEqual(codes(weighed("1 / 20")), []);
});

test("every check of a whole spec is also quiet on an empty one and on one code", () => {
  const text =
    "spec A {\n  modality X : vector(4)\n  latent Z : gaussian(2) from X\n  compress I(X; Z)\n  keep I(X; Z)\n}\n";
  const { spec, derived, tree } = analyse(text).specs[0]!;
  for (const rule of checks) assert.deepEqual(rule.check(spec!, derived!, tree), [], rule.code);
});

test("a link is worth the logarithm of the rows that have both sides", () => {
  const text = dvsib("1").replace("  knob beta", "  missing Y rate 0.9\n  knob beta");
  const found = analyse(text).diagnostics.find(({ code }) => code === "outweighed-information");
  assert.match(found!.message, /at most log 13 = 2\.5/);
});

test("a categorical's number of values is not compared with coordinates", () => {
  const text = (law: string): string => `spec A {
  modality X : vector(20)
  modality Y : vector(20)
  latent Zx : gaussian(2) from X
  latent Zy : gaussian(2) from Y
  latent Wx : ${law}(8) from X
  compress I(X; Zx)
  compress I(Y; Zy)
  compress I(X; Wx)
  keep I(Zx; Zy)
  keep 0.1 * I(X; Zx, Wx)
}
`;
  assert.ok(codes(text("gaussian")).includes("private-leak"));
  assert.ok(!codes(text("categorical")).includes("private-leak"));
});
