import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import type { StreamRequest } from "../../core/data/bind";
import { DataError, type Dataset, type FileRanges } from "../../core/data/dataset";
import { fileSplits } from "../../core/data/file-splits";
import { loadDataset } from "../../core/data/load";
import { Options } from "../../core/data/options";
import { readSpecFile } from "../../trainer/files";
import { defaultSettings } from "../../trainer/settings";
import { npy, npz } from "./files";

const folder = mkdtempSync(join(tmpdir(), "bottleneck-ranges-"));
after(() => rmSync(folder, { recursive: true }));

const stream = (name: string, size: number): StreamRequest => ({
  name,
  kind: { name: "vector", sizes: [size] },
});

/** What a file is read of, in bytes. */
interface Counted {
  files: (path: string) => Promise<FileRanges>;
  bytes: () => number;
}

function counting(): Counted {
  let bytes = 0;
  return {
    bytes: () => bytes,
    async files(path) {
      const file = await readSpecFile(defaultSettings, "", join(folder, path));
      assert.ok("size" in file);
      return {
        size: file.size,
        read(start, end) {
          bytes += end - start;
          return file.read(start, end);
        },
      };
    },
  };
}

const ROWS = 1_200_000;
const WIDTH = 500;

/** 2.2 GiB of zeros that take no place on the disk, with a number of its own in each row that is asked for. */
async function beyond(name: string, rows: readonly number[]): Promise<void> {
  const header = npy("f4", [ROWS, WIDTH], []);
  const file = await open(join(folder, name), "w");
  await file.write(header);
  await file.truncate(header.length + 4 * ROWS * WIDTH);
  for (const row of rows)
    await file.write(Float32Array.of(row), 0, 4, header.length + 4 * (row * WIDTH + WIDTH - 1));
  await file.close();
}

const rowsOf = ({ splits }: Dataset): number[] => [...splits.train, ...splits.validation, ...splits.test];

test("of a file beyond 2 GiB those rows are read that are used, wherever they are", async () => {
  const options = { samples: 40, validation: 10, test: 10, seed: 3 };
  await beyond("long.npy", []);
  const first = await loadDataset({ source: "long.npy", options }, counting().files, [stream("long", WIDTH)]);
  const used = [...first.rows!];
  assert.ok(used.at(-1)! * 4 * WIDTH > 2 ** 31, "a row beyond 2 GiB is among them");
  await beyond("long.npy", used);
  const counted = counting();
  const data = await loadDataset({ source: "long.npy", options }, counted.files, [stream("long", WIDTH)]);
  assert.equal(data.samples, 60);
  assert.deepEqual(
    rowsOf(data).sort((a, b) => a - b),
    Array.from({ length: 60 }, (_, i) => i),
  );
  const { values } = data.fields["long"]!;
  assert.deepEqual(
    used.map((_, i) => values[i * WIDTH + WIDTH - 1]),
    used,
  );
  assert.ok(counted.bytes() < 2 * 60 * 4 * WIDTH + 1000, `${counted.bytes()} bytes`);
});

test("more rows than are held are refused where they are asked for; without sizes random ones are taken", async () => {
  await beyond("long.npy", []);
  const options = { samples: 1_100_000, validation: 10, test: 10 };
  await assert.rejects(
    loadDataset({ source: "long.npy", options }, counting().files, [stream("long", WIDTH)]),
    (error) =>
      error instanceof DataError &&
      /1100020 rows .* need more than 2 GiB/.test(error.message) &&
      /to 1073741 or less/.test(error.advice) &&
      error.about.kind === "option",
  );
  const table = { samples: 1000, fields: {}, skipped: {}, unread: [], groups: {} };
  const splits = fileSplits(new Options({ source: "long.npy", options: {} }), table, 1, { most: 200 });
  assert.deepEqual([splits.train.length, splits.validation.length, splits.test.length], [160, 20, 20]);
  assert.ok(splits.train.some((row) => row > 500) && splits.train.some((row) => row < 500));
});

test("so many rows that they cannot be put in an order are refused", async () => {
  const header = npy("u1", [3e9, 1], []);
  const file = join(folder, "many.npy");
  writeFileSync(file, header);
  truncateSync(file, header.length + 3e9);
  await assert.rejects(loadDataset({ source: "many.npy", options: {} }, counting().files), (error) => {
    assert.ok(error instanceof DataError);
    assert.match(error.message, /3000000000 rows/);
    return true;
  });
});

test("arrays that no stream reads are not read, stored or compressed", async () => {
  for (const level of [0, 6] as const) {
    const numbers = Array.from({ length: 90_000 }, (_, i) => (i * 7919) % 1000);
    const [X, Y] = [npy("f4", [30, 3], numbers.slice(0, 90)), npy("f8", [30, 3000], numbers)];
    writeFileSync(join(folder, "two.npz"), npz({ X, Y }, level));
    const counted = counting();
    const data = await loadDataset({ source: "two.npz", options: {} }, counted.files, [stream("X", 3)]);
    assert.deepEqual(Object.keys(data.fields), ["X"]);
    assert.deepEqual(data.unread, [{ name: "Y", shape: [3000], dtype: "float32" }]);
    assert.deepEqual([...data.fields["X"]!.values], numbers.slice(0, 90));
    assert.ok(counted.bytes() < 200_000, `${counted.bytes()} bytes`);
  }
});

test("a file that changes or ends while it is read is refused in words", async () => {
  const path = join(folder, "changing.npy");
  const bytes = npy(
    "f4",
    [30, 3],
    Array.from({ length: 90 }, (_, i) => i),
  );
  for (const [change, said] of [
    [() => truncateSync(path, bytes.length - 8), /has changed since it was opened/],
    [() => utimesSync(path, 1, 1), /has changed since it was opened/],
    [() => rmSync(path), /there is no file/],
  ] as const) {
    writeFileSync(path, bytes);
    const files = async (name: string): Promise<FileRanges> => {
      const file = await counting().files(name);
      let reads = 0;
      return {
        size: file.size,
        read(start, end) {
          if (++reads === 3) change();
          return file.read(start, end);
        },
      };
    };
    await assert.rejects(loadDataset({ source: "changing.npy", options: {} }, files), (error) => {
      assert.ok(error instanceof DataError, String(error));
      assert.match(error.message, said);
      return true;
    });
  }
});

test("a header that claims more than the file has is refused before anything is held", async () => {
  const bytes = npy(
    "f4",
    [3, 3],
    Array.from({ length: 9 }, (_, i) => i),
  );
  const claimed = npy("f4", [900_000_000, 3], []);
  writeFileSync(join(folder, "lying.npy"), Buffer.concat([claimed, bytes.subarray(bytes.length - 36)]));
  await assert.rejects(
    loadDataset({ source: "lying.npy", options: {} }, counting().files),
    /is damaged: 900000000 x 3 numbers of 4 bytes need 10800000000 bytes, there are 36/,
  );
});

test("records are fields by their names, of one file and of an archive; of records within records it is said", async () => {
  const rows = 30;
  const record = (i: number): Uint8Array => {
    const bytes = new Uint8Array(21);
    const view = new DataView(bytes.buffer);
    view.setInt8(0, i % 3);
    view.setFloat64(1, i / 4, true);
    [0, 1, 2].forEach((at) => view.setFloat32(9 + 4 * at, 10 * i + at, false));
    return bytes;
  };
  const description = "[('L', '|i1'), ('dose', '<f8'), ('gene', '>f4', (3,))]";
  const bytes = Buffer.concat([
    npy("u1", [rows], [], { description }),
    ...Array.from({ length: rows }, (_, i) => record(i)),
  ]);
  writeFileSync(join(folder, "records.npy"), bytes);
  writeFileSync(join(folder, "records.npz"), npz({ table: bytes }));
  for (const [source, before] of [
    ["records.npy", ""],
    ["records.npz", "table/"],
  ] as const) {
    const { fields } = await loadDataset({ source, options: {} }, counting().files);
    const of = (name: string): number[] => [...fields[before + name]!.values];
    assert.deepEqual(
      of("L"),
      Array.from({ length: rows }, (_, i) => i % 3),
    );
    assert.deepEqual(
      of("dose"),
      Array.from({ length: rows }, (_, i) => i / 4),
    );
    assert.deepEqual(
      of("gene"),
      Array.from({ length: 3 * rows }, (_, i) => 10 * Math.floor(i / 3) + (i % 3)),
    );
    assert.deepEqual(fields[`${before}gene`]!.shape, [3]);
  }
  const nested = npy("u1", [rows], Array<number>(4 * rows).fill(0), {
    description: "[('a', [('b', '<f4')])]",
  });
  writeFileSync(
    join(folder, "nested.npz"),
    npz({ nested, X: npy("f4", [rows], Array<number>(rows).fill(1)) }),
  );
  const { skipped } = await loadDataset({ source: "nested.npz", options: {} }, counting().files);
  assert.match(skipped!["nested"]!, /records within records/);
});

test("whole numbers beyond 2^53 are no field, and the reason names one", async () => {
  const exact = npy("i8", [30], Array<number>(30).fill(2 ** 53 - 1));
  const beyond = npy("i8", [30], Array<number>(30).fill(2 ** 60));
  writeFileSync(join(folder, "large.npz"), npz({ exact, beyond }));
  const { fields, skipped } = await loadDataset({ source: "large.npz", options: {} }, counting().files);
  assert.deepEqual(Object.keys(fields), ["exact"]);
  assert.match(skipped!["beyond"]!, /beyond 2\^53, such as 1152921504606846976,/);
});

test("texts of more different subjects than there are classes may be groups", async () => {
  const subjects = 1500;
  const line = (i: number): string => `s${i % subjects},${i}`;
  writeFileSync(
    join(folder, "subjects.csv"),
    ["subject,x", ...Array.from({ length: 2 * subjects }, (_, i) => line(i))].join("\n"),
  );
  const { splits, skipped, samples } = await loadDataset(
    { source: "subjects.csv", options: { groups: "subject" } },
    counting().files,
  );
  assert.match(skipped!["subject"]!, /1500 different texts/);
  const splitOf = new Map<number, string>();
  for (const [name, rows] of Object.entries(splits))
    for (const row of rows) {
      assert.equal(splitOf.get(row % subjects) ?? name, name);
      splitOf.set(row % subjects, name);
    }
  assert.equal(splitOf.size, subjects);
  assert.equal(samples, 2 * subjects);
});
