/** Streams against the fields of a file, of which names and shapes are known: each that does not fit is found at its place, with a fix. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { KnownFile } from "../../core/data/refusals";
import { applyEdits } from "../../core/language/formatter";
import { analyse } from "../../core/theory/analyse";
import { unfitFile } from "../../core/theory/diagnostics/unfit-data";

const file: KnownFile = {
  name: "data.h5mu",
  fields: [
    { name: "rna", shape: [40], kind: "vector(40)" },
    { name: "views/left", shape: [4, 6], kind: "image(4, 6)" },
    { name: "age", shape: [], kind: "scalar" },
    { name: "dose", shape: [], kind: "scalar" },
    { name: "tissue", shape: [], classes: 3, words: ["a", "b", "c"], kind: "label(3)" },
    { name: "said", shape: [8], words: ["one", "two"], kind: "text(8, 2)" },
  ],
  skipped: { when: "it contains dates" },
};

const specOf = (stream: string): string =>
  `spec S {\n  data "data.h5mu"\n  modality rna : vector(40)\n  ${stream}\n  latent Z : gaussian(2) from rna\n  compress I(rna; Z)\n  keep I(rna; Z)\n}\n`;

const found = (text: string) => {
  const { spec, tree } = analyse(text).specs[0]!;
  return unfitFile(spec!, tree, file);
};

const fitting = [
  "observe age : scalar",
  "modality ages : vector(2) = age .. dose",
  'modality left : image(4, 6) = "views/left"',
  "observe tissue : label(3)",
  "observe tissue : label(5)",
  "modality said : text(8, 2)",
  "modality words : text(4, 3) = tissue",
  "modality other = augment(rna, jitter)",
];

for (const stream of fitting)
  test(`nothing is found of: ${stream}`, () => assert.deepEqual(found(specOf(stream)), []));

/** A line, what is underlined, what is said, and the line with the first fix. */
const wrong: [line: string, message: RegExp, fixed: string | undefined][] = [
  [
    "modality X : vector(41) = rna",
    /^`X` : vector\(41\) does not fit the field rna, whose samples are 40\. Declare it as vector\(40\)/,
    "modality X : vector(40) = rna",
  ],
  [
    "observe aged : scalar",
    /^`aged` reads the field aged, which "data\.h5mu" does not have/,
    "observe aged : scalar = age",
  ],
  [
    'modality left : image(6, 4) = "views/left"',
    /does not fit the field views\/left, whose samples are 4 x 6/,
    'modality left : image(4, 6) = "views/left"',
  ],
  [
    "modality left : image(4, 6)",
    /reads the field left, which "data\.h5mu" does not have/,
    'modality left : image(4, 6) = "views/left"',
  ],
  [
    "observe tissue : label(2)",
    /is too small for the field tissue, which has 3 classes/,
    "observe tissue : label(3)",
  ],
  ["observe when : scalar", /cannot read when of "data\.h5mu": it contains dates/, undefined],
  ["modality back : vector(2) = dose .. age", /age comes before dose in "data\.h5mu"/, undefined],
];

for (const [line, message, fixed] of wrong)
  test(`at its place, with a fix: ${line}`, () => {
    const text = specOf(line);
    const [one, ...others] = found(text);
    assert.equal(others.length, 0);
    assert.match(one!.message, message);
    assert.equal(text.slice(one!.range.start, one!.range.end), line);
    const [fix] = one!.fixes ?? [];
    if (fixed === undefined) return;
    const after = applyEdits(text, fix!.edits);
    assert.equal(after, specOf(fixed));
    assert.deepEqual(found(after), []);
  });
