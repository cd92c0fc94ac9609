import assert from "node:assert/strict";
import test from "node:test";
import { bindStreams, type StreamRequest } from "../../core/data/bind";
import { DataError, type Dataset, type OptionValue, type SplitName } from "../../core/data/dataset";
import { loadDataset } from "../../core/data/load";
import { windowsText } from "../../core/data/taken";
import type { StreamKind } from "../../core/theory/spec";
import { holding, npy, npz } from "./files";

const ROWS = 1000;
const numbers = (count: number, of: (i: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => of(i));
/** Each number says its row and its channel. */
const spikes = npy(
  "f4",
  [ROWS, 3],
  numbers(3 * ROWS, (i) => Math.floor(i / 3) * 10 + (i % 3)),
);
const state = npy(
  "i4",
  [ROWS],
  numbers(ROWS, (i) => (i >= 500 ? 1 : 0)),
);
/** Four recordings of unlike lengths, the second shorter than a window. */
const ENDS = [400, 410, 800, ROWS];
const recording = npy(
  "i4",
  [ROWS],
  numbers(ROWS, (i) => ENDS.findIndex((end) => i < end)),
);
const files = holding({ "one.npz": npz({ spikes, state, recording }) });

const load = (options: Record<string, OptionValue>, streams?: StreamRequest[]): Promise<Dataset> =>
  loadDataset({ source: "one.npz", options }, files, streams);

const stream = (name: string, kind: StreamKind): StreamRequest => ({ name, kind });
const signal = stream("spikes", { name: "signal", sizes: [64, 3] });

/** The first row of each window of a split, as its numbers say. */
const startsOf = (data: Dataset, split: SplitName): number[] =>
  Array.from(data.splits[split], (window) => data.fields["spikes"]!.values[window * 64 * 3]! / 10);
const splits = ["train", "validation", "test"] as const;

test("each window has its rows in order, bound channels first; what has no time is that of the middle row", async () => {
  const kinds = [
    signal,
    stream("state", { name: "label", sizes: [2] }),
    { ...stream("now", { name: "vector", sizes: [3] }), field: "spikes" },
  ];
  const data = await load({ window: 64, step: 16 }, kinds);
  assert.equal(data.samples, Math.floor((ROWS - 64) / 16) + 1);
  const [bound, label, now] = bindStreams(data, kinds);
  assert.deepEqual(bound!.shape, [3, 64]);
  for (const window of [0, 7, data.samples - 1]) {
    const start = 16 * window;
    const sample = bound!.values.subarray(window * 192, (window + 1) * 192);
    assert.deepEqual(
      [...sample],
      numbers(192, (i) => (start + (i % 64)) * 10 + Math.floor(i / 64)),
    );
    assert.equal(label!.values[window], start + 32 >= 500 ? 1 : 0);
    assert.deepEqual(
      [...now!.values.subarray(window * 3, (window + 1) * 3)],
      [0, 1, 2].map((channel) => (start + 32) * 10 + channel),
    );
  }
});

test("a window has a stream where all of its rows do, and one that reads the middle row where that does", async () => {
  const there = numbers(ROWS, (i) => (i === 70 || i >= 900 ? 0 : 1));
  const said = numbers(ROWS, (i) => Number(i >= 40));
  const words = npy(
    "i4",
    [ROWS, 2],
    numbers(2 * ROWS, (i) => i % 2),
  );
  const holding70 = holding({
    "one.npz": npz({
      spikes,
      spikes_present: npy("u1", [ROWS], there),
      words,
      words_length: npy("u1", [ROWS], said),
    }),
  });
  const kinds = [
    signal,
    { ...stream("now", { name: "vector", sizes: [3] }), field: "spikes" },
    stream("words", { name: "text", sizes: [2, 2] }),
  ];
  const options = { window: 64, step: 16 };
  const data = await loadDataset({ source: "one.npz", options }, holding70, kinds);
  const [bound, now, text] = bindStreams(data, kinds);
  const starts = numbers(data.samples, (window) => 16 * window);
  assert.deepEqual(
    [...bound!.absent!],
    starts.map((start) => Number(there.slice(start, start + 64).includes(0))),
  );
  assert.deepEqual(
    [...now!.absent!],
    starts.map((start) => 1 - there[start + 32]!),
  );
  assert.deepEqual(
    [...text!.values],
    starts.flatMap((start) => (said[start + 32] ? [0, 2] : [2, 2])),
  );
});

test("a presence that is neither 0 nor 1 in a window is refused with its window", async () => {
  const half = npz({
    spikes,
    spikes_present: npy(
      "f4",
      [ROWS],
      numbers(ROWS, (i) => (i === 70 ? 0.5 : 1)),
    ),
  });
  const options = { window: 64, step: 64 };
  const data = await loadDataset({ source: "one.npz", options }, holding({ "one.npz": half }), [signal]);
  assert.throws(
    () => bindStreams(data, [signal]),
    (error: unknown) =>
      error instanceof DataError &&
      /from spikes_present, which must be 0 or 1 for each row, but sample 1 is 0.5/.test(error.message),
  );
});

test("windows of two splits have no row in common", async () => {
  for (const step of [1, 7, 16, 64, 100]) {
    const data = await load({ window: 64, step, seed: 5 });
    const splitOf = new Map<number, SplitName>();
    for (const split of splits)
      for (const start of startsOf(data, split))
        for (let row = start; row < start + 64; row++) {
          assert.ok((splitOf.get(row) ?? split) === split, `row ${row} at step ${step}`);
          splitOf.set(row, split);
        }
    const { made, dropped } = data.windows!;
    const used = splits.reduce((sum, split) => sum + data.splits[split].length, 0);
    assert.equal(made, used + dropped);
    assert.equal(dropped > 0, step < 64, `${dropped} at step ${step}`);
    assert.ok(used > made / 2, `${used} of ${made} windows are used`);
  }
});

test("windows of a recording stay in one split, and none has rows of two", async () => {
  const data = await load({ window: 64, step: 16, groups: "recording" });
  const recordings = splits.map(
    (split) =>
      new Set(
        startsOf(data, split).map((start) => {
          const found = ENDS.findIndex((end) => start < end);
          assert.ok(start + 64 <= ENDS[found]!, `the window from row ${start} ends in its recording`);
          return found;
        }),
      ),
  );
  assert.deepEqual(
    recordings
      .map((found) => [...found])
      .flat()
      .sort(),
    [0, 2, 3],
  );
  assert.equal(data.windows!.dropped, 0);
});

test("how many windows there are is said", async () => {
  assert.equal(windowsText(await load({ window: 64 })), "Samples are windows: 15 of 64 rows, 64 rows apart.");
  assert.match(
    windowsText(await load({ window: 64, step: 16 }))!,
    /^Samples are windows: 59 of 64 rows, 16 rows apart; \d+ of them in no split, since they overlap a window of another split\.$/,
  );
  assert.equal(windowsText(await load({})), undefined);
});

test("sizes that leave no windows are refused with one that does", async () => {
  const refused = async (options: Record<string, OptionValue>): Promise<DataError> =>
    load(options).then(
      () => assert.fail("was read"),
      (error: unknown) => {
        assert.ok(error instanceof DataError, String(error));
        return error;
      },
    );
  const long = await refused({ window: 2000 });
  assert.match(long.message, /window = 2000 is longer than the recording, which has 1000 rows/);
  assert.match(long.advice, /Set window to 100 or less/);
  assert.match(
    (await refused({ window: 600, groups: "recording" })).message,
    /the longest recording, which has 400 rows/,
  );
  assert.match(
    (await refused({ window: 400, step: 400 })).message,
    /are 2 in 1000 rows, too few for three splits/,
  );
  assert.match((await refused({ window: 400, step: 10 })).message, /leave no \w+ sample that overlaps none/);
  assert.match((await refused({ step: 16 })).message, /there are no windows/);
  assert.match((await refused({ window: 0 })).message, /window = 0 is not a whole number of at least 1/);
  assert.match((await refused({ window: 64, step: 0 })).message, /step = 0 is not/);
});
