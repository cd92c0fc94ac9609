/** Labels whose classes are not numbered from 0: what is read, what is refused, and that every proposal can be written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { bindStreams, fieldFor } from "../../core/data/bind";
import { DataError, fieldOf, type Dataset, type FieldValues } from "../../core/data/dataset";
import { fileRefusals } from "../../core/data/refusals";
import { applyEdits } from "../../core/language/formatter";
import { analyse } from "../../core/theory/analyse";
import { fieldStreams } from "../../core/train/prepare";
import { unfitValues } from "../../core/train/refusals";

const specOf = (line: string): string => `spec S {
  data "some.npz"
  modality X : vector(2)
  ${line}
  latent Z : gaussian(2) from X
  compress I(X; Z)
  keep I(X; Z)
}
`;
const datasetOf = (values: FieldValues, shape: number[] = [], name = "L"): Dataset => {
  const samples = values.length / shape.reduce((product, length) => product * length, 1);
  const X = fieldOf("X", "", { shape: [2], values: new Float32Array(2 * samples) });
  return {
    name: "some.npz",
    samples,
    fields: { X, [name]: fieldOf(name, "", { shape, values }) },
    splits: { train: Int32Array.of(0), validation: Int32Array.of(1), test: Int32Array.of(2) },
  };
};

/** The streams of a text, without an error in it. */
function streamsIn(text: string) {
  const { specs, diagnostics } = analyse(text);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === "error"),
    [],
    text,
  );
  return specs[0]!.spec!;
}

const refusedOf = (dataset: Dataset, text: string): DataError => {
  try {
    bindStreams(dataset, fieldStreams(streamsIn(text)));
  } catch (error) {
    if (error instanceof DataError) return error;
  }
  return assert.fail(`${text} was read`);
};

/** A line, the numbers of its field, what is advised, and the classes that are read once `renumber` is written. */
const mapped: [line: string, numbers: number[], advice: RegExp, read: number[]][] = [
  [
    "observe L : label(3)",
    [1, 3, 2, 1],
    /^Its classes are numbered from 1 to 3: write `renumber` after the field/,
    [0, 2, 1, 0],
  ],
  ["observe L : label(3) = L", [5, 0, 2, 2], /^Its classes are 0, 2 and 5: write `renumber`/, [2, 0, 1, 1]],
  ["target L : label(4)", [10, -1, 20, 10], /^Its classes are 10 and 20: write `renumber`/, [0, 4, 1, 0]],
];
for (const [line, numbers, advice, read] of mapped)
  test(`${line} of ${numbers.join(", ")}: the mapping is offered as a fix, and read`, () => {
    const dataset = datasetOf(Float32Array.from(numbers));
    const text = specOf(line);
    const error = refusedOf(dataset, text);
    assert.match(error.advice, advice);
    const spec = streamsIn(text);
    const [fix] = unfitValues.refused(error, spec, spec.data!).fixes!;
    const after = applyEdits(text, fix!.edits);
    assert.equal(after, specOf(`${line} renumber`));
    const [, bound] = bindStreams(dataset, fieldStreams(streamsIn(after)));
    assert.deepEqual([...bound!.values], read);
    const names = fieldFor(dataset, fieldStreams(streamsIn(after))[1]!).field.words;
    assert.deepEqual(
      names,
      [...new Set(numbers)]
        .filter((one) => one !== -1)
        .sort((a, b) => a - b)
        .map(String),
    );
  });

test("classes that are more, or too far apart, are told with the label that reads them", () => {
  for (const [line, numbers] of [
    ["observe L : label(2)", [0, 1, 2, 3]],
    ["observe L : label(2)", [1, 200, 300, 1]],
    ["observe L : label(2) renumber", [4, 5, 6, 4]],
    ["observe L : vector(3)", [0, 1, 2, 2]],
    ["observe L : vector(3)", [3, 1, 2, 2]],
  ] as const) {
    const dataset = datasetOf(Float32Array.from(numbers));
    const { advice } = refusedOf(dataset, specOf(line));
    const proposed = /label\(\d+\)( renumber)?/.exec(advice)?.[0];
    assert.ok(proposed, advice);
    assert.doesNotThrow(() =>
      bindStreams(dataset, fieldStreams(streamsIn(specOf(`observe L : ${proposed}`)))),
    );
  }
});

test("the editor finds classes from 1 in what it has looked at, with the same words", () => {
  const numbers = [3, 1, 2].map((value, i) => ({ value, sample: 4 * i }));
  const file = {
    name: "some.npz",
    fields: [
      { name: "X", shape: [2], kind: "vector(2)" },
      { name: "L", shape: [], kind: "scalar", numbers },
    ],
  };
  const [found, ...others] = fileRefusals(file, fieldStreams(streamsIn(specOf("observe L : label(3)"))));
  assert.equal(others.length, 0);
  assert.match(found!.message, /sample 0 of L is 3\. Its classes are numbered from 1 to 3: write `renumber`/);
  assert.deepEqual(found!.instead, [{ what: "end", text: "renumber" }]);
  assert.deepEqual(fileRefusals(file, fieldStreams(streamsIn(specOf("observe L : label(3) renumber")))), []);
  assert.deepEqual(fileRefusals(file, fieldStreams(streamsIn(specOf("observe L : label(4)")))), []);
});

const shapes = [
  [],
  [1],
  [7],
  [1, 7],
  [7, 1],
  [3, 8],
  [8, 8, 3],
  [3, 8, 8],
  [9, 8, 7],
  [2, 9, 8, 7],
  [9, 8, 7, 3],
  [2, 3, 4, 5, 6],
];
const kinds = [
  "vector(4)",
  "image(5, 5)",
  "audio(4, 4)",
  "video(2, 5, 5)",
  "signal(5, 2)",
  "counts(4)",
  "label(3)",
  "scalar",
  "text(5, 3)",
];
for (const shape of shapes)
  test(`what is proposed for samples of [${shape.join(", ")}] parses and fits, whatever was declared, and whatever the field is called`, () => {
    const size = shape.reduce((product, length) => product * length, 1);
    for (const name of ["L", "rna/L", "2nd"])
      for (const kind of kinds) {
        const dataset = datasetOf(new Float32Array(4 * size).fill(0.5), shape, name);
        const line = `observe L : ${kind} = ${JSON.stringify(name)}`;
        let error: DataError;
        try {
          fieldFor(dataset, fieldStreams(streamsIn(specOf(line)))[1]!);
          continue;
        } catch (caught) {
          error = caught as DataError;
        }
        const proposed = /^Declare it as (.+?)(?:, or read another field)?\.$/.exec(error.advice)?.[1];
        if (shape.length > 4) assert.match(error.advice, /at most four axes/);
        else {
          assert.ok(proposed, `${kind}: ${error.advice}`);
          const spec = streamsIn(specOf(`observe L : ${proposed} = ${JSON.stringify(name)}`));
          assert.doesNotThrow(() => fieldFor(dataset, fieldStreams(spec)[1]!));
        }
        // A name that the data does not have.
        const { advice } = refusedOf(dataset, specOf(`observe M : ${kind}`));
        const stream = /name one with (M : .+)\.$/.exec(advice)?.[1];
        if (stream === undefined) continue;
        assert.doesNotThrow(
          () => fieldFor(dataset, fieldStreams(streamsIn(specOf(`observe ${stream}`)))[1]!),
          advice,
        );
      }
  });
