import assert from "node:assert/strict";
import { test } from "node:test";
import { bindStreams, type BoundStream } from "../../core/data/bind";
import type { DataError } from "../../core/data/dataset";
import { fieldOf, type Dataset, type FieldValues } from "../../core/data/dataset";
import { parse } from "../../core/language/parser";
import { analyse } from "../../core/theory/analyse";
import { changeEdit } from "../../core/theory/change-edit";
import { applyEdits, formatText } from "../../core/language/formatter";
import { boundExample } from "../../core/train/findings/data/observe";
import { dataFindings } from "../../core/train/findings/data/index";
import type { DataExample } from "../../core/train/findings/data/rule";
import { RandomStream } from "../../core/random";
import { shownSamples } from "../../core/train/samples";
import type { Spec, StreamKind, Transform } from "../../core/theory/spec";

const normalArray = (seed: number, count: number): number[] => {
  const draws = new RandomStream(seed, "transforms.test", 0);
  return Array.from({ length: count }, () => draws.normal());
};

/** Of five samples, those of the training rows are 0, 2 and 4. */
function bind(
  shape: number[],
  values: FieldValues,
  kind: StreamKind,
  transforms: Transform[],
  train = [0, 2, 4],
): BoundStream {
  const samples = values.length / shape.reduce((product, length) => product * length, 1);
  const dataset: Dataset = {
    name: "some.npz",
    samples,
    fields: { X: fieldOf("X", "", { shape, values }) },
    splits: { train: Int32Array.from(train), validation: Int32Array.of(1), test: Int32Array.of(3) },
  };
  return bindStreams(dataset, [{ name: "X", kind, transforms }])[0]!;
}

const close = (found: ArrayLike<number>, expected: readonly number[], tolerance = 1e-6): void => {
  assert.equal(found.length, expected.length);
  expected.forEach((value, i) =>
    assert.ok(Math.abs(found[i]! - value) <= tolerance, `${found[i]} for ${value}`),
  );
};

test("standardise uses mean and standard deviation of the training rows, column by column", () => {
  const values = Float32Array.of(1, 10, 100, -100, 3, 10, 50, 5, 5, 10);
  const { values: found } = bind([2], values, { name: "vector", sizes: [2] }, [{ by: "standardise" }]);
  const spread = Math.sqrt(8 / 3);
  close(found, [-2 / spread, 0, 97 / spread, -110, 0, 0, 47 / spread, -5, 2 / spread, 0], 1e-4);
});

test("pictures are standardised channel by channel, from bytes as they are", () => {
  const values = Uint8Array.of(0, 50, 100, 7, 7, 7, 50, 0, 100, 7, 7, 7);
  const kind: StreamKind = { name: "image", sizes: [1, 3, 2] };
  const { values: found } = bind([2, 1, 3], values, kind, [{ by: "standardise" }], [0, 1]);
  const spread = Math.sqrt((4 * 50 ** 2) / 6);
  close(found, [-50 / spread, 0, 50 / spread, 0, 0, 0, 0, -50 / spread, 50 / spread, 0, 0, 0], 1e-5);
});

test("transforms are carried out in the order written", () => {
  const values = Float32Array.of(0, 255, 510, 51, -51);
  const scale: Transform = { by: "scale", between: { low: 0, high: 255 } };
  const clip: Transform = { by: "clip", between: { low: 0, high: 1 } };
  const scalar: StreamKind = { name: "scalar", sizes: [] };
  close(bind([], values, scalar, [scale, clip]).values, [0, 1, 1, 0.2, 0]);
  close(bind([], values, scalar, [clip, scale]).values, [0, 1 / 255, 1 / 255, 1 / 255, 0]);
  close(bind([], Float32Array.of(0, 1, Math.E - 1, 3, 0), scalar, [{ by: "log1p" }]).values, [
    0,
    Math.LN2,
    1,
    Math.log(4),
    0,
  ]);
});

test("fill puts the mean of the training rows in the place of what is missing, and nothing else passes a hole", () => {
  const values = Float32Array.of(1, 9, NaN, 9, 4);
  const scalar: StreamKind = { name: "scalar", sizes: [] };
  close(bind([], values, scalar, [{ by: "fill" }]).values, [1, 9, 2.5, 9, 4]);
  close(
    bind([], values, scalar, [{ by: "clip", between: { low: 0, high: 5 } }, { by: "fill" }]).values,
    [1, 5, 2.5, 5, 4],
  );
  const refused = (transforms: Transform[]): DataError => {
    try {
      bind([2], Float32Array.of(1, 9, 3, NaN, 4, 5), { name: "vector", sizes: [2] }, transforms, [0, 2]);
    } catch (error) {
      return error as DataError;
    }
    throw new Error("was bound");
  };
  const hole = refused([{ by: "standardise" }]);
  assert.match(hole.message, /column 1 of sample 1 of X is NaN/);
  assert.match(hole.advice, /Write `fill`/);
  assert.match(refused([{ by: "scale", between: { low: 0, high: 1 } }, { by: "log1p" }]).message, /NaN/);
});

test("log1p says which value it cannot take", () => {
  assert.throws(
    () => bind([], Float32Array.of(0, 1, -3, 1, 1), { name: "scalar", sizes: [] }, [{ by: "log1p" }]),
    (error: DataError) => /`log1p` needs numbers above -1, but sample 2 of X is -3/.test(error.message),
  );
});

test("pictures and reconstructions are shown in the units of the data", () => {
  const values = Float32Array.of(0, 1, 0.4, 1, 0, 0.4, 0.25, 0.75, 1, 1);
  const kind: StreamKind = { name: "image", sizes: [1, 2] };
  const plain = bind([1, 2], values, kind, []);
  const changed = bind([1, 2], values, kind, [{ by: "log1p" }, { by: "standardise" }]);
  const rows = Int32Array.of(0, 1, 2, 3, 4);
  const [expected] = shownSamples(plain, rows, plain.values as Float32Array);
  const [found] = shownSamples(changed, rows, changed.values as Float32Array);
  assert.ok(expected?.kind === "pictures" && found?.kind === "pictures");
  assert.deepEqual(found.original, expected.original);
  assert.deepEqual(found.reconstruction, expected.original);
});

const spec = (line: string, data = ""): string => `spec A {
  ${line}
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep     I(X; Z)
  ${data}
}
`;
const resolved = (text: string): Spec => {
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
  );
  return specs[0]!.spec!;
};

test("transforms stand after the field, or after the kind where the field has the stream's name", () => {
  const [stream] = resolved(spec("modality X : vector(3) = visible clip(-5 .. 5) standardise")).streams;
  assert.deepEqual(stream!.transforms, [
    { by: "clip", between: { low: -5, high: 5 } },
    { by: "standardise" },
  ]);
  assert.equal(stream!.field, "visible");
  assert.deepEqual(resolved(spec("modality X : vector(3) log1p")).streams[0]!.transforms, [{ by: "log1p" }]);
  const text = spec("modality X : image(4,4) =  photo   scale( 0..255 )");
  assert.match(formatText(text), /modality X : image\(4, 4\) = photo scale\(0 \.\. 255\)/);
});

test("what a transform cannot change, or lacks, is one error with a fix that works", () => {
  for (const [line, says] of [
    ["modality X : label(3) standardise", /changes numbers, and `X` is a `label`/],
    ["modality X : counts(3) = c log1p", /Declare `X` as a `vector`/],
    ["modality X : vector(3) scale", /`scale\(0 \.\. 255\)`/],
    ["modality X : vector(3) clip(5 .. -5)", /the smaller one first/],
    ["modality X : vector(3) fill(0 .. 1)", /has no range/],
    ["modality X : vector(3) standardize", /did you mean `standardise`/],
  ] as const) {
    const { diagnostics } = analyse(spec(line));
    const [error, ...more] = diagnostics.filter(({ severity }) => severity === "error");
    assert.match(error!.message, says);
    assert.deepEqual(more, [], line);
    const after = applyEdits(spec(line), error!.fixes![0]!.edits);
    assert.deepEqual(
      parse(after).diagnostics.map(({ message }) => message),
      [],
    );
    assert.ok(!analyse(after).diagnostics.some(({ code }) => code === error!.code), line);
  }
});

test("a setting of the data standardises all numbers that say nothing of their own", () => {
  const text = spec(
    "modality X : vector(3)\n  modality Y : vector(2) log1p\n  observe L : label(3)\n  observe s : scalar",
    'data "some.npz" { standardise = true }',
  );
  assert.deepEqual(
    resolved(text).streams.map(({ transforms }) => transforms?.map(({ by }) => by)),
    [["standardise"], ["log1p"], undefined, ["standardise"]],
  );
});

test("the fix of a finding writes the transform, and the finding goes", () => {
  const wide = normalArray(1, 400 * 2).map((value, i) => (i % 2 === 0 ? 1e5 * value : value));
  const far = normalArray(2, 400 * 2);
  far[17 * 2 + 1] = 4000;
  for (const [code, values] of [
    ["unlike-units", wide],
    ["outliers", far],
  ] as const) {
    const text = spec("modality X : vector(2) // as it came");
    const example = (spec: string): DataExample => ({
      spec,
      fields: { X: { shape: [2], values: [...values] } },
    });
    const [finding] = dataFindings(boundExample(example(text)));
    assert.equal(finding!.code, code);
    const { edit } = changeEdit(analyse(text), "A", finding!.fix!)!;
    const after = applyEdits(text, [edit]);
    assert.match(after, /(standardise|clip\(-?[\d.]+ \.\. [\d.]+\)) \/\/ as it came/);
    assert.deepEqual(dataFindings(boundExample(example(after))), []);
  }
});
