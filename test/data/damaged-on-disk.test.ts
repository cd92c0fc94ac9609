/** Compressed arrays and files on the disk, which the host decompresses: damage ends with one clear error, and nothing hangs. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { loadDataset } from "../../core/data/load";
import { readSpecFile } from "../../trainer/files";
import { defaultSettings } from "../../trainer/settings";
import { npy, npz } from "./files";

const folder = mkdtempSync(join(tmpdir(), "bottleneck-damaged-"));
after(() => rmSync(folder, { recursive: true }));
const place = join(folder, "a.npz");
const values = Array.from({ length: 40_000 }, (_, i) => Math.sin(i));
const whole = npz({ X: npy("f4", [4000, 10], values) });

const load = (bytes: Uint8Array, path = place) => {
  writeFileSync(path, bytes);
  return loadDataset({ source: path, options: {} }, (path) => readSpecFile(defaultSettings, "", path));
};

/** More numbers than are kept while they are decompressed. */
const ROWS = 1100;
const long = npy(
  "f4",
  [ROWS, 1000],
  Array.from({ length: 1000 * ROWS }, (_, i) => i % 1013),
);
const zipped = gzipSync(long, { level: 1 });
const gz = join(folder, "long.npy.gz");

test("a compressed array is read as it was saved", async () => {
  const { fields } = await load(whole);
  assert.deepEqual(fields["X"]!.values, Float32Array.from(values));
});

for (const share of [0.2, 0.5, 0.8])
  test(`damage at ${100 * share} % is told`, async () => {
    const damaged = whole.slice();
    for (let i = 0; i < 40; i++) damaged[Math.floor(share * whole.length) + i]! ^= 0xa5;
    await assert.rejects(load(damaged), /does not decompress|fails its checksum|is cut short/);
  });

test("a gzip file is read in pieces as it was saved, of one member or several, with zeros after it or none", async () => {
  const cut = long.length >> 1;
  const members = [gzipSync(long.subarray(0, cut)), gzipSync(long.subarray(cut)), Buffer.alloc(512)];
  const numbers = new Float32Array(long.buffer.slice(long.length - 4000 * ROWS));
  for (const bytes of [zipped, Buffer.concat(members)]) {
    const { fields } = await load(bytes, gz);
    assert.deepEqual(fields["long"]!.values, numbers);
  }
  const archive = join(folder, "some.npz.gz");
  assert.deepEqual((await load(gzipSync(whole), archive)).fields["X"]!.values, Float32Array.from(values));
});

test("a gzip file that is damaged, cut short or compressed twice is refused", async () => {
  const changed = zipped.slice();
  changed[zipped.length >> 1]! ^= 0xa5;
  const wrong = zipped.slice();
  wrong[zipped.length - 6]! ^= 1;
  for (const bytes of [changed, wrong, zipped.subarray(0, -9), Buffer.concat([zipped, Buffer.from("more")])])
    await assert.rejects(load(bytes, gz), /long\.npy\.gz" is damaged: its content is cut short or fails/);
  await assert.rejects(load(gzipSync(zipped), gz), /gzip within gzip/);
});
