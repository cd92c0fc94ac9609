import assert from "node:assert/strict";
import test from "node:test";
import { dataFindings, dataRules } from "../../core/train/findings/data/index";
import { boundExample } from "../../core/train/findings/data/observe";
import type { DataExample } from "../../core/train/findings/data/rule";
import { mergedIn } from "../../core/data/readers/merged";
import { normal } from "../../core/random";
import { prepared } from "./train";

function normalArray(seed: number, count: number): number[] {
  const out = new Float32Array(count);
  normal(seed, "values", 0, out);
  return [...out];
}

for (const rule of dataRules)
  test(`${rule.code} is found in its example, and nothing is in the like one without it`, () => {
    const found = rule.find(boundExample(rule.example));
    assert.equal(found.length, 1);
    assert.match(found[0]!.message, /^[A-Z`f].*\d.*\.$/, "it says its numbers, in sentences");
    assert.match(found[0]!.message, /sample/, "it says where");
    assert.deepEqual(dataFindings(boundExample(rule.healthy)), []);
    for (const said of [rule.seen, rule.why, rule.change]) assert.match(said, /^[A-Z`].{20,}\.$/s);
  });

const table = (kind: string, shape: number[], values: readonly number[], keep = "gaussian"): DataExample => ({
  spec: `spec S {
    modality X : ${kind}
    latent Z : gaussian(2) from X
    compress I(X; Z)
    keep I(X; Z) by ${keep}
  }`,
  fields: { X: { shape, values } },
});
const said = (example: DataExample): string[] =>
  dataFindings(boundExample(example)).map(({ code, message }) => `${code}: ${message}`);

test("each finding names stream, column, sample and value", () => {
  const values = normalArray(1, 400 * 3);
  values[17 * 3 + 1] = 4000;
  for (let i = 0; i < 400; i++) values[i * 3 + 2] = 7;
  const [constant, outlier, ...more] = said(table("vector(3)", [3], values));
  assert.match(constant!, /^constant-columns: Column 2 of `X` is constant: 7 in all 400 samples\. /);
  assert.match(
    outlier!,
    /^outliers: Column 1 of `X` is 4000 at sample 17, where 98 of 100 values are from -/,
  );
  assert.deepEqual(more, []);
  const large = values.map((value, i) => (i % 3 === 0 ? 3e5 + 1e5 * value : i % 3 === 1 ? value / 4 : value));
  assert.match(
    said(table("vector(3)", [3], large)).find((one) => one.startsWith("unlike"))!,
    /Column 0 of `X` spreads over \d+ \(up to \d+ at sample \d+\), column 1 of `X` over 0\.\d+\. Write `standardise`/,
  );
});

test("tables that are well, and heavy tails that are no fault, are left alone", () => {
  assert.deepEqual(said(table("vector(3)", [3], normalArray(2, 1200))), []);
  const positive = normalArray(3, 3000).map(Math.exp);
  assert.deepEqual(said(table("vector(3)", [3], positive)), []);
  const rare = normalArray(4, 1200).map((x, i) => (i % 3 === 0 ? (x > 2 ? 1 : 0) : x));
  assert.deepEqual(said(table("vector(3)", [3], rare)), []);
});

test("values outside 0 to 1 are a fault of pictures alone, where a sigmoid reconstructs them", () => {
  const values = normalArray(5, 800);
  const codes = (kind: string, shape: number[], keep: string): string[] =>
    said(table(kind, shape, values, keep)).map((one) => one.split(":")[0]!);
  assert.deepEqual(codes("image(2, 2)", [2, 2], "gaussian"), ["picture-range"]);
  assert.deepEqual(codes("audio(2, 2)", [2, 2], "laplace"), ["picture-range"]);
  assert.deepEqual(codes("vector(4)", [4], "gaussian"), []);
  assert.deepEqual(codes("signal(4, 1)", [4], "gaussian"), []);
});

test("columns merge where float32 has too few digits, and not from chance meetings", () => {
  const read = (values: readonly number[], width = 1) =>
    mergedIn((i) => values[i]!, [values.length / width, width]);
  const seconds = Array.from({ length: 400 }, (_, i) => 1.7e9 + 60 * i);
  const found = read(seconds)!;
  assert.equal(found.distinct, 400);
  assert.equal(found.left, new Set(seconds.map(Math.fround)).size);
  assert.equal(Math.fround(found.values[0]), Math.fround(found.values[1]));
  assert.notEqual(found.values[0], found.values[1]);
  const beside = seconds.flatMap((second, i) => [i, second]);
  assert.equal(read(beside, 2)!.column, 1);
  assert.equal(read(seconds.map((second) => second - 1.7e9)), undefined);
  assert.equal(read(normalArray(6, 5000)), undefined);
  assert.equal(read(seconds.map(() => 1.7e9)), undefined);
});

test("a whole stream or a label that never varies is said as such", () => {
  assert.match(
    said(table("vector(2)", [2], Array<number>(80).fill(0)))[0]!,
    /`X` never varies: column 0 is 0 in all 40 samples, and the other columns are constant as well\./,
  );
  const label = table("vector(2)", [2], normalArray(7, 80));
  const one = {
    spec: label.spec.replace("latent", "observe L : label(3)\n  latent"),
    fields: { ...label.fields, L: { shape: [], values: Array<number>(40).fill(1) } },
  };
  assert.match(
    said(one)[0]!,
    /`L` never varies: it is class 1 in all 40 samples\. It carries no information, and no probe can judge it/,
  );
});

test("measurements of the same subjects in training and held-out samples are counted", () => {
  const subjects = normalArray(8, 20 * 2);
  const shuffled = Array.from({ length: 200 }, (_, i) => (i * 7) % 20);
  const values = shuffled.flatMap((subject) => subjects.slice(subject * 2, subject * 2 + 2));
  assert.match(
    said(table("vector(2)", [2], values)).join("\n"),
    /^repeated-rows: Training sees 100 of 100 held-out samples: .*\(sample 100 to sample \d+\)/,
  );
});

const whole = (seed: number, count: number, below: number): number[] =>
  normalArray(seed, count).map((x) => Math.floor(Math.abs(1000 * x)) % below);
/** Rows of this width of which a share are copies of others. */
function withCopies(values: readonly number[], width: number, share: number): number[] {
  const rows = values.length / width;
  const copies = share * rows;
  // Steps of 7 through a multiple of 400 rows meet each once.
  const from = Array.from({ length: rows }, (_, i) => i);
  for (let i = 0; i < copies; i++) from[(7 * i) % rows] = (7 * (i + copies)) % rows;
  return from.flatMap((row) => values.slice(row * width, (row + 1) * width));
}
const severities = (kind: string, width: number, values: readonly number[]): string[] =>
  dataFindings(boundExample(table(kind, width > 1 ? [width] : [], values))).map(
    ({ code, severity }) => `${code}: ${severity}`,
  );

test("rows of few values repeat by nature, and are no leak", () => {
  const oneOf = whole(11, 400, 4).flatMap((one) => [0, 1, 2, 3].map((i) => (i === one ? 1 : 0)));
  for (const [width, values] of [
    [1, whole(9, 400, 4)],
    [6, whole(10, 400 * 6, 2)],
    [4, oneOf],
    [3, normalArray(12, 400 * 3).map(Math.round)],
    // Every combination as often as any other.
    [2, Array.from({ length: 800 }, (_, i) => (i % 2 === 0 ? (i >> 1) % 5 : Math.floor((i >> 1) / 5) % 8))],
  ] as const)
    assert.deepEqual(severities(width > 1 ? `vector(${width})` : "scalar", width, values), []);
});

test("copies among rows of few values are found where they are more than chance", () => {
  const bits = whole(13, 400 * 12, 2);
  assert.deepEqual(severities("vector(12)", 12, bits), []);
  assert.deepEqual(severities("vector(12)", 12, withCopies(bits, 12, 0.3)), ["repeated-rows: warning"]);
});

test("copies of a tenth of the rows of a table are found, and silence that repeats is none", () => {
  const rows = normalArray(14, 400 * 3);
  assert.deepEqual(severities("vector(3)", 3, withCopies(rows, 3, 0.1)), ["repeated-rows: warning"]);
  const silent = rows.map((value, i) => (Math.floor(i / 3) % 10 === 0 ? 0 : value));
  assert.deepEqual(severities("vector(3)", 3, silent), []);
});

test("few rows at no steps may be categories or subjects, which their values do not show", () => {
  const places = normalArray(15, 12 * 3);
  const drawn = whole(16, 400, 12).flatMap((one) => places.slice(3 * one, 3 * one + 3));
  const [finding, ...more] = dataFindings(boundExample(table("vector(3)", [3], drawn)));
  assert.equal(finding?.severity, "information");
  assert.match(
    finding.message,
    /200 of 200 held-out samples.* do not show whether these are copies or values/,
  );
  assert.deepEqual(more, []);
});

test("equal negatives of a stream of few values are said as what they are", () => {
  const { example } = dataRules.find(({ code }) => code === "repeated-negatives")!;
  const few = {
    spec: example.spec,
    fields: {
      X: { shape: [2], values: normalArray(17, 400 * 2) },
      Y: { shape: [2], values: whole(18, 400 * 2, 3) },
    },
  };
  const [finding, ...more] = dataFindings(boundExample(few));
  assert.equal(finding?.severity, "information");
  assert.match(finding.message, /with 3\.\d equal ones.*as often as independent draws of so few values do/);
  assert.deepEqual(more, []);
});

test("an edit that reads the same data for the same terms looks at nothing again", () => {
  const text = `spec S {
    data "planted-factors" { samples = 200 }
    modality X : vector(64)
    latent Z : gaussian(2) from X
    knob beta = 4 in 1 .. 9
    compress I(X; Z)
    keep I(X; Z)
    train { epochs = 3 }
  }`;
  const findings = (edited: string) => prepared(edited, 0).findings;
  const first = findings(text);
  assert.equal(findings(text.replace("epochs = 3", "epochs = 5")), first);
  assert.equal(findings(text.replace("beta = 4", "beta = 5")), first);
  assert.notEqual(findings(text.replace("keep I(X; Z)", "keep I(X; Z) by laplace")), first);
  assert.notEqual(findings(text.replace("samples = 200", "samples = 300")), first);
});
