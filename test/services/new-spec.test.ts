/** A new spec, for every choice that a person can make. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileNameOf } from "../../services/new-spec/file-name";
import { builtInData } from "../../services/new-spec/built-in";
import { noData, type SpecData } from "../../services/new-spec/data";
import { dataOfFile } from "../../services/new-spec/file";
import { labelsOf, survivors } from "../../services/new-spec/survivors";
import { newSpec } from "../../services/new-spec/write";
import { formatText } from "../../core/language/formatter";
import { analyse } from "../../core/theory/analyse";
import type { Field } from "../../core/data/dataset";

/** Every set of some of these; the empty one too. */
const subsets = <T>(all: readonly T[]): T[][] =>
  all.reduce<T[][]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);

/** Findings of a text, with the line that each is on. */
const findings = (text: string): string[] =>
  analyse(text).diagnostics.map(
    ({ severity, code, message, range }) =>
      `${severity} ${code} at ${text.slice(range.start, range.end)}: ${message}`,
  );

function check(data: SpecData, streams: string[], wants: string[], target?: string): string {
  const text = newSpec({ data, streams, wants, ...(target === undefined ? {} : { target }) });
  const said = `${text}\n${findings(text).join("\n")}`;
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity, code }) => severity === "error" || code === "unmet-want"),
    [],
    said,
  );
  assert.equal(specs.length, 1);
  assert.ok(specs[0]!.valid && specs[0]!.derived!.terms.length > 1, said);
  assert.equal(formatText(text), text, "it is written as the formatter writes");
  return text;
}

const streamsOf = ({ fields }: SpecData): string[] =>
  fields.filter(({ role }) => role === "stream").map(({ name }) => name);

for (const data of [...builtInData(), noData])
  test(`every choice of streams and wants gives a spec without errors: ${data.title}`, () => {
    for (const streams of subsets(streamsOf(data))) {
      if (streams.length === 0) continue;
      for (const wants of subsets(survivors(data, streams).map(({ id }) => id))) check(data, streams, wants);
    }
  });

test("what is chosen is what is written", () => {
  const [digits] = builtInData();
  const text = check(digits!, ["X", "Y"], ["shared(X, Y)", "private(X)", "predict()"], "digit");
  assert.match(text, /^ {2}data "noisy-digits" /m);
  assert.match(text, /^ {2}modality X +: image\(28, 28\)$/m);
  assert.match(text, /^ {2}target digit +: label\(10\)$/m);
  assert.match(text, /^ {2}want shared\(X, Y\), predict\(digit\), private\(X\)$/m);
  assert.match(text, /^ {2}keep I\(Zx; Zy\)$/m);
  for (const line of [
    "data",
    "modality",
    "target",
    "observe",
    "want",
    "latent",
    "knob",
    "compress",
    "keep",
    "train",
  ])
    assert.match(text, new RegExp(`^ {2}// .*\\n {2}${line} `, "m"), `${line} is explained`);
});

test("each label of the data can be the one to predict", () => {
  for (const data of builtInData())
    for (const { name } of labelsOf(data)) {
      const text = check(data, streamsOf(data), ["predict()"], name);
      assert.match(text, new RegExp(`^  target ${name} +:`, "m"));
    }
});

test("what is usual is preselected: what is shared, of one stream what predicts its label, else the stream", () => {
  const usual = (data: SpecData, streams: string[]): string[] =>
    survivors(data, streams)
      .filter((one) => one.usual)
      .map(({ id }) => id);
  const [digits] = builtInData();
  assert.deepEqual(usual(digits!, ["X", "Y"]), ["shared(X, Y)"]);
  assert.deepEqual(usual(digits!, ["X"]), ["predict()"]);
  assert.deepEqual(usual({ title: "", doc: "", fields: [] }, ["X"]), ["reconstruct(X)"]);
});

const field = (name: string, shape: number[], values: Float32Array | Uint8Array | Int32Array): Field => ({
  name,
  shape,
  values,
  dtype: values instanceof Uint8Array ? "uint8" : values instanceof Int32Array ? "int32" : "float32",
  description: "",
});

test("the fields of a file are declared by their shapes, under names of the language", () => {
  const samples = 40;
  const zeros = (size: number) => new Float32Array(samples * size);
  const kinds = Int32Array.from({ length: samples }, (_, i) => i % 3);
  const fields = [
    field("pixels", [28, 28], zeros(784)),
    field("colour image", [3, 8, 8], zeros(192)),
    field("film", [6, 16, 16, 3], zeros(6 * 768)),
    field("2d", [16], zeros(16)),
    field("kind", [1], kinds),
    field(
      "age",
      [],
      Float32Array.from({ length: samples }, (_, i) => i + 0.5),
    ),
  ];
  const data = dataOfFile("./my data.npz", {
    samples,
    fields: Object.fromEntries(fields.map((one) => [one.name, one])),
  });
  assert.deepEqual(data.fields.map(({ name, kind, role, field: read }) => [name, kind, role, read]).sort(), [
    ["age", "scalar", "factor", undefined],
    ["colour_image", "image(8, 8, 3)", "stream", "colour image"],
    ["f_2d", "vector(16)", "stream", "2d"],
    ["film", "video(6, 16, 16, 3)", "stream", undefined],
    ["kind", "label(3)", "factor", undefined],
    ["pixels", "image(28, 28)", "stream", undefined],
  ]);
  const text = check(data, streamsOf(data), ["predict()"]);
  assert.match(text, /^ {2}data "\.\/my data\.npz"/m);
  assert.match(text, /f_2d +: vector\(16\) += "2d"/);
  assert.match(text, /batch = 8 /);
});

test("-1 is a class that is not known, but for the two signs and among numbers with holes", () => {
  const kindOf = (...values: number[]): string =>
    dataOfFile("a.npz", { samples: 4, fields: { one: field("one", [], Float32Array.from(values)) } })
      .fields[0]!.kind;
  assert.equal(kindOf(0, -1, 1, 2), "label(3)");
  assert.equal(kindOf(0, NaN, 1, 1), "scalar");
  assert.equal(kindOf(1, -1, 1, -1), "scalar");
  assert.equal(kindOf(0, -2, 1, 2), "scalar");
  assert.equal(kindOf(-1, -1, 0, 0), "scalar");
});

test("a file is named after its first spec", () => {
  for (const [spec, name] of [
    ["NoisyDigits", "noisy-digits"],
    ["DVSIB", "dvsib"],
    ["MyVAE2Views", "my-vae2-views"],
    ["blood_panels", "blood-panels"],
  ])
    assert.equal(fileNameOf(`// What is it?\nuse "./a.bottleneck"\n\nspec ${spec} "Why?" {\n}\n`), name);
  assert.equal(fileNameOf(""), "spec");
});
