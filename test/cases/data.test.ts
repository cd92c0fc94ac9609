/** Data that are easy to save and wrong, each standing for a class: what `preview` must say of them, and what not. */
import assert from "node:assert/strict";
import test from "node:test";
import { normals, previewed, uniforms, type Previewed, type Saved } from "./say";

const ROWS = 240;

interface Case {
  /** Kind of X; `vector(3)` where not said. */
  kind?: string;
  /** The rest of the spec; reconstruction of X by a Gaussian where not said. */
  rest?: string;
  arrays: Record<string, Saved>;
  /** Errors, where it is refused. */
  refused?: RegExp;
  /** Codes that are known before the first step; none where not said. */
  before?: string[];
  report?: RegExp[];
  never?: RegExp[];
}

const draws = normals(1, ROWS * 3);
const X: Saved = ["f4", [ROWS, 3], draws];
const classes = (of: number): number[] => draws.filter((_, i) => i % 3 === 0).map((_, i) => i % of);
const pixels = uniforms(2, ROWS * 4);
const changed = (column: number, change: (value: number, row: number) => number): Saved => [
  "f4",
  [ROWS, 3],
  draws.map((value, i) => (i % 3 === column ? change(value, (i - column) / 3) : value)),
];
const label = (size: number): string => `observe L : label(${size})\n  compress I(X; Z)\n  keep I(X; Z)`;

const cases: Record<string, Case> = {
  "a table that is well": { arrays: { X }, never: [/never varies|is constant|`standardise`/] },
  "a column in thousands": {
    arrays: { X: changed(1, (value) => 5000 + 3000 * value) },
    before: ["unlike-units"],
    report: [/Column 1 of `X` spreads over \d+/],
  },
  "a column that was never filled": { arrays: { X: changed(2, () => 0) }, before: ["constant-columns"] },
  "a missing value saved as a number": {
    arrays: { X: changed(0, (value, row) => (row === 9 ? -9999 : value)) },
    before: ["outliers"],
    report: [/is -9999 at sample 9,/],
  },
  "seconds since 1970": {
    arrays: { X, t: ["f8", [ROWS], draws.slice(0, ROWS).map((_, i) => 1.7e9 + 30 * i)] },
    rest: "observe t : scalar\n  compress I(X; Z)\n  keep I(X; Z)",
    before: ["unlike-units", "merged-values"],
    report: [/float32 cannot tell 1700000000 \(sample 0\) from 1700000030 \(sample 1\) in `t`/],
  },
  "pictures to 255 as floats": {
    kind: "image(2, 2)",
    arrays: { X: ["f4", [ROWS, 2, 2], pixels.map((value) => 255 * value)] },
    before: ["picture-range"],
  },
  "the same under a likelihood without room for them": {
    kind: "image(2, 2)",
    rest: "compress I(X; Z)\n  keep I(X; Z) by bernoulli",
    arrays: { X: ["f4", [ROWS, 2, 2], pixels.map((value) => 255 * value)] },
    refused: /`bernoulli` needs values from 0 to 1.*sample 0/,
  },
  "a mask of truths": {
    kind: "image(2, 2)",
    rest: "compress I(X; Z)\n  keep I(X; Z) by bernoulli",
    arrays: { X: ["b1", [ROWS, 2, 2], pixels.map((value) => (value > 0.5 ? 1 : 0))] },
    // One bit a pixel is 0.69 nats; a mask read as 1/255 would cost nearly nothing.
    report: [/keep I\(X; Z\) −2\.\d/],
  },
  "logarithms of counts": {
    kind: "counts(3)",
    arrays: { X: ["f4", [ROWS, 3], draws.map((value) => Math.abs(value))] },
    refused: /whole numbers of 0 or more.*column 0 of sample 0/,
  },
  "subjects that were measured again": {
    arrays: { X: ["f4", [ROWS, 3], draws.map((_, i) => draws[i % 60]!)] },
    before: ["repeated-rows"],
    report: [/Training sees \d+ of \d+ held-out samples/],
  },
  "classes from 1": {
    rest: label(4),
    arrays: { X, L: ["i8", [ROWS], classes(4).map((value) => value + 1)] },
    refused:
      /Its classes are numbered from 1 to 4: write `renumber` after the field to number them from 0 to 3/,
    never: [/Give it more/],
  },
  "one-hot classes": {
    rest: label(4),
    arrays: {
      X,
      L: ["f4", [ROWS, 4], classes(4).flatMap((value) => [0, 1, 2, 3].map((i) => (i === value ? 1 : 0)))],
    },
    refused: /one-hot: save the numbers of the classes, numpy\.argmax\(L, axis=1\)/,
    never: [/vector\(4\)/],
  },
  "one class alone": {
    rest: label(4),
    arrays: { X, L: ["i4", [ROWS], classes(1)] },
    before: ["constant-columns"],
    report: [/`L` never varies: it is class 0 in all 240 samples/],
    never: [/(drops|keeps) L/],
  },
  "names that a spec must quote": {
    arrays: { "first/X": X, "second/Y": X },
    refused: /= "first\/X"/,
  },
  "a stream that lacks a sample": {
    rest: "observe L : label(4)\n  compress I(X; Z)\n  keep I(X; Z)",
    arrays: { X, Y: X, L: ["i4", [ROWS - 1], classes(4).slice(1)] },
    refused: /239 rows.*one row for each of the 240 samples/,
    never: [/again as numbers/],
  },
  "a number of samples that is not that of the data": {
    rest: "compress I(X; Z) by mws(samples = 5000)\n  keep I(X; Z)",
    arrays: { X },
    before: ["miscounted-samples"],
    report: [/estimated for 5000 training samples, and there are 192/],
  },
};

for (const [name, one] of Object.entries(cases))
  test(`preview: ${name}`, async () => {
    const { kind = "vector(3)", rest = "compress I(X; Z)\n  keep I(X; Z)", arrays } = one;
    const text = `spec Case {
  data "data.npz"
  modality X : ${kind}
  latent Z : gaussian(2) from X
  ${rest}
  train { epochs = 2, batch = 32 }
}
`;
    const said: Previewed = await previewed(text, arrays);
    if (one.refused === undefined) assert.equal(said.refused, "");
    else assert.match(said.refused, one.refused);
    assert.deepEqual(said.before, one.before ?? []);
    for (const code of said.before) assert.ok(said.found.includes(code), `${code} is still said at the end`);
    for (const words of one.report ?? []) assert.match(said.report, words);
    for (const words of one.never ?? []) assert.doesNotMatch(said.refused + said.report, words);
  });
