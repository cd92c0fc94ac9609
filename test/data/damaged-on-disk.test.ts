/** Compressed arrays of a file on the disk, which the host decompresses: damage ends with one clear error, and nothing hangs. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { loadDataset } from "../../core/data/load";
import { readSpecFile } from "../../trainer/files";
import { defaultSettings } from "../../trainer/settings";
import { npy, npz } from "./files";

const folder = mkdtempSync(join(tmpdir(), "bottleneck-damaged-"));
after(() => rmSync(folder, { recursive: true }));
const place = join(folder, "a.npz");
const values = Array.from({ length: 40_000 }, (_, i) => Math.sin(i));
const whole = npz({ X: npy("f4", [4000, 10], values) });

const load = (bytes: Uint8Array) => {
  writeFileSync(place, bytes);
  return loadDataset({ source: place, options: {} }, (path) => readSpecFile(defaultSettings, "", path));
};

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
