/** Which samples lack a stream, and what is refused. */
import assert from "node:assert/strict";
import test from "node:test";
import { bindStreams, type BoundStream, type StreamRequest } from "../../core/data/bind";
import { DataError, fieldOf, type Dataset, type FieldValues } from "../../core/data/dataset";
import type { StreamKind, Transform } from "../../core/theory/spec";

const ROWS = 4;
type Fields = Record<string, { shape: number[]; values: FieldValues }>;

function bound(
  fields: Fields,
  kind: StreamKind,
  more: Partial<StreamRequest> = {},
  train = [0, 1],
): BoundStream {
  const dataset: Dataset = {
    name: "some.npz",
    samples: ROWS,
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, drawn]) => [name, fieldOf(name, "", drawn)]),
    ),
    splits: { train: Int32Array.from(train), validation: Int32Array.of(2), test: Int32Array.of(3) },
  };
  return bindStreams(dataset, [{ name: "X", kind, ...more }])[0]!;
}

function refused(fields: Fields, kind: StreamKind): DataError {
  try {
    bound(fields, kind);
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error("was bound");
}

const vector: StreamKind = { name: "vector", sizes: [2] };
const scalar: StreamKind = { name: "scalar", sizes: [] };
const label = (classes: number): StreamKind => ({ name: "label", sizes: [classes] });
const pairs = (...values: number[]): Fields => ({ X: { shape: [2], values: Float32Array.from(values) } });
const numbers = (...values: number[]): Fields => ({ X: { shape: [], values: Float32Array.from(values) } });
const said = (...values: number[]): Fields => ({ X_present: { shape: [], values: Uint8Array.from(values) } });
const fill: Transform[] = [{ by: "fill" }];

test("a row of NaN is a sample without the stream, and complete data have none", () => {
  const { absent, values } = bound(pairs(1, 2, NaN, NaN, 3, 4, 5, 6), vector);
  assert.deepEqual([...absent!], [0, 1, 0, 0]);
  assert.deepEqual([...values], [1, 2, 0, 0, 3, 4, 5, 6]);
  assert.equal("absent" in bound(pairs(1, 2, 3, 4, 5, 6, 7, 8), vector), false);
});

test("a hole in a row is no absence", () => {
  const { message, advice } = refused(pairs(1, 2, NaN, 3, 3, 4, 5, 6), vector);
  assert.match(message, /column 0 of sample 1 of X is NaN/);
  assert.match(advice, /`fill`.*A sample has no X where all of its values are NaN/);
});

test("transforms are fitted without the rows that lack the stream, and fill fills cells alone", () => {
  const standardised = bound(pairs(1, 1, 3, 5, NaN, NaN, 2, 3), vector, {
    transforms: [{ by: "standardise" }],
  });
  assert.deepEqual([...standardised.values], [-1, -1, 1, 1, 0, 0, 0, 0]);
  const filled = bound(pairs(1, 1, 3, NaN, NaN, NaN, 2, 3), vector, { transforms: fill });
  assert.deepEqual([...filled.values], [1, 1, 3, 1, 0, 0, 2, 3]);
  assert.deepEqual([...filled.absent!], [0, 0, 1, 0]);
  assert.match(filled.fitted![0]!.text, /^1 missing number /);
  const both = bound(
    pairs(1, 1, 3, NaN, NaN, NaN, 2, 3),
    vector,
    { transforms: [...fill, { by: "standardise" }] },
    [0, 1, 2],
  );
  assert.deepEqual([...both.values], [-1, 0, 1, 0, 0, 0, 0, 2], "not fitted to filled rows");
  const one = bound(numbers(1, NaN, 3, 4), scalar, { transforms: fill });
  assert.deepEqual([one.absent, ...one.values], [undefined, 1, 1, 3, 4]);
  assert.deepEqual([...bound(numbers(1, NaN, 3, 4), scalar).absent!], [0, 1, 0, 0]);
});

test("a field of 0 and 1 says which samples have the stream, whatever stands in the others", () => {
  const { absent, values } = bound({ ...pairs(1, 2, 999, NaN, 3, 4, 5, 6), ...said(1, 0, 1, 1) }, vector);
  assert.deepEqual([...absent!], [0, 1, 0, 0]);
  assert.deepEqual([...values], [1, 2, 0, 0, 3, 4, 5, 6]);
  const picture = {
    X: { shape: [1, 2], values: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8) },
    ...said(0, 1, 1, 1),
  };
  assert.deepEqual([...bound(picture, { name: "image", sizes: [1, 2] }).absent!], [1, 0, 0, 0]);
  const wrong = refused({ ...pairs(1, 2, 3, 4, 5, 6, 7, 8), ...said(1, 2, 1, 1) }, vector);
  assert.match(wrong.message, /X_present, which must be 0 or 1 for each sample, but sample 1 is 2/);
});

test("a class of -1 or NaN is unknown", () => {
  for (const none of [-1, NaN]) {
    const { absent, values } = bound(numbers(0, none, 2, 1), label(3));
    assert.deepEqual([...absent!], [0, 1, 0, 0]);
    assert.deepEqual([...values], [0, 3, 2, 1], "the number of the classes stands for none");
  }
  assert.match(refused(numbers(0, -2, 2, 1), label(3)).message, /sample 1 of X is -2/);
});

test("-1 that may be a class is refused, and so is a stream that no sample has", () => {
  assert.match(refused(numbers(-1, 1, 1, -1), label(2)).advice, /Save the classes as 0 and 1/);
  assert.match(refused(numbers(-1, 0, 1, -1), label(3)).advice, /from 0, or declare label\(2\)/);
  assert.deepEqual([...bound(numbers(-1, 0, 1, -1), label(2)).absent!], [1, 0, 0, 1]);
  assert.match(refused(numbers(-1, -1, -1, -1), label(2)).message, /no sample has a class of X/);
  assert.match(refused(pairs(...Array<number>(8).fill(NaN)), vector).message, /no sample has X/);
});
