import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DataError,
  type Dataset,
  type Field,
  type OptionValue,
  type SplitName,
} from "../../core/data/dataset";
import { fileSplits } from "../../core/data/file-splits";
import { loadDataset } from "../../core/data/load";
import { Options } from "../../core/data/options";
import { dealWhole, SPLITS } from "../../core/data/whole-splits";
import { permutation } from "../../core/random";
import { holding, npy, npz } from "./files";

type Written = Record<string, OptionValue>;
const NAMES: SplitName[] = ["train", "validation", "test"];

const N = 200;
const column = (of: (row: number) => number): number[] => Array.from({ length: N }, (_, row) => of(row));
/** 40 subjects of 5 rows each; every second subject but one in twenty is of class 1. */
const subject = column((row) => row % 40);
const diagnosis = column((row) => (row % 40 < 4 ? 2 : row % 2));
/** Sizes 1, 2, 3, ... in turn, and one subject of half the rows. */
const uneven = column((row) => Math.floor(Math.sqrt(2 * row)));
const lopsided = column((row) => (row < 150 ? 0 : row));
const fold = column((row) => (row < 120 ? 0 : row < 170 ? 2 : 1));
const files = holding({
  "table.npz": npz({
    X: npy(
      "f4",
      [N, 2],
      Array.from({ length: 2 * N }, (_, i) => i),
    ),
    subject: npy("i8", [N], subject),
    diagnosis: npy("i8", [N, 1], diagnosis),
    uneven: npy("i8", [N], uneven),
    lopsided: npy("i8", [N], lopsided),
    fold: npy("u1", [N], fold),
    pair: npy(
      "i8",
      [N],
      column((row) => row % 2),
    ),
    "two words": npy("i8", [N], subject),
    seven: npy(
      "u1",
      [N],
      column((row) => (row === 12 ? 7 : row % 3)),
    ),
    two: npy(
      "u1",
      [N],
      column((row) => 2 * (row % 2)),
    ),
    holes: npy(
      "f4",
      [N],
      column((row) => (row === 30 ? NaN : row % 4)),
    ),
    rare: npy(
      "u1",
      [N],
      column((row) => (row < 2 ? 1 : 0)),
    ),
    trio: npy(
      "u1",
      [N],
      column((row) => (row < 3 ? 1 : 0)),
    ),
    "visit-2": npy(
      "i4",
      [200],
      Array.from({ length: 200 }, () => 0),
    ),
    stamps: npy(
      "f8",
      [N],
      column((row) => 1.7e9 + Math.floor(row / 5)),
    ),
    short: npy("u1", [3], [0, 1, 2]),
    pictures: npy(
      "u1",
      [N, 2, 2],
      Array.from({ length: 4 * N }, (_, i) => Math.floor(i / 4)),
    ),
  }),
});

const load = (options: Written): Promise<Dataset> => loadDataset({ source: "table.npz", options }, files);

async function refuse(options: Written): Promise<DataError> {
  const error: unknown = await load(options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DataError, `${JSON.stringify(options)}: ${error}`);
  return error;
}

const sizesOf = ({ splits }: Dataset): number[] => NAMES.map((name) => splits[name].length);
const rowsOf = ({ splits }: Dataset): number[] => NAMES.flatMap((name) => [...splits[name]]);

/** Rows of each split that have a value. */
const counts = ({ splits }: Dataset, values: readonly number[], value: number): number[] =>
  NAMES.map((name) => splits[name].filter((row) => values[row] === value).length);

function assertWhole(data: Dataset, groups: readonly number[]): void {
  const split = new Map<number, SplitName>();
  for (const name of NAMES) {
    for (const row of data.splits[name]) {
      assert.equal(split.get(groups[row]!) ?? name, name, `group ${groups[row]} is in two splits`);
      split.set(groups[row]!, name);
    }
  }
  assert.equal(new Set(rowsOf(data)).size, rowsOf(data).length);
}

test("without these settings the split is the random one that it has always been", async () => {
  const { splits } = await load({ seed: 7, validation: 30 });
  const order = permutation(7, "data.splits", 0, N);
  assert.deepEqual(splits, {
    test: order.slice(0, 20),
    validation: order.slice(20, 50),
    train: order.slice(50),
  });
});

test("groups: rows of one value stay in one split, and the sizes are reached where whole groups allow it", async () => {
  for (const seed of [1, 2, 3]) {
    const even = await load({ groups: "subject", seed });
    assertWhole(even, subject);
    assert.deepEqual(sizesOf(even), [160, 20, 20]);

    const sized = await load({ groups: "uneven", samples: 90, validation: 40, test: 30, seed });
    assertWhole(sized, uneven);
    // Within half of the smallest group that was left, of 21 groups of 1 to 20 rows.
    sizesOf(sized).forEach((size, i) =>
      assert.ok(Math.abs(size - [90, 40, 30][i]!) <= 10, `${sizesOf(sized)}`),
    );
  }
  assert.deepEqual(
    (await load({ groups: "subject", seed: 5 })).splits,
    (await load({ groups: "subject", seed: 5 })).splits,
  );
  assert.notDeepEqual(
    (await load({ groups: "subject", seed: 5 })).splits,
    (await load({ groups: "subject", seed: 6 })).splits,
  );
});

test("groups: a group larger than a split goes to training, and all rows are used", async () => {
  for (const seed of [1, 2, 3, 4]) {
    const data = await load({ groups: "lopsided", seed });
    assertWhole(data, lopsided);
    assert.deepEqual(sizesOf(data), [160, 20, 20]);
    assert.equal(counts(data, lopsided, 0)[0], 150);
  }
});

test("a field is named as a plain word or in quotes", async () => {
  const quoted = await load({ groups: "two words" });
  assert.deepEqual(quoted.splits, (await load({ groups: "subject" })).splits);
});

test("split: the field decides, by number", async () => {
  const data = await load({ split: "fold", seed: 3 });
  assert.deepEqual(sizesOf(data), [120, 30, 50]);
  NAMES.forEach((name, i) => assert.ok(data.splits[name].every((row) => fold[row] === i)));
  const fewer = await load({ split: "fold", seed: 3, samples: 50 });
  assert.deepEqual(sizesOf(fewer), [50, 30, 50]);
  assert.deepEqual(fewer.splits.train, data.splits.train.slice(0, 50));
  assert.deepEqual(fewer.splits.test, data.splits.test);
});

const words = (written: string[], samples: readonly number[]): Field => ({
  name: "part",
  shape: [],
  dtype: "int32",
  values: Int32Array.from(samples),
  words: written,
  classes: written.length,
  description: "",
});

/** The splits of a table of one field of words. */
const named = (written: string[], samples: readonly number[], options: Written = { split: "part" }) => {
  const field = words(written, samples);
  const table = { samples: samples.length, fields: { part: field }, skipped: {}, unread: [], groups: {} };
  return fileSplits(new Options({ source: "table.csv", options }), table, 1);
};

test("split: the field decides, by word", () => {
  for (const word of ["validation", "val", "valid", "dev", "Val"]) {
    const splits = named(["test", "train", word], [0, 1, 2, 1, 1]);
    assert.deepEqual([...splits.train].sort(), [1, 3, 4]);
    assert.deepEqual([[...splits.validation], [...splits.test]], [[2], [0]]);
  }
  const numbered = named(["2", "0", "1"], [0, 1, 2]);
  assert.deepEqual([[...numbered.train], [...numbered.validation], [...numbered.test]], [[1], [2], [0]]);
  assert.throws(() => named(["hold-out", "train", "val"], [1, 2, 0]), /row 2 of part is "hold-out"/);
  assert.throws(() => named(["test", "train", "val"], [1, 2, 0, -1]), /row 3 of part is empty/);
  assert.throws(() => named(["train", "val"], [1, 0, 0, 0]), /no row of part says test/);
});

test("a table as text names groups and splits by words", async () => {
  const lines = ["patient,part,X_0,X_1"];
  for (let row = 0; row < 60; row++)
    lines.push(`p${row % 15},${["train", "dev", "train", "test"][row % 4]},${row / 2},${-row / 2}`);
  const csv = holding({ "table.csv": new TextEncoder().encode(`${lines.join("\n")}\n`) });
  const said = await loadDataset({ source: "table.csv", options: { split: "part" } }, csv);
  assert.deepEqual(sizesOf(said), [30, 15, 15]);
  assert.ok(said.splits.validation.every((row) => row % 4 === 1));
  const whole = await loadDataset(
    { source: "table.csv", options: { groups: "patient", test: 8, validation: 8 } },
    csv,
  );
  assert.deepEqual(sizesOf(whole), [44, 8, 8]);
  assertWhole(
    whole,
    Array.from({ length: 60 }, (_, row) => row % 15),
  );
});

test("stratify: each class has its share in every split", async () => {
  for (const seed of [1, 2, 3]) {
    const data = await load({ stratify: "diagnosis", seed });
    assert.deepEqual(sizesOf(data), [160, 20, 20]);
    assert.deepEqual(counts(data, diagnosis, 2), [16, 2, 2]);
    assert.deepEqual(counts(data, diagnosis, 0), [72, 9, 9]);
    const small = await load({ stratify: "diagnosis", samples: 50, seed });
    assert.deepEqual(sizesOf(small), [50, 20, 20]);
    assert.equal(counts(small, diagnosis, 2)[0], 5);
  }
  // A class that is due less than one row has one.
  const rare = await load({ stratify: "trio", validation: 5, test: 5 });
  assert.deepEqual(
    NAMES.map((name) => rare.splits[name].filter((row) => row < 3).length),
    [1, 1, 1],
  );
  assert.deepEqual(sizesOf(rare), [190, 5, 5]);
  const classes = named(["a", "b"], [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], {
    stratify: "part",
    validation: 2,
    test: 2,
  });
  assert.deepEqual(
    NAMES.map((name) => [...classes[name]].filter((row) => row % 2 === 1).length),
    [4, 1, 1],
  );
});

test("groups and stratify: whole groups, each class with its share", async () => {
  for (const seed of [1, 2, 3]) {
    const data = await load({ groups: "subject", stratify: "diagnosis", validation: 40, test: 40, seed });
    assertWhole(data, subject);
    // Shares of class 2 are 4 of its 20 rows, and its groups have 5.
    assert.deepEqual(counts(data, diagnosis, 2), [10, 5, 5]);
    assert.equal(rowsOf(data).length, N);
    sizesOf(data).forEach((size, i) =>
      assert.ok(Math.abs(size - [120, 40, 40][i]!) <= 5, `${sizesOf(data)}`),
    );
  }
});

test("noisy views are made of the splits that are asked for", async () => {
  const options = { views: "noisy-views", images: "pictures", labels: "trio" };
  const data = await load({ ...options, split: "fold" });
  assert.deepEqual(sizesOf(data), [120, 30, 50]);
});

test("each fault of a split is about its setting, and says what to do", async () => {
  const cases: [Written, string, RegExp, RegExp][] = [
    [
      { groups: "subjct" },
      "groups",
      /field subjct, which "table\.npz" does not have/,
      /Did you mean subject\?/,
    ],
    [{ stratify: "nothing" }, "stratify", /field nothing/, /Its fields are X, subject/],
    [{ groups: "visit-3" }, "groups", /field visit-3/, /Did you mean "visit-2"\? .*, "visit-2"/],
    [
      { split: "short" },
      "split",
      /short .* 3 rows where the other fields have 200/,
      /Name another field \(X, .*\), or save short as one whole number for each row/,
    ],
    [{ groups: 3 }, "groups", /groups = 3 is not the name of a field/, /Set groups/],
    [{ groups: "X" }, "groups", /X has 2 values in each row/, /one value/],
    [{ groups: "pair" }, "groups", /pair has 2 different values, too few for three splits/, /at least 3/],
    [{ groups: "stamps" }, "groups", /17\d+ and 17\d+ of stamps are the same number/, /from 0/],
    [{ groups: "holes" }, "groups", /row 30 of holes is empty/, /Give every row/],
    [
      { groups: "lopsided", samples: 60, validation: 100, test: 10 },
      "validation",
      /validation = 100 .* whole groups of lopsided.* group, 0, has 150 of the 200 rows/,
      /Set validation to \d+/,
    ],
    [{ split: "seven" }, "split", /row 12 of seven is 7/, /0, 1 or 2/],
    [{ split: "two" }, "split", /no row of two says validation/, /numbers 1:/],
    [{ split: "fold", validation: 31 }, "validation", /31, but only 30 rows/, /30 or less/],
    [{ split: "fold", groups: "subject" }, "groups", /split decides/, /Remove groups/],
    [{ split: "fold", stratify: "diagnosis" }, "stratify", /split decides/, /Remove stratify/],
    [{ stratify: "rare" }, "stratify", /Class 1 of rare has 2 rows/, /at least 3/],
    [{ stratify: "subject", test: 10 }, "test", /test = 10 .* 40 classes of subject/, /at least 40/],
    [
      { stratify: "uneven", groups: "uneven" },
      "stratify",
      /Class 0 of uneven has 1 group of uneven/,
      /at least 3/,
    ],
  ];
  for (const [options, name, message, advice] of cases) {
    const error = await refuse(options);
    assert.deepEqual(error.about, { kind: "option", name }, error.message);
    assert.match(error.message, message);
    assert.match(error.advice, advice);
  }
});

/** How many rows each split gets, and how many of each stratum, of units of these sizes. */
function dealt(strata: number[][], [train, validation, test]: [number, number, number]): number[][] {
  let row = 0;
  const units = strata.map((sizes) => ({
    units: sizes.map((size) => Array.from({ length: size }, () => row++)),
  }));
  const splitOf = dealWhole(units, { train, validation, test }, row);
  return NAMES.map((name) =>
    units.map(
      (stratum) => stratum.units.flat().filter((row) => splitOf[row] === SPLITS.indexOf(name)).length,
    ),
  );
}

test("whole units are dealt as near to the sizes as their order allows, and leave some for each split", () => {
  const each = (count: number, size: number): number[] => Array.from({ length: count }, () => size);
  // One more unit where it is nearer, none where it is further; training takes all that is left.
  assert.deepEqual(dealt([each(8, 4)], [18, 7, 7]), [[16], [8], [8]]);
  assert.deepEqual(dealt([each(10, 3)], [22, 4, 4]), [[24], [3], [3]]);
  assert.deepEqual(dealt([each(10, 3)], [12, 4, 4]), [[12], [3], [3]]);
  assert.deepEqual(dealt([[1, 1, 97, 1]], [80, 10, 10]), [[97], [1], [2]]);
  // A class of three rows gives one to each split, and others make up for what it cannot give.
  assert.deepEqual(dealt([each(30, 1), each(3, 1)], [3, 10, 20]), [
    [2, 1],
    [9, 1],
    [19, 1],
  ]);
});
