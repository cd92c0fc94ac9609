import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { gzipSync } from "fflate";
import { DataError } from "../../core/data/dataset";
import { contentOf } from "../../core/data/readers/content";
import { openNpy } from "../../core/data/readers/npy";
import { FIRST_BYTES, inMemory, type NotNumbers, type NumberArray } from "../../core/data/reader";
import type { DataFile } from "../../core/data/readers/file";
import { readers } from "../../core/data/readers/index";
import { readWav } from "../../core/data/readers/wav";
import { readTable, type Table } from "../../core/data/table";
import { idx, npy, npz, written, type NpyType } from "./files";

function file(bytes: Uint8Array, uri = "data.npz"): DataFile {
  return { uri, bytes, about: { kind: "source" } };
}

const read = (bytes: Uint8Array, uri?: string): Promise<Table> => readTable(inMemory(file(bytes, uri)));

/** The array of a .npy file. */
async function readNpy(bytes: Uint8Array): Promise<NumberArray | NotNumbers> {
  const opened = await openNpy(contentOf(inMemory(file(bytes))));
  assert.ok("read" in opened);
  return opened.read();
}

const RANGES: Record<NpyType, [number, number]> = {
  f4: [-1e6, 1e6],
  f8: [-1e6, 1e6],
  u1: [0, 255],
  b1: [0, 1],
  i1: [-128, 127],
  i2: [-32768, 32767],
  i4: [-(2 ** 31), 2 ** 31 - 1],
  i8: [-(2 ** 31), 2 ** 31 - 1],
};

test("an array written as .npy is read back, in every type, order, byte order and version", async () => {
  const arrays = fc
    .record({
      type: fc.constantFrom(...(Object.keys(RANGES) as NpyType[])),
      shape: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
      fortran: fc.boolean(),
      big: fc.boolean(),
      version: fc.constantFrom(1 as const, 2 as const),
      draws: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 256, maxLength: 256 }),
    })
    .map(({ draws, ...rest }) => {
      const [low, high] = RANGES[rest.type];
      const count = rest.shape.reduce((product, length) => product * length, 1);
      return { ...rest, values: draws.slice(0, count).map((u) => Math.round(low + (high - low) * u)) };
    });
  await fc.assert(
    fc.asyncProperty(arrays, async ({ type, shape, values, ...options }) => {
      const read = await readNpy(npy(type, shape, values, options));
      assert.ok("values" in read);
      assert.deepEqual(read.shape, shape);
      assert.deepEqual([...read.values], values);
    }),
    { numRuns: 300 },
  );
});

test("numbers keep their kind: bytes stay bytes, whole numbers beyond int32 become float32", async () => {
  const dtype = async (type: NpyType, values: number[]): Promise<string> => {
    const read = await readNpy(npy(type, [values.length], values));
    return "values" in read ? read.dtype : read.notNumbers;
  };
  assert.equal(await dtype("u1", [1]), "uint8");
  assert.equal(await dtype("b1", [1]), "uint8");
  assert.equal(await dtype("i8", [-5]), "int32");
  assert.equal(await dtype("i8", [2 ** 40]), "float32");
  assert.equal(await dtype("f8", [0.5]), "float32");
});

test("half-precision numbers are read", async () => {
  // 1, -2, 2^-24 (the smallest), 65504 (the largest), infinity, not a number.
  const bits = [0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x7e00];
  const bytes = npy(
    "i2",
    [6],
    bits.map((b) => (b << 16) >> 16),
    { description: "'<f2'" },
  );
  const read = await readNpy(bytes);
  assert.ok("values" in read);
  assert.deepEqual([...read.values], [1, -2, 2 ** -24, 65504, Infinity, NaN]);
});

function example(): Record<string, Uint8Array> {
  return {
    x: npy("f4", [3, 2], [1, 2, 3, 4, 5, 6]),
    label: npy("i8", [3], [0, 1, 2]),
    rate: npy("f8", [], [8000]),
    names: npy("i4", [3], [66, 65, 66], { description: "'<U1'" }),
    things: npy("u1", [3], [65, 66, 67], { description: "'|O'" }),
    other: npy("f4", [2], [1, 2]),
  };
}

test("a .npz gives a field an array, stored or compressed, and says why it skips the rest", async () => {
  for (const level of [0, 6] as const) {
    const table = await read(npz(example(), level));
    assert.equal(table.samples, 3);
    assert.deepEqual(Object.keys(table.fields).sort(), ["label", "names", "x"]);
    assert.deepEqual([...table.fields["names"]!.values], [1, 0, 1]);
    assert.deepEqual(table.fields["x"]!.shape, [2]);
    assert.deepEqual([...table.fields["label"]!.values], [0, 1, 2]);
    assert.match(table.skipped["rate"]!, /one number/);
    assert.match(table.skipped["things"]!, /Python objects, .*\|O/);
    assert.match(table.skipped["other"]!, /2 rows.*3/);
  }
});

test("IDX is read plain and gzipped, images and labels alike", async () => {
  const images = idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
  for (const bytes of [images, gzipSync(images), gzipSync(images, { filename: "images" })]) {
    const field = (await read(bytes, "images.gz")).fields["image"]!;
    assert.deepEqual(field.shape, [2, 2]);
    assert.deepEqual([...field.values], [1, 2, 3, 4, 5, 6, 7, 8]);
  }
  assert.deepEqual([...(await read(idx([3], [7, 8, 9]))).fields["label"]!.values], [7, 8, 9]);
});

test("a lone .npy is a field named after its file", async () => {
  const table = await read(npy("f4", [2, 1], [1, 2]), "folder/codes.v2.npy");
  assert.deepEqual(Object.keys(table.fields), ["codes"]);
});

test("what is no data file, or holds no samples, is refused with advice", async () => {
  const refused = async (bytes: Uint8Array): Promise<DataError> => {
    try {
      await read(bytes);
    } catch (error) {
      assert.ok(error instanceof DataError);
      return error;
    }
    throw new Error("was read");
  };
  assert.match((await refused(new Uint8Array())).message, /empty/);
  assert.match(
    (await refused(new TextEncoder().encode("a,b\n1,2\n"))).message,
    /such as CSV; the formats that are read are NumPy archive \(\.npz\), NumPy array \(\.npy\), IDX, Parquet table .*, table as text \(\.csv, \.tsv\), plain or gzip/,
  );
  assert.match((await refused(npy("f4", [0, 3], []))).message, /no samples/);
  assert.match(
    (await refused(npz({ s: npy("u1", [1], [65], { description: "'|O'" }) }))).message,
    /s: it contains Python objects, .*\|O/,
  );
  assert.match((await refused(npz({}))).message, /no samples/);
  for (const bytes of [new Uint8Array(), npz({})]) assert.ok((await refused(bytes)).advice.length > 10);
});

const whole: Record<string, Uint8Array> = {
  npy: npy("f4", [3, 2], [1, 2, 3, 4, 5, 6]),
  "stored npz": npz(example(), 0),
  "compressed npz": npz(example(), 6),
  idx: idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]),
  "gzipped idx": gzipSync(idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8])),
};

/** Reads, letting through only the error that people are meant to see. */
async function attempt(bytes: Uint8Array): Promise<Table | undefined> {
  try {
    return await read(bytes);
  } catch (error) {
    assert.ok(error instanceof DataError, `${error}`);
    assert.ok(error.message.length > 0 && error.advice.length > 0);
    return undefined;
  }
}

test("a file cut short anywhere is an error, never a shorter data set", async () => {
  for (const [name, bytes] of Object.entries(whole)) {
    assert.ok(await attempt(bytes), name);
    for (let length = 0; length < bytes.length; length++) {
      assert.equal(
        await attempt(bytes.slice(0, length)),
        undefined,
        `${name} cut to ${length} of ${bytes.length} bytes`,
      );
    }
  }
});

test("damaged bytes give a data error or a table, never another exception", async () => {
  for (const [name, bytes] of Object.entries(whole)) {
    const damage = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const broken = bytes.slice();
        for (const [at, value] of changes) broken[at] = value;
        await attempt(broken);
      }),
      { numRuns: 400 },
    );
    assert.ok(name);
  }
});

test("a changed byte inside compressed data is noticed", async () => {
  const bytes = gzipSync(
    idx(
      [100],
      Uint8Array.from({ length: 100 }, (_, i) => i),
    ),
    { level: 0 },
  );
  bytes[60]! ^= 1;
  assert.equal(await attempt(bytes), undefined);
});

test("each reader recognises its own files alone, by their first bytes, and describes itself", async () => {
  const files: Record<string, Uint8Array> = {
    npz: npz(example()),
    npy: whole["npy"]!,
    idx: whole["idx"]!,
    csv: new TextEncoder().encode("a,b\n1,2\n"),
    jsonl: new TextEncoder().encode('{"a":1}\n{"a":2}\n'),
    ...written,
  };
  for (const reader of readers) {
    const bytes = files[reader.id];
    assert.ok(bytes, `no file of reader \`${reader.id}\`: add one to this test in test/data/readers.test.ts`);
    const recognised = readers.filter(({ recognises }) =>
      recognises(bytes.subarray(0, FIRST_BYTES), `data.${reader.id}`),
    );
    assert.deepEqual(
      recognised.map(({ id }) => id),
      [reader.id],
    );
    assert.ok((await reader.arrays(inMemory(file(bytes)))).size > 0);
    for (const text of [reader.title, reader.doc, reader.limits]) assert.ok(text.length > 2, reader.id);
  }
});

test("a recording of another format is named, with what converts it", () => {
  for (const [begins, name] of [
    ["RF64\0\0\0\0WAVE", /it is RF64/],
    ["ID3\u0004", /it is MP3/],
    ["fLaC", /it is FLAC/],
    ["RIFF\0\0\0\0AVI ", /does not begin as a recording does/],
  ] as const) {
    const bytes = Uint8Array.from({ length: 60 }, (_, i) => begins.charCodeAt(i) || 0);
    assert.throws(() => readWav({ uri: "a.wav", bytes, about: { kind: "source" } }), name);
  }
});

const folder = process.env["BOTTLENECK_TEST_DATA"];
const skip = folder ? false : "BOTTLENECK_TEST_DATA is not set";

test("MNIST's test digits are read", { skip }, async () => {
  const open = async (name: string): Promise<Table> =>
    read(new Uint8Array(await readFile(join(folder!, "mnist", name))));
  const images = (await open("t10k-images-idx3-ubyte.gz")).fields["image"]!;
  assert.deepEqual(images.shape, [28, 28]);
  assert.equal(images.values.length, 10_000 * 784);
  const labels = (await open("t10k-labels-idx1-ubyte.gz")).fields["label"]!;
  assert.deepEqual([...labels.values.subarray(0, 5)], [7, 2, 1, 0, 4]);
});

test("the spoken digits are read", { skip }, async () => {
  const bytes = await readFile(join(folder!, "spoken-digits", "spoken-digits.npz"));
  const table = await read(new Uint8Array(bytes));
  assert.equal(table.samples, 3000);
  const shapes = Object.values(table.fields).map((field) => [field.name, field.dtype, ...field.shape]);
  assert.deepEqual(
    shapes.sort(),
    [
      ["digit", "uint8"],
      ["duration", "float32"],
      ["speaker", "uint8"],
      ["spectrogram", "uint8", 32, 32],
      ["take", "uint8"],
    ].sort(),
  );
  assert.equal(Math.max(...table.fields["take"]!.values), 49);
});
