/** Damaged data files are read or refused, never anything else. The whole count is in docs/robustness.md. */
import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { readerIds, surveyFiles } from "./data-files";

/** Files of each reader; fewer of those whose libraries take long. */
const FILES = 700;
const FEWER: Readonly<Record<string, number>> = { parquet: 100, hdf5: 100, images: 200, sounds: 200 };
const all = { files: 0, refused: 0 };

for (const id of readerIds)
  test(`a damaged file of the reader ${id} is read, or refused with what is wrong and what to do`, async () => {
    const { files, read, refused, failings, slowest } = await surveyFiles(id, {
      end: FEWER[id] ?? FILES,
      seed: 21,
    });
    assert.deepEqual(failings, []);
    assert.equal(read + refused, files);
    assert.ok(refused > 0, "some damage is found");
    assert.ok(read > 0, "some damage is to a number alone");
    assert.ok(slowest < 5000, `one file took ${slowest} ms`);
    all.files += files;
    all.refused += refused;
  });

test("a Parquet file whose library fails while a column of it is read is refused, and nothing fails afterwards", async () => {
  const late: unknown[] = [];
  const hear = (reason: unknown): void => void late.push(reason);
  process.on("unhandledRejection", hear);
  try {
    const { refused } = await surveyFiles("parquet", { start: 9352, end: 9353, seed: 103 });
    await setTimeout(50);
    assert.deepEqual([refused, late], [1, []]);
  } finally {
    process.off("unhandledRejection", hear);
  }
});

test("an HDF5 array whose damaged shape or pieces are larger than any file's takes no time", async () => {
  for (const start of [11007, 18549]) {
    const { slowest } = await surveyFiles("hdf5", { start, end: start + 1, seed: 103 });
    assert.ok(slowest < 3000, `file ${start} took ${slowest} ms`);
  }
});

test("most damage is found", () =>
  assert.ok(all.refused > 0.6 * all.files, `${all.refused} of ${all.files} were refused`));
