import assert from "node:assert/strict";
import test from "node:test";
import { gzipSync } from "fflate";
import { DataError } from "../../core/data/dataset";
import { crc32 } from "../../core/data/readers/crc32";
import { inMemory } from "../../core/data/reader";
import { readTable, type Table } from "../../core/data/table";
import { idx, npy, npz } from "./files";

const file = (bytes: Uint8Array) => ({ uri: "some/values.npz", bytes, about: { kind: "source" } as const });
const read = (bytes: Uint8Array): Promise<Table> => readTable(inMemory(file(bytes)));

async function refused(bytes: Uint8Array): Promise<string> {
  try {
    await read(bytes);
  } catch (error) {
    assert.ok(error instanceof DataError, `${error}`);
    assert.ok(error.advice.length > 0);
    return error.message;
  }
  throw new Error("was read");
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const images = idx(
  [20],
  Array.from({ length: 20 }, (_, i) => i),
);

test("gzip members one after another are one content; zeros after the last are padding", async () => {
  const [first, second] = [gzipSync(images.subarray(0, 9)), gzipSync(images.subarray(9))];
  for (const bytes of [
    joined(first, second),
    joined(gzipSync(images), new Uint8Array(512)),
    joined(first, second, new Uint8Array(3)),
  ])
    assert.deepEqual([...(await read(bytes)).fields["label"]!.values], [...images.subarray(8)]);
});

test("a member that is cut short or changed is an error, wherever it is", async () => {
  const [first, second] = [gzipSync(images.subarray(0, 9)), gzipSync(images.subarray(9))];
  const both = joined(first, second);
  for (let length = 0; length < both.length; length++) await refused(both.slice(0, length));
  const changed = both.slice();
  changed[first.length + 14]! ^= 1;
  assert.match(await refused(changed), /checksum/);
});

test("gzip within gzip is named, however deep", async () => {
  let bytes: Uint8Array = gzipSync(images);
  for (let depth = 0; depth < 200; depth++) bytes = gzipSync(bytes, { level: 0 });
  assert.match(await refused(bytes), /gzip within gzip/);
});

test("a header that claims a great many rows of nothing is refused at once", async () => {
  for (const rows of [1e9, 4e9])
    assert.match(await refused(npy("u1", [rows, 0], [])), /samples have no values/);
  assert.match(await refused(npy("u1", [1e15, 0], [])), /header claims 1000000000000000 x 0/);
  assert.match(await refused(npy("f4", [1e6, 1e6, 1e6], [])), /header claims/);
  assert.match(await refused(idx([4e9, 0], [])), /samples have no values/);
});

/** The place of a signature in the bytes. */
function find(bytes: Uint8Array, signature: number, from = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let at = from; at + 4 <= bytes.length; at++) if (view.getUint32(at, true) === signature) return at;
  throw new Error("not there");
}

test("entries of an archive that share bytes are refused", async () => {
  const bytes = npz({ X: npy("u1", [4], [1, 2, 3, 4]), Y: npy("u1", [4], [1, 2, 3, 4]) });
  const second = find(bytes, 0x02014b50, find(bytes, 0x02014b50) + 4);
  new DataView(bytes.buffer).setUint32(second + 42, 0, true);
  assert.match(await refused(bytes), /X\.npy and Y\.npy overlap/);
});

/** The same archive with its numbers in zip64's records, as archives beyond 4 GB have them. */
function zip64(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer);
  const central = find(bytes, 0x02014b50);
  const end = find(bytes, 0x06054b50);
  const nameLength = view.getUint16(central + 28, true);
  const entry = new Uint8Array(46 + nameLength + 28);
  entry.set(bytes.subarray(central, central + 46 + nameLength));
  const out = new DataView(entry.buffer);
  const extra = 46 + nameLength;
  out.setUint16(30, 28, true);
  out.setUint16(extra, 1, true);
  out.setUint16(extra + 2, 24, true);
  [24, 20, 42].forEach((field, i) => {
    out.setBigUint64(extra + 4 + 8 * i, BigInt(view.getUint32(central + field, true)), true);
    out.setUint32(field, 0xffffffff, true);
  });
  const record = new DataView(new ArrayBuffer(56));
  record.setUint32(0, 0x06064b50, true);
  record.setBigUint64(4, 44n, true);
  record.setBigUint64(32, 1n, true);
  record.setBigUint64(40, BigInt(entry.length), true);
  record.setBigUint64(48, BigInt(central), true);
  const locator = new DataView(new ArrayBuffer(20));
  locator.setUint32(0, 0x07064b50, true);
  locator.setBigUint64(8, BigInt(central + entry.length), true);
  const last = bytes.slice(end);
  const lastView = new DataView(last.buffer);
  lastView.setUint32(16, 0xffffffff, true);
  return joined(
    bytes.subarray(0, central),
    entry,
    new Uint8Array(record.buffer),
    new Uint8Array(locator.buffer),
    last,
  );
}

test("zip64 archives are read", async () => {
  for (const level of [0, 6] as const) {
    const table = await read(zip64(npz({ X: npy("f4", [2, 2], [1, 2, 3, 4]) }, level)));
    assert.deepEqual([...table.fields["X"]!.values], [1, 2, 3, 4]);
  }
});

test("data that decompress to more than the budget are refused before they are decompressed", async () => {
  // A member that claims 3 GiB: 3.2 MB of it would be enough.
  const packed = new Uint8Array(3_300_000).fill(1);
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, crc32(packed), true);
  trailer.setUint32(4, 3 * 2 ** 30, true);
  const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);
  const bytes = new Uint8Array(header.length + packed.length + 8);
  bytes.set(header);
  bytes.set(packed, header.length);
  bytes.set(new Uint8Array(trailer.buffer), header.length + packed.length);
  assert.match(await refused(bytes), /decompresses to more than 2 GiB/);
});
