import assert from "node:assert/strict";
import { test } from "node:test";
import { bindStreams, type BoundStream, type StreamRequest } from "../../core/data/bind";
import { arrange } from "../../core/data/layout";
import { copyRows } from "../../core/data/rows";
import { DataError, fieldOf, type Dataset, type Field, type FieldValues } from "../../core/data/dataset";
import { sizeOf } from "../../core/program/program";
import type { StreamKind } from "../../core/theory/spec";

const field = (name: string, shape: number[], values: FieldValues): Field =>
  fieldOf(name, "", { shape, values });

function dataset(samples: number, ...fields: Field[]): Dataset {
  const rows = Int32Array.of(0);
  return {
    name: "some.npz",
    samples,
    fields: Object.fromEntries(fields.map((each) => [each.name, each])),
    splits: { train: rows, validation: rows, test: rows },
  };
}

function stream(name: string, kind: StreamKind["name"], ...sizes: number[]): StreamRequest {
  return { name, kind: { name: kind, sizes } };
}

function bind(data: Dataset, request: StreamRequest): BoundStream {
  return bindStreams(data, [request])[0]!;
}

function refuse(data: Dataset, request: StreamRequest): DataError {
  try {
    bind(data, request);
  } catch (error) {
    assert.ok(error instanceof DataError, `${error}`);
    assert.deepEqual(error.about, { kind: "stream", name: request.name });
    return error;
  }
  throw new Error("was bound");
}

/** All samples as networks read them. */
function read(bound: BoundStream): Float32Array {
  const size = sizeOf(bound.shape);
  const out = new Float32Array(bound.values.length);
  copyRows(
    bound,
    Array.from({ length: out.length / size }, (_, row) => row),
    out,
  );
  return out;
}

test("bytes become [0, 1] in images, video and audio, and stay as they are elsewhere", () => {
  const bytes = Uint8Array.of(0, 51, 102, 255);
  const image = bind(dataset(1, field("X", [2, 2], bytes)), stream("X", "image", 2, 2));
  assert.deepEqual(image.shape, [1, 2, 2]);
  assert.deepEqual(read(image), Float32Array.of(0, 51 / 255, 102 / 255, 1));
  const audio = bind(dataset(1, field("A", [2, 2], bytes)), stream("A", "audio", 2, 2));
  assert.equal(read(audio)[3], 1);
  assert.deepEqual(
    bind(dataset(1, field("C", [4], bytes)), stream("C", "counts", 4)).values,
    Float32Array.from(bytes),
  );
  assert.deepEqual(
    bind(dataset(1, field("V", [4], bytes)), stream("V", "vector", 4)).values,
    Float32Array.from(bytes),
  );
});

test("channels last are turned to channels first", () => {
  // A picture of 2 x 2 pixels, each (r, g, b).
  const pixels = Float32Array.of(11, 12, 13, 21, 22, 23, 31, 32, 33, 41, 42, 43);
  const data = dataset(2, field("X", [2, 2, 3], Float32Array.of(...pixels, ...pixels.map((p) => p + 100))));
  const { shape, values } = bind(data, stream("X", "image", 2, 2, 3));
  assert.deepEqual(shape, [3, 2, 2]);
  assert.deepEqual([...values.subarray(0, 12)], [11, 21, 31, 41, 12, 22, 32, 42, 13, 23, 33, 43]);
  assert.equal(values[12], 111);
  const bytes = bind(
    dataset(1, field("X", [2, 2, 3], Uint8Array.from(pixels))),
    stream("X", "image", 2, 2, 3),
  );
  assert.deepEqual(
    read(bytes),
    Float32Array.of(11, 21, 31, 41, 12, 22, 32, 42, 13, 23, 33, 43).map((pixel) => pixel / 255),
  );
  const first = dataset(1, field("X", [3, 2, 2], pixels));
  assert.deepEqual(bind(first, stream("X", "image", 2, 2, 3)).values, pixels);
  const signal = dataset(1, field("S", [3, 2], Float32Array.of(1, 10, 2, 20, 3, 30)));
  assert.deepEqual([...bind(signal, stream("S", "signal", 3, 2)).values], [1, 2, 3, 10, 20, 30]);
  // Two frames of 1 x 3 pixels with 2 channels.
  const frames = Float32Array.of(1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60);
  const video = bind(dataset(1, field("V", [2, 1, 3, 2], frames)), stream("V", "video", 2, 1, 3, 2));
  assert.deepEqual(video.shape, [2, 2, 1, 3]);
  assert.deepEqual([...video.values], [1, 2, 3, 10, 20, 30, 4, 5, 6, 40, 50, 60]);
});

test("labels and text are whole numbers in range", () => {
  const data = dataset(
    3,
    field("L", [], Uint8Array.of(0, 2, 1)),
    field("T", [2], Int32Array.of(0, 9, 3, 3, 1, 0)),
  );
  const label = bind(data, stream("L", "label", 3));
  assert.deepEqual(label.values, Int32Array.of(0, 2, 1));
  assert.equal(label.classes, 3);
  assert.deepEqual(bind(data, stream("T", "text", 2, 10)).values, Int32Array.of(0, 9, 3, 3, 1, 0));
  const error = refuse(data, stream("L", "label", 2));
  assert.match(error.message, /L : label\(2\).*from 0 to 1.*sample 1 of L is 2/);
  assert.match(error.advice, /Its classes are numbered from 0 to 2: declare it as label\(3\)/);
  assert.match(refuse(data, stream("T", "text", 2, 9)).message, /sample 0 of T is 9/);
  const half = dataset(1, field("L", [], Float32Array.of(0.5)));
  assert.match(refuse(half, stream("L", "label", 2)).message, /is 0\.5/);
});

test("a text has as many words as its lengths say, else none where a number is negative", () => {
  const words = field("words", [3], Int32Array.of(4, 1, 77, 0, 2, 3));
  const text = { ...stream("T", "text", 3, 5), field: "words" };
  const lengths = (...values: number[]): Field => field("words_length", [], Int32Array.from(values));
  assert.deepEqual(
    [...bind(dataset(2, words, lengths(2, 0)), text).values],
    [4, 1, 5, 5, 5, 5],
    "what stands past the end is not looked at",
  );
  const marked = dataset(2, field("words", [3], Int32Array.of(4, -1, 2, 0, -100, -1)));
  assert.deepEqual([...bind(marked, text).values], [4, 5, 2, 0, 5, 5]);
  assert.match(
    refuse(dataset(2, words, lengths(2, 4)), text).message,
    /words_length.*from 0 to 3.*sample 1 of words_length is 4/,
  );
  const wide = field("words_length", [2], new Int32Array(4));
  assert.match(refuse(dataset(2, words, wide), text).message, /words_length.*its samples are 2/);
  assert.match(refuse(dataset(2, words, lengths(3, 3)), text).message, /sample 0 of words is 77/);
});

test("samples are read as one-hot rows, counts of words, words by number, or numbers", () => {
  const rows = [1, 0];
  const label = bind(dataset(2, field("L", [], Int32Array.of(0, 2))), stream("L", "label", 3));
  const classes = new Float32Array(6);
  copyRows(label, rows, classes);
  assert.deepEqual([...classes], [0, 0, 1, 1, 0, 0]);
  const text = bind(
    dataset(2, field("T", [3], Int32Array.of(1, 1, 0, 1, -1, -1))),
    stream("T", "text", 3, 2),
  );
  const counts = new Float32Array(4);
  copyRows(text, rows, counts);
  assert.deepEqual([...counts], [0, 1, 1, 2]);
  const words = new Int32Array(6);
  copyRows(text, rows, words);
  assert.deepEqual([...words], [1, 2, 2, 1, 1, 0]);
});

test("a stream reads the field it names, its own, or the default", () => {
  const data = dataset(1, field("image", [1, 1], Uint8Array.of(255)), field("angle", [], Float32Array.of(7)));
  data.defaultBindings = { X: "image" };
  assert.equal(bind(data, stream("X", "image", 1, 1)).field, "image");
  assert.equal(bind(data, { ...stream("tilt", "scalar"), field: "angle" }).values[0], 7);
});

test("a missing field is named, with those that exist and the nearest", () => {
  const data = dataset(1, field("angle", [], Float32Array.of(7)), field("image", [2, 2], new Uint8Array(4)));
  const error = refuse(data, stream("angel", "scalar"));
  assert.match(error.message, /angel.*"some\.npz" does not have/);
  assert.match(error.advice, /Did you mean angle\?/);
  assert.match(error.advice, /angle \(one number, float32\), image \(2 x 2, uint8\)/);
  assert.match(refuse(data, { ...stream("X", "image", 2, 2), field: "toString" }).message, /toString/);
  data.skipped = { names: "it holds numpy's type '<U5'" };
  assert.match(refuse(data, stream("names", "label", 3)).message, /<U5/);
});

test("a shape that does not fit names both shapes and the declaration that would", () => {
  const image = dataset(1, field("X", [3, 2, 5], new Float32Array(30)));
  const error = refuse(image, stream("X", "image", 28, 28));
  assert.match(error.message, /X : image\(28, 28\).*3 x 2 x 5/);
  assert.match(error.advice, /image\(2, 5, 3\)/);
  const vector = dataset(1, field("X", [7], new Float32Array(7)));
  assert.match(refuse(vector, stream("X", "vector", 8)).advice, /vector\(7\)/);
  assert.match(refuse(vector, stream("X", "scalar")).message, /X : scalar/);
  const grey = dataset(1, field("X", [2, 5], new Float32Array(10)));
  assert.match(refuse(grey, stream("X", "image", 5, 2)).advice, /image\(2, 5\)/);
  assert.match(refuse(grey, stream("X", "audio", 5, 2)).advice, /audio\(2, 5\)/);
});

test("bytes of 0 and 1 alone are 0 and 1, in either order of the channels", () => {
  const mask = Uint8Array.of(0, 1, 1, 0, 0, 1, 1, 1);
  assert.deepEqual(
    [...read(bind(dataset(2, field("X", [2, 2], mask)), stream("X", "image", 2, 2)))],
    [...mask],
  );
  const last = bind(dataset(1, field("X", [2, 2, 2], mask)), stream("X", "image", 2, 2, 2));
  assert.deepEqual([...read(last)], [0, 1, 0, 1, 1, 0, 1, 1]);
});

test("where both orders of axes fit, the declared one is taken", () => {
  const square = Float32Array.of(1, 10, 2, 20);
  const signal = dataset(1, field("S", [2, 2], square));
  assert.deepEqual([...bind(signal, stream("S", "signal", 2, 2)).values], [1, 2, 10, 20]);
  const cube = dataset(1, field("X", [2, 2, 2], Float32Array.of(1, 10, 2, 20, 3, 30, 4, 40)));
  assert.deepEqual([...bind(cube, stream("X", "image", 2, 2, 2)).values], [1, 2, 3, 4, 10, 20, 30, 40]);
  // It is said, and only there.
  const said = (kind: "signal" | "image", stored: number[], ...sizes: number[]): string | undefined =>
    arrange({ name: kind, sizes }, stored)!.asDeclared;
  assert.equal(
    said("signal", [64, 64], 64, 64),
    "64 x 64, channels last as declared; channels first would fit too",
  );
  assert.match(said("image", [3, 3, 3], 3, 3, 3)!, /^3 x 3 x 3, channels last/);
  for (const stored of [
    [64, 3],
    [3, 64],
  ])
    assert.equal(said("signal", stored, 64, 3), undefined);
  assert.equal(said("signal", [64], 64, 1), undefined);
  assert.equal(said("image", [28, 28], 28, 28), undefined);
});

test("a value that is no number is placed; counts are whole and not negative", () => {
  const data = dataset(3, field("X", [2], Float32Array.of(1, 2, 3, 4, NaN, 6)));
  assert.match(refuse(data, stream("X", "vector", 2)).message, /sample 2 of X is NaN/);
  const infinite = dataset(1, field("X", [], Float32Array.of(Infinity)));
  assert.match(refuse(infinite, stream("X", "scalar")).message, /Infinity/);
  const counts = dataset(2, field("X", [1], Float32Array.of(3, -1)));
  assert.match(
    refuse(counts, stream("X", "counts", 1)).message,
    /whole numbers of 0 or more.*sample 1 of X is -1/,
  );
  const logarithms = dataset(2, field("G", [2], Float32Array.of(3, 0, 1, 2.5)));
  const error = refuse(logarithms, stream("G", "counts", 2));
  assert.match(error.message, /declared as counts, but column 1 of sample 1 of G is 2\.5/);
  assert.match(error.advice, /vector\(2\)/);
});

test("whole numbers that become one float32, such as Unix seconds, are noticed as those of floats are", () => {
  const from = (first: number): Dataset => {
    const values = Int32Array.from({ length: 200 }, (_, i) => first + i);
    return dataset(200, field("t", [], values), field("u", [], values));
  };
  const { merged } = bind(from(1.6e9), stream("t", "scalar"));
  assert.deepEqual([merged!.values, merged!.left], [[1.6e9, 1.6e9 + 1], 3]);
  const both = { ...stream("B", "vector", 2), field: "t", fieldTo: "u" };
  assert.equal(bind(from(1.6e9), both).merged!.left, 3);
  assert.equal(bind(from(0), stream("t", "scalar")).merged, undefined);
});
