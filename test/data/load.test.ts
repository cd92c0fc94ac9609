import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "fflate";
import { DataError, type Dataset, type Field, type OptionValue } from "../../core/data/dataset";
import { loadDataset } from "../../core/data/load";
import { choosePartners } from "../../core/data/noisy-views";
import { RandomStream } from "../../core/random";
import { holding, idx, npy, npz } from "./files";

type Options = Record<string, OptionValue>;

const N = 40;
const SIDE = 6;
/** Image i is evenly lit at brightness i, so that what became of it can be told; its class is i mod 4. */
const images = idx(
  [N, SIDE, SIDE],
  Uint8Array.from({ length: N * SIDE * SIDE }, (_, p) => 100 + Math.floor(p / (SIDE * SIDE))),
);
const labels = idx(
  [N],
  Uint8Array.from({ length: N }, (_, i) => i % 4),
);
const files = holding({
  "images.gz": gzipSync(images),
  "labels.gz": gzipSync(labels),
  "few-labels": idx([3], [0, 1, 2]),
  "table.npz": npz({
    pictures: npy(
      "f4",
      [N, 2, 2],
      Array.from({ length: N * 4 }, (_, i) => (i % 10) / 10),
    ),
    kind: npy(
      "i8",
      [N],
      Array.from({ length: N }, (_, i) => i % 3),
    ),
    wild: npy(
      "f4",
      [N, 2, 2],
      Array.from({ length: N * 4 }, (_, i) => i),
    ),
  }),
  broken: images.slice(0, 500),
});

function load(source: string, options: Options = {}): Promise<Dataset> {
  return loadDataset({ source, options }, files);
}

async function refuse(source: string, options: Options = {}): Promise<DataError> {
  const error = await load(source, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DataError, `${error}`);
  assert.ok(error.advice.length > 0);
  return error;
}

function rowsOf({ splits }: Dataset): number[] {
  return [...splits.train, ...splits.validation, ...splits.test];
}

test("a file is split at random: disjoint, seeded, and held-out rows stay when training grows", async () => {
  const sizes = { validation: 5, test: 6 };
  const data = await load("images.gz", { ...sizes, samples: 20, seed: 3 });
  assert.deepEqual(
    [data.splits.train.length, data.splits.validation.length, data.splits.test.length],
    [20, 5, 6],
  );
  assert.equal(new Set(rowsOf(data)).size, 31);
  assert.ok(rowsOf(data).every((row) => row >= 0 && row < N));
  assert.deepEqual(rowsOf(await load("images.gz", { ...sizes, samples: 20, seed: 3 })), rowsOf(data));
  assert.notDeepEqual(rowsOf(await load("images.gz", { ...sizes, samples: 20, seed: 4 })), rowsOf(data));
  const larger = await load("images.gz", { ...sizes, samples: 29, seed: 3 });
  assert.deepEqual(larger.splits.test, data.splits.test);
  assert.deepEqual(larger.splits.validation, data.splits.validation);
});

test("without sizes a tenth is held out twice and the rest is for training", async () => {
  const { splits } = await load("images.gz");
  assert.deepEqual([splits.train.length, splits.validation.length, splits.test.length], [32, 4, 4]);
});

test("labels come from a file beside the images", async () => {
  const { fields } = await load("images.gz", { labels: "labels.gz" });
  assert.deepEqual([...fields["label"]!.values.subarray(0, 5)], [0, 1, 2, 3, 0]);
  assert.equal(fields["image"]!.values.length, N * SIDE * SIDE);
});

test("noisy views: each X comes from one image, of its label's class, and from no other split's", async () => {
  const data = await load("images.gz", {
    labels: "labels.gz",
    views: "noisy-views",
    samples: 20,
    validation: 10,
    test: 10,
  });
  assert.deepEqual(Object.keys(data.fields).sort(), ["X", "Y", "angle", "label", "noise", "scale"]);
  assert.equal(data.samples, 40);
  const { X, Y, label, noise } = data.fields;
  assert.equal(label!.classes, 4);
  const size = SIDE * SIDE;
  // The middle of an evenly lit picture keeps its brightness under turning and scaling.
  const middle = 3 * SIDE + 3;
  const sources = Array.from({ length: 40 }, (_, i) => X!.values[i * size + middle]! - 100);
  sources.forEach((source, i) => assert.equal(source % 4, label!.values[i], `class of sample ${i}`));
  assert.equal(new Set(sources).size, 40);
  assert.ok(noise!.values.every((amplitude) => amplitude > 0));
  assert.notDeepEqual(Y!.values, X!.values);
});

test("a partner is another row of the class, each as likely, and the row itself only when it is alone", () => {
  const classes = Int32Array.of(0, 1, 0, 2, 0, 1, 0);
  const field: Field = { name: "label", shape: [], dtype: "int32", values: classes, description: "" };
  const rows = [6, 5, 4, 3, 2, 0];
  const drawn = new Int32Array(rows.length);
  const counts = new Map<number, number>();
  for (let step = 0; step < 600; step++) {
    choosePartners(rows, field, new RandomStream(1, "partners", step), drawn);
    // Class 0 has the rows 6, 4, 2 and 0; 5 and 3 are alone in theirs, as row 1 is in another split.
    assert.deepEqual([drawn[1], drawn[3]], [5, 3]);
    rows.forEach((row, i) => assert.ok(classes[drawn[i]!] === classes[row] && rows.includes(drawn[i]!)));
    counts.set(drawn[0]!, (counts.get(drawn[0]!) ?? 0) + 1);
  }
  assert.deepEqual([...counts.keys()].sort(), [0, 2, 4]);
  for (const count of counts.values()) assert.ok(Math.abs(count - 200) < 50, `${[...counts]}`);
});

test("noisy views of a .npz name their fields", async () => {
  const options = {
    views: "noisy-views",
    images: "pictures",
    labels: "kind",
    samples: 20,
    validation: 5,
    test: 5,
  };
  const data = await load("table.npz", options);
  assert.deepEqual(data.fields["X"]!.shape, [1, 2, 2]);
  assert.equal(data.fields["label"]!.classes, 3);
});

test("each fault is about the words that asked for it", async () => {
  const cases: [string, Options, DataError["about"], RegExp][] = [
    ["nothing.npz", {}, { kind: "source" }, /"nothing\.npz" cannot be opened: no such file/],
    ["broken", {}, { kind: "source" }, /"broken" is damaged: 40 x 6 x 6 numbers/],
    ["images.gz", { labels: "nothing" }, { kind: "option", name: "labels" }, /"nothing" cannot be opened/],
    ["images.gz", { labels: "few-labels" }, { kind: "option", name: "labels" }, /3 rows.*40 samples/],
    [
      "images.gz",
      { samples: 39 },
      { kind: "option", name: "samples" },
      /39 training, 4 validation and 4 test/,
    ],
    ["images.gz", { samples: 0 }, { kind: "option", name: "samples" }, /samples = 0 is not a whole number/],
    ["images.gz", { test: 0 }, { kind: "option", name: "test" }, /at least 1/],
    ["images.gz", { seed: 1.5 }, { kind: "option", name: "seed" }, /1\.5/],
    ["images.gz", { sample: 5 }, { kind: "option", name: "sample" }, /does not have an option sample/],
    ["images.gz", { views: "nosy" }, { kind: "option", name: "views" }, /"nosy"/],
    ["images.gz", { images: "x" }, { kind: "option", name: "images" }, /only works together with views/],
    ["images.gz", { views: "noisy-views" }, { kind: "option", name: "labels" }, /needs a field label/],
    [
      "table.npz",
      { views: "noisy-views", images: "picture", labels: "kind" },
      { kind: "option", name: "images" },
      /needs a field picture/,
    ],
    [
      "table.npz",
      { views: "noisy-views", images: "wild", labels: "kind" },
      { kind: "option", name: "images" },
      /from 0 to 1.*contains 2/,
    ],
    [
      "table.npz",
      { views: "noisy-views", images: "kind", labels: "kind" },
      { kind: "option", name: "images" },
      /grey images/,
    ],
    [
      "table.npz",
      { views: "noisy-views", images: "pictures", labels: "wild" },
      { kind: "option", name: "labels" },
      /one label for each/,
    ],
    ["noisy-digits", { samples: -1 }, { kind: "option", name: "samples" }, /samples = -1/],
    ["noisy-digits", { colour: true }, { kind: "option", name: "colour" }, /does not have an option colour/],
  ];
  for (const [source, options, about, message] of cases) {
    const error = await refuse(source, options);
    assert.deepEqual(error.about, about, error.message);
    assert.match(error.message, message);
  }
  assert.match((await refuse("noisy-digit")).advice, /did you mean the built-in data "noisy-digits"\?/);
});

const folder = process.env["BOTTLENECK_TEST_DATA"];

test(
  "noisy views of MNIST: 8,000 for training, 1,000 and 1,000 held out",
  { skip: folder ? false : "BOTTLENECK_TEST_DATA is not set" },
  async () => {
    const data = await loadDataset(
      {
        source: "mnist/t10k-images-idx3-ubyte.gz",
        options: {
          labels: "mnist/t10k-labels-idx1-ubyte.gz",
          views: "noisy-views",
          samples: 8000,
          validation: 1000,
          test: 1000,
        },
      },
      async (uri) => new Uint8Array(await readFile(join(folder!, uri))),
    );
    assert.equal(data.samples, 10_000);
    assert.deepEqual(data.fields["X"]!.shape, [1, 28, 28]);
    assert.equal(data.fields["label"]!.classes, 10);
  },
);
